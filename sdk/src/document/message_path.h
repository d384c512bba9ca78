// Paths in messages, as mappings name them: "GoodsShipment/AdditionalDocument[CategoryCode='Y']/ID".
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "document/message_tree.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// Prefixes that a mapping uses, and the namespaces that they stand for.
using Namespaces = std::map<std::string, std::string, std::less<>>;

/// The name of an element or attribute, in any namespace or in one.
struct PathName {
  std::string local;
  bool any_namespace = true;
  std::string namespace_uri;

  /// `text`: "Name" or "p:Name". The error is invalid_mapping.
  static Result<PathName> parse(std::string_view text, const Namespaces& namespaces);
  bool matches(std::string_view name, std::string_view uri) const noexcept {
    return name == local && (any_namespace || uri == namespace_uri);
  }
};

/// A path from an element to elements or attributes below it. Immutable; any thread.
class MessagePath {
 public:
  MessagePath() = default;
  /// Steps "Name", "p:Name", "@attribute" (last), each with any number of conditions "[child='text']", "[child]" (there
  /// is one) or "[not(child)]", where the child may be an "@attribute"; "." alone is the element itself. In EDIFACT "2.1"
  /// is a component, and "2" is short for it.
  static Result<MessagePath> parse(std::string_view text, MessageTree::Syntax syntax, const Namespaces& namespaces);

  const std::string& text() const noexcept { return text_; }
  /// Appends what the path leads to from `element`, in document order. What its conditions look at is appended to
  /// `looked_at`.
  void find(const MessageTree& tree, std::uint32_t element, std::vector<std::uint32_t>& found, std::vector<std::uint32_t>& looked_at) const;

 private:
  struct Condition {
    enum class Test : unsigned char { equals, there, missing };
    PathName name;
    Test test = Test::there;
    std::string text;  ///< for Test::equals
  };
  struct Step {
    PathName name;
    std::vector<Condition> conditions;
  };
  class Reader;

  void follow(const MessageTree& tree, std::uint32_t element, std::size_t step, std::vector<std::uint32_t>& found,
              std::vector<std::uint32_t>& looked_at) const;

  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace greenlane::document
