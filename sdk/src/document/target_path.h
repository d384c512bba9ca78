// Places in a document, as mappings name them: "items[].measure.quantities[0].value".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "document/field_table.h"
#include "greenlane/result.h"

namespace greenlane::document {

struct TargetStep {
  enum class Element : unsigned char { none, of_row, at };
  std::string key;
  Element element = Element::none;  ///< whether `key` is an array, and which element is meant
  std::size_t index = 0;            ///< for Element::at
};

struct Target {
  std::string text;
  std::vector<TargetStep> steps;
  FieldKind kind = FieldKind::free;  ///< of the leaf
  bool per_row = false;              ///< below "[]", so that each row or occurrence has its own
};

/// What a target is for: the value of a column (which has one element a row at most), a value of a message, or what
/// holds the values of a group.
enum class TargetUse : unsigned char { column, value, group };

/// Resolves `text` against the fields of `table`; names that begin with x_ and whatever is in a free object
/// are free. The error is invalid_mapping and suggests the field that was probably meant.
Result<Target> resolve_target(const FieldTable& table, std::string_view text, TargetUse use = TargetUse::column);

}  // namespace greenlane::document
