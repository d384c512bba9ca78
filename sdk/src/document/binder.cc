#include "document/binder.h"

#include "document/formats.h"

namespace greenlane::document {
namespace {

/// Values that get a node: all that the field table knows.
std::size_t count_nodes(const Field& field, const json::Value& value) noexcept {
  std::size_t count = 1;
  if (field.kind == FieldKind::object && value.is_object()) {
    for (const json::Member& entry : value.object()) {
      if (const Field* member = field.member(entry.key); member != nullptr)
        count += count_nodes(*member, entry.value);
    }
  } else if (field.kind == FieldKind::array && value.is_array()) {
    for (const json::Value& element : value.array()) count += count_nodes(*field.element, element);
  }
  return count;
}

void type(Node& node, const std::string& text) noexcept {
  switch (node.field->kind) {
    case FieldKind::decimal:
      node.decimal = Decimal::parse(text).value_or(Decimal());
      break;
    case FieldKind::date:
      node.date = Date::parse(text).value_or(Date());
      break;
    case FieldKind::timestamp: {
      const Timestamp time = parse_timestamp(text).value_or(Timestamp());
      node.seconds = time.seconds;
      node.nanos = time.nanos;
      break;
    }
    default:
      break;
  }
}

}  // namespace

const Node* Binder::bind(const Field& root, const json::Value& tree) {
  nodes_.reserve(count_nodes(root, tree));
  return add(root, tree, nullptr, 0);
}

const Node* Binder::add(const Field& field, const json::Value& value, const Node* parent,
                        std::uint32_t index) {
  Node& node = nodes_.emplace_back();
  node.field = &field;
  node.parent = parent;
  node.index = index;
  node.json = &value;
  if (value.is_string()) {
    type(node, value.string());
  } else if (field.kind == FieldKind::object && value.is_object()) {
    node.children.resize(field.members.size());
    for (const json::Member& entry : value.object()) {
      const Field* member = field.member(entry.key);
      if (member != nullptr) node.children[member->slot] = add(*member, entry.value, &node, 0);
    }
  } else if (field.kind == FieldKind::array && value.is_array()) {
    node.children.reserve(value.array().size());
    for (std::uint32_t i = 0; i < value.array().size(); ++i) {
      node.children.push_back(add(*field.element, value.array()[i], &node, i));
    }
  }
  return &node;
}

}  // namespace greenlane::document
