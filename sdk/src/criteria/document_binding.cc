#include "criteria/document_binding.h"

#include "criteria/free_json.h"
#include "criteria/language.h"

namespace greenlane::criteria {

using cel::TypeKind;
using cel::Value;
using document::Field;
using document::FieldKind;
using document::Node;

/// One field of the table as struct or list of the expression language.
class FieldModel final : public cel::ObjectModel, public cel::ListModel {
 public:
  explicit FieldModel(const Field& field) : field_(field) {}

  const Field& source() const noexcept { return field_; }
  const FieldModel& member(std::uint32_t slot) const noexcept { return *members_[slot]; }
  const FieldModel& element() const noexcept { return *element_; }
  const cel::TypeRef& cel_type() const noexcept { return type_; }

  void add_member(std::unique_ptr<FieldModel> model) {
    struct_.fields.push_back({model->field_.name, model->type_, model->field_.max_size});
    members_.push_back(std::move(model));
  }
  void set_element(std::unique_ptr<FieldModel> model) { element_ = std::move(model); }
  void finish(std::string name) {
    struct_.name = std::move(name);
    type_ = make_type();
  }

  Value value_of(const Node& node) const;

  const cel::StructType& type() const override { return struct_; }
  Value field(const void* data, std::uint32_t slot) const override {
    const Node& node = *static_cast<const Node*>(data);
    const Node* child = node.child(slot);
    if (child == nullptr) return Value::undetermined(document::pointer(node, members_[slot]->field_));
    return members_[slot]->value_of(*child);
  }
  bool has(const void* data, std::uint32_t slot) const override {
    const Node* child = static_cast<const Node*>(data)->child(slot);
    return child != nullptr && !child->is_null();
  }
  bool is_null(const void* data) const override { return static_cast<const Node*>(data)->is_null(); }
  std::size_t size(const void* data) const override { return static_cast<const Node*>(data)->children.size(); }
  Value at(const void* data, std::size_t index) const override {
    return element_->value_of(*static_cast<const Node*>(data)->children[index]);
  }

 private:
  cel::TypeRef make_type() const {
    switch (field_.kind) {
      case FieldKind::object:
        return cel::types::object(struct_);
      case FieldKind::array:
        return cel::types::list(element_->type_);
      case FieldKind::string:
        return cel::types::simple(TypeKind::string);
      case FieldKind::boolean:
        return cel::types::simple(TypeKind::boolean);
      case FieldKind::integer:
        return cel::types::simple(TypeKind::integer);
      case FieldKind::decimal:
        return cel::types::simple(TypeKind::decimal);
      case FieldKind::date:
        return cel::types::simple(TypeKind::date);
      case FieldKind::timestamp:
        return cel::types::simple(TypeKind::timestamp);
      case FieldKind::hs:
        return hs_type();
      case FieldKind::free:
        break;
    }
    return cel::types::map(cel::types::simple(TypeKind::string), cel::types::dyn());
  }

  const Field& field_;
  cel::StructType struct_;
  cel::TypeRef type_;
  std::vector<std::unique_ptr<FieldModel>> members_;
  std::unique_ptr<FieldModel> element_;
};

Value FieldModel::value_of(const Node& node) const {
  if (node.open) return Value::undetermined(document::pointer(node), true);
  // A declared null of an array is an empty list: known to have no elements.
  if (field_.kind == FieldKind::array) return Value(cel::ListValue{this, &node, nullptr});
  if (node.is_null()) return Value(cel::Null{});
  switch (field_.kind) {
    case FieldKind::object:
      return Value(cel::ObjectValue{this, &node});
    case FieldKind::string:
      return Value::borrowed(node.text);
    case FieldKind::boolean:
      return Value(node.integer != 0);
    case FieldKind::integer:
      return Value(node.integer);
    case FieldKind::decimal:
      return Value(node.decimal);
    case FieldKind::date:
      return Value(node.date);
    case FieldKind::timestamp:
      return Value(cel::Timestamp{node.seconds, node.nanos});
    case FieldKind::hs:
      return hs_value(node.text);
    case FieldKind::free:
      return free_object(node);
    case FieldKind::array:
      break;
  }
  return {};
}

DocumentBinding::DocumentBinding(std::shared_ptr<const document::FieldTable> table)
    : table_(std::move(table)), root_(make_model(table_->root())) {}

DocumentBinding::~DocumentBinding() = default;

std::unique_ptr<FieldModel> DocumentBinding::make_model(const Field& field) {
  auto model = std::make_unique<FieldModel>(field);
  for (const auto& member : field.members) model->add_member(make_model(*member));
  if (field.element) model->set_element(make_model(*field.element));
  const Field* named = field.parent != nullptr && field.name.empty() ? field.parent : &field;
  std::string name = named->variable.empty() ? named->name : named->variable;
  model->finish(std::move(name));
  fields_.emplace(&model->type(), &field);
  return model;
}

const Field* DocumentBinding::field_of(const cel::StructType& type) const noexcept {
  const auto found = fields_.find(&type);
  return found == fields_.end() ? nullptr : found->second;
}

const FieldModel& DocumentBinding::model_of(const Field& field) const {
  if (field.parent == nullptr) return *root_;
  const FieldModel& parent = model_of(*field.parent);
  return parent.source().kind == FieldKind::array ? parent.element() : parent.member(field.slot);
}

const cel::TypeRef& DocumentBinding::type_of(const Field& field) const { return model_of(field).cel_type(); }

Value DocumentBinding::value_of(const Node& node) const { return model_of(*node.field).value_of(node); }

}  // namespace greenlane::criteria
