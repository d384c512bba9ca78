#include "criteria/fact_vocabulary.h"

namespace greenlane::criteria {

RowColumns& FactVocabulary::columns_of(const Table& table) {
  for (const auto& made : columns) {
    if (&made->table() == &table) return *made;
  }
  return *columns.emplace_back(std::make_unique<RowColumns>(table));
}

std::size_t FactVocabulary::bytes() const noexcept {
  std::size_t bytes = dictionary.bytes() + lists.bytes();
  for (const auto& each : columns) bytes += each->bytes();
  return bytes;
}

}  // namespace greenlane::criteria
