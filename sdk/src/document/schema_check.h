// Walks a value along a compiled schema and stops at the first violation.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "document/compiled_schema.h"

namespace greenlane::document {

/// The way from the root to a value; a list of stack frames, turned into text only for an error.
struct Place {
  const Place* parent = nullptr;
  std::string_view key;   ///< of an object's member
  std::size_t index = 0;  ///< of an array's element, where `element`
  bool element = false;
  std::size_t depth = 0;

  Place child(std::string_view member) const noexcept { return {this, member, 0, false, depth + 1}; }
  Place child(std::size_t position) const noexcept { return {this, {}, position, true, depth + 1}; }
  std::string pointer() const;
};

struct Violation {
  std::string message;
  std::string pointer;
  std::size_t depth = 0;
};

class SchemaCheck {
 public:
  /// False, with violation() set, at the first violation.
  bool run(const SchemaNode& node, const json::Value& value, const Place& place);
  const Violation& violation() const noexcept { return violation_; }

 private:
  bool string(const SchemaNode& node, const std::string& text, const Place& place);
  bool number(const SchemaNode& node, const json::Value& value, const Place& place);
  bool array(const SchemaNode& node, const json::Value& value, const Place& place);
  bool unique(const json::Value& value, const Place& place);
  bool object(const SchemaNode& node, const json::Value& value, const Place& place);
  bool member(const SchemaNode& node, const json::Member& entry, const Place& place);
  bool missing(const SchemaNode& node, const json::Value& value, const Place& place);
  bool branches(const SchemaNode& node, const json::Value& value, const Place& place);
  bool some_branch(const std::vector<const SchemaNode*>& nodes, const json::Value& value, const Place& place,
                   std::size_t most);
  bool fail(const Place& place, std::string message);

  Violation violation_;
};

/// False, with `violation` set, where a string or key in `value` holds U+0000.
bool check_no_nul(const json::Value& value, const Place& place, Violation& violation);

}  // namespace greenlane::document
