// Which fields of a document somebody will look at.
#pragma once

#include <cstdint>
#include <vector>

#include "document/field_table.h"

namespace greenlane::document {

/// A set of fields of one table; with a field its ancestors are in it, and with an array its element.
class Projection {
 public:
  /// The root, and the fields that identify and date a document.
  explicit Projection(const FieldTable& table);

  void add(const Field& field);
  /// Adds `field` and everything below it.
  void add_all(const Field& field);
  /// Adds what `other` holds. REQUIRES: of the same table.
  void add_all(const Projection& other);
  bool holds(const Field& field) const noexcept { return holds(field.number); }
  bool holds(std::uint32_t number) const noexcept { return (words_[number / 64] >> (number % 64) & 1u) != 0; }

 private:
  std::vector<std::uint64_t> words_;  ///< a bit a field, by its number
};

}  // namespace greenlane::document
