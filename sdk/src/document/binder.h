// Makes the typed nodes of a document that has been validated.
#pragma once

#include <string_view>

#include "document/document.h"

namespace greenlane::document {

class Binder {
 public:
  explicit Binder(Arena& arena) : arena_(arena) {}
  const Node* bind(const Field& root, const json::Value& tree) { return add(root, tree, nullptr, 0); }

 private:
  const Node* add(const Field& field, const json::Value& value, const Node* parent, std::uint32_t index);

  Arena& arena_;
};

/// Sets the typed value of `node` from its text, which follows the format of the field.
void set_typed_value(Node& node) noexcept;

}  // namespace greenlane::document
