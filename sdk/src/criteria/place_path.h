// Fields that findings point to.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "document/document.h"

namespace greenlane::criteria {

/// What a criterion is evaluated over: the arrays on the way to its elements, outermost first; none for
/// the declaration itself.
struct EachPath {
  std::string path;
  std::vector<const document::Field*> arrays;
};

/// A text with a number between each two parts.
using NumberedText = std::vector<std::string>;

/// A field that a finding points to: a variable that stands for a node, and the members from there.
struct PlacePath {
  std::size_t variable = 0;
  std::vector<const document::Field*> members;
  NumberedText pointer;  ///< JSON Pointer, with the index of each array's element
  NumberedText wco;      ///< WCO pointer, with the position from 1; no parts where the schema names none

  /// Fills in the pointers, which do not depend on what is declared.
  void write_pointers(const document::Field& root, const EachPath& each);
  /// The field itself.
  const document::Field& field(const document::Field& root, const EachPath& each) const;
  /// The node, or null where it was not declared. `nodes` are by variable.
  const document::Node* find(std::span<const document::Node* const> nodes) const noexcept;
};

/// Appends `text` with the positions of the elements in `nodes` (by variable), counted from `first`.
void append_numbered(std::string& out, const NumberedText& text, std::span<const document::Node* const> nodes, std::uint32_t first);

}  // namespace greenlane::criteria
