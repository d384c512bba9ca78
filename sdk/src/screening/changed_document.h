// A document with some fields changed, without copying the rest.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"

namespace greenlane::screening {

/// The way from the root to a field that may not be declared: slots of members, positions of elements.
using Steps = std::vector<std::uint32_t>;

/// Copies the nodes on the way to what is changed and shares all others with the document, which must outlive it.
/// Copied nodes keep their place, so that pointers and positions stay those of the document.
class ChangedDocument {
 public:
  explicit ChangedDocument(const document::Node& root);
  ChangedDocument(const ChangedDocument&) = delete;
  ChangedDocument& operator=(const ChangedDocument&) = delete;

  const document::Node& root() const noexcept { return nodes_.front().node; }
  /// Declares the field with a value that is not known.
  void open(const Steps& field);
  /// Appends a document of the type `code` to an array; of a type that is not known where `code` is empty.
  void add_document(const Steps& array, std::string_view code);

 private:
  /// A node of its own, and the children that it may change.
  struct Own {
    document::Node node;
    std::vector<const document::Node*> children;
  };

  Own& copy(const document::Node& node);
  Own& reach(const Steps& steps);
  Own& own_child(Own& parent, std::uint32_t step);
  static void make_present(Own& own);
  static void set_child(Own& parent, std::uint32_t step, const document::Node& child);

  std::deque<Own> nodes_;  ///< copies and new ones, the root first; addresses stay
  std::deque<std::string> texts_;
};

/// Steps from the root to `node`.
Steps steps_to(const document::Node& node);

}  // namespace greenlane::screening
