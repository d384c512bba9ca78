#include "screening/changed_document.h"

#include <algorithm>
#include <string>

namespace greenlane::screening {

using document::Field;
using document::FieldKind;
using document::Node;

ChangedDocument::ChangedDocument(const Node& root) { copy(root); }

ChangedDocument::Own& ChangedDocument::copy(const Node& node) {
  Own& own = nodes_.emplace_back();
  own.node = node;
  own.children.assign(node.children.begin(), node.children.end());
  own.node.children = own.children;
  return own;
}

void ChangedDocument::make_present(Own& own) {
  if (!own.node.is_null()) return;
  own.node.kind = own.node.field->kind == FieldKind::array ? json::Kind::array : json::Kind::object;
  if (own.node.field->kind == FieldKind::object) own.children.resize(own.node.field->members.size());
  own.node.children = own.children;
}

void ChangedDocument::set_child(Own& parent, std::uint32_t step, const Node& child) {
  if (step >= parent.children.size()) parent.children.resize(step + 1);
  parent.children[step] = &child;
  parent.node.children = parent.children;
}

ChangedDocument::Own& ChangedDocument::own_child(Own& parent, std::uint32_t step) {
  const bool in_array = parent.node.field->kind == FieldKind::array;
  const Node* child = parent.node.child(step);
  for (Own& own : nodes_) {
    if (&own.node == child) return own;
  }
  Own& made = copy(child != nullptr ? *child : Node{});
  if (child == nullptr) made.node.field = in_array ? parent.node.field->element.get() : parent.node.field->members[step].get();
  made.node.parent = &parent.node;
  if (in_array) made.node.index = step;
  make_present(made);
  set_child(parent, step, made.node);
  return made;
}

ChangedDocument::Own& ChangedDocument::reach(const Steps& steps) {
  Own* at = &nodes_.front();
  for (const std::uint32_t step : steps) at = &own_child(*at, step);
  return *at;
}

void ChangedDocument::open(const Steps& field) { reach(field).node.open = true; }

void ChangedDocument::add_document(const Steps& array, std::string_view code) {
  Own& documents = reach(array);
  Own& added = own_child(documents, static_cast<std::uint32_t>(documents.children.size()));
  Node& type = own_child(added, added.node.field->member("type")->slot).node;
  if (code.empty()) {
    type.open = true;
  } else {
    type.kind = json::Kind::string;
    type.text = texts_.emplace_back(code);
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
