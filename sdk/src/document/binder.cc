#include "document/binder.h"

#include "document/formats.h"

namespace greenlane::document {

void set_typed_value(Node& node) noexcept {
  switch (node.field->kind) {
    case FieldKind::decimal:
      node.decimal = Decimal::parse(node.text).value_or(Decimal());
      break;
    case FieldKind::date:
      node.date = Date::parse(node.text).value_or(Date());
      break;
    case FieldKind::timestamp: {
      const Timestamp time = parse_timestamp(node.text).value_or(Timestamp());
      node.seconds = time.seconds;
      node.nanos = time.nanos;
      break;
    }
    default:
      break;
  }
}

const Node* Binder::add(const Field& field, const json::Value& value, const Node* parent,
                        std::uint32_t index) {
  Node& node = arena_.make<Node>(1).front();
  node.field = &field;
  node.parent = parent;
  node.index = index;
  node.kind = value.kind();
  if (value.is_string()) {
    node.text = value.string();
    set_typed_value(node);
  } else if (value.is(json::Kind::integer)) {
    node.integer = value.integer();
  } else if (value.is(json::Kind::boolean)) {
    node.integer = value.boolean() ? 1 : 0;
  } else if (field.kind == FieldKind::object && value.is_object()) {
    const auto children = arena_.make<const Node*>(field.members.size());
    node.children = children;
    for (const json::Member& entry : value.object()) {
      const Field* member = field.member(entry.key);
      if (member != nullptr) children[member->slot] = add(*member, entry.value, &node, 0);
    }
  } else if (field.kind == FieldKind::array && value.is_array()) {
    const auto children = arena_.make<const Node*>(value.array().size());
    node.children = children;
    for (std::uint32_t i = 0; i < children.size(); ++i) {
      children[i] = add(*field.element, value.array()[i], &node, i);
    }
  }
  if (field.kind == FieldKind::free) node.json = &value;
  return &node;
}

}  // namespace greenlane::document
