// Makes the typed nodes of a document that has been validated.
#pragma once

#include <vector>

#include "document/document.h"

namespace greenlane::document {

class Binder {
 public:
  /// Nodes are added to `nodes`, which must be empty and is not to grow afterwards.
  explicit Binder(std::vector<Node>& nodes) : nodes_(nodes) {}
  const Node* bind(const Field& root, const json::Value& tree);

 private:
  const Node* add(const Field& field, const json::Value& value, const Node* parent, std::uint32_t index);

  std::vector<Node>& nodes_;
};

}  // namespace greenlane::document
