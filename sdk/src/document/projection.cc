#include "document/projection.h"

namespace greenlane::document {

Projection::Projection(const FieldTable& table) : words_(table.field_count() / 64 + 1) {
  add(table.root());
  for (const auto* paths : {&table.id_paths(), &table.as_of_paths()}) {
    for (const std::string& path : *paths) {
      if (const Field* field = table.find(path); field != nullptr) add(*field);
    }
  }
}

void Projection::add(const Field& field) {
  for (const Field* at = &field; at != nullptr; at = at->parent) {
    words_[at->number / 64] |= std::uint64_t{1} << (at->number % 64);
  }
  // What an array holds says how many there are.
  if (field.element != nullptr) add(*field.element);
}

void Projection::add_all(const Field& field) {
  add(field);
  for (const auto& member : field.members) add_all(*member);
  if (field.element != nullptr) add_all(*field.element);
}

void Projection::add_all(const Projection& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

}  // namespace greenlane::document
