#include "screening/changed_document.h"

#include <algorithm>
#include <string>

namespace greenlane::screening {

using document::Field;
using document::FieldKind;
using document::Node;

ChangedDocument::ChangedDocument(const Node& root) : nodes_{root} {}

void ChangedDocument::make_present(Node& node) {
  if (node.json != nullptr && !node.json->is_null()) return;
  node.json = node.field->kind == FieldKind::array ? &array_ : &object_;
  if (node.field->kind == FieldKind::object) node.children.resize(node.field->members.size());
}

Node& ChangedDocument::own_child(Node& parent, std::uint32_t step) {
  const bool in_array = parent.field->kind == FieldKind::array;
  const Node* child = parent.child(step);
  for (Node& node : nodes_) {
    if (&node == child) return node;
  }
  Node& made = child != nullptr ? nodes_.emplace_back(*child) : nodes_.emplace_back();
  if (child == nullptr) made.field = in_array ? parent.field->element.get() : parent.field->members[step].get();
  made.parent = &parent;
  if (in_array) made.index = step;
  make_present(made);
  if (step >= parent.children.size()) parent.children.resize(step + 1);
  parent.children[step] = &made;
  return made;
}

Node& ChangedDocument::reach(const Steps& steps) {
  Node* at = &nodes_.front();
  for (const std::uint32_t step : steps) at = &own_child(*at, step);
  return *at;
}

void ChangedDocument::open(const Steps& field) { reach(field).open = true; }

void ChangedDocument::add_document(const Steps& array, std::string_view code) {
  Node& documents = reach(array);
  Node& added = own_child(documents, static_cast<std::uint32_t>(documents.children.size()));
  Node& type = own_child(added, added.field->member("type")->slot);
  if (code.empty()) {
    type.open = true;
  } else {
    type.json = &texts_.emplace_back(code);
  }
}

Steps steps_to(const Node& node) {
  Steps steps;
  for (const Node* at = &node; at->parent != nullptr; at = at->parent) {
    steps.push_back(at->parent->field->kind == FieldKind::array ? at->index : at->field->slot);
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace greenlane::screening
