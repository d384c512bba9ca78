// The JSON text of the document that one row of a table becomes: what TreeBuilder would build, without a tree.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "document/mapping.h"
#include "document/record_source.h"

namespace greenlane::document {

/// A mapping laid out as the text it makes. Immutable; any thread.
class RowText {
 public:
  /// `columns` are those of the mapping's fields. nullopt for a mapping that sets one target twice.
  static std::optional<RowText> make(const Mapping& mapping, std::vector<std::size_t> columns);

  /// Replaces `out`; false where the row has to be read in the usual way, because a cell is wrong or elements of an
  /// array come in another order than the mapping's.
  bool write(const Mapping& mapping, const Row& row, std::string& out) const;

 private:
  /// An object, an array, an element of it, or a value.
  struct Part {
    enum class Kind : unsigned char { object, array, value } kind = Kind::object;
    std::string key;               ///< "\"key\":" of a member, "" of an element
    std::size_t slot = SlotPlan::no_slot;  ///< of an element
    bool by_field = false;         ///< an element that constants alone do not make
    std::size_t source = 0;        ///< of a value: a field, or behind all fields a constant
    std::vector<Part> parts;
  };
  class Writer;

  bool add(const Target& target, const std::vector<std::size_t>& slots, const SlotPlan& plan, std::size_t source);

  Part root_;
  std::vector<std::size_t> columns_;
  std::vector<std::string> constants_;  ///< as JSON
};

}  // namespace greenlane::document
