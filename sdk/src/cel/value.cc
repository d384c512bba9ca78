#include "cel/value.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace greenlane::cel {
namespace {

/// Errors quote values, which may be long.
constexpr std::size_t max_error_bytes = 1000;

class VectorModel final : public ListModel {
 public:
  std::size_t size(const void* data) const override { return elements(data).size(); }
  Value at(const void* data, std::size_t index) const override { return elements(data)[index]; }

 private:
  static const std::vector<Value>& elements(const void* data) { return *static_cast<const std::vector<Value>*>(data); }
};

class EntriesModel final : public MapModel {
 public:
  using Entries = std::vector<std::pair<Value, Value>>;
  std::size_t size(const void* data) const override { return entries(data).size(); }
  std::pair<Value, Value> at(const void* data, std::size_t index) const override { return entries(data)[index]; }
  std::optional<Value> find(const void* data, const Value& key) const override {
    for (const auto& [k, v] : entries(data)) {
      if (equal(k, key).is_true()) return v;
    }
    return std::nullopt;
  }

 private:
  static const Entries& entries(const void* data) { return *static_cast<const Entries*>(data); }
};

const VectorModel vector_model;
const EntriesModel entries_model;

}  // namespace

bool MapModel::has(const void* data, const Value& key) const {
  const auto found = find(data, key);
  return found && !found->is<Undetermined>();
}

Value ListValue::at(std::size_t index) const { return model->at(data, index); }
std::pair<Value, Value> MapValue::at(std::size_t index) const { return model->at(data, index); }
std::optional<Value> MapValue::find(const Value& key) const { return model->find(data, key); }

Value Value::string(std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  return Value(StringValue{*owner, owner});
}

Value Value::bytes(std::string bytes) {
  auto owner = std::make_shared<const std::string>(std::move(bytes));
  return Value(BytesValue{*owner, owner});
}

Value Value::list(std::vector<Value> elements) {
  auto owner = std::make_shared<const std::vector<Value>>(std::move(elements));
  return Value(ListValue{&vector_model, owner.get(), owner});
}

Value Value::map(std::vector<std::pair<Value, Value>> entries) {
  auto owner = std::make_shared<const EntriesModel::Entries>(std::move(entries));
  return Value(MapValue{&entries_model, owner.get(), owner});
}

Value Value::error(std::string_view message) {
  return Value(ErrorValue{std::make_shared<const std::string>(text::shortened(message, max_error_bytes))});
}

Value Value::undetermined(std::string pointer, bool present) {
  return Value(Undetermined{std::make_shared<const std::vector<std::string>>(1, std::move(pointer)), present});
}

TypeRef Value::type() const {
  struct Visitor {
    TypeRef operator()(const Null&) const { return types::simple(TypeKind::null); }
    TypeRef operator()(bool) const { return types::simple(TypeKind::boolean); }
    TypeRef operator()(std::int64_t) const { return types::simple(TypeKind::integer); }
    TypeRef operator()(std::uint64_t) const { return types::simple(TypeKind::uinteger); }
    TypeRef operator()(double) const { return types::simple(TypeKind::floating); }
    TypeRef operator()(const StringValue&) const { return types::simple(TypeKind::string); }
    TypeRef operator()(const BytesValue&) const { return types::simple(TypeKind::bytes); }
    TypeRef operator()(const ListValue&) const { return types::list(types::dyn()); }
    TypeRef operator()(const MapValue&) const { return types::map(types::dyn(), types::dyn()); }
    TypeRef operator()(const TypeValue& v) const { return types::type(v.type); }
    TypeRef operator()(const Timestamp&) const { return types::simple(TypeKind::timestamp); }
    TypeRef operator()(const Duration&) const { return types::simple(TypeKind::duration); }
    TypeRef operator()(const Decimal&) const { return types::simple(TypeKind::decimal); }
    TypeRef operator()(const Date&) const { return types::simple(TypeKind::date); }
    TypeRef operator()(const ObjectValue& v) const { return types::object(v.model->type()); }
    TypeRef operator()(const OpaqueValue& v) const { return std::make_shared<Type>(*v.type); }
    TypeRef operator()(const OptionalValue&) const { return types::optional(types::dyn()); }
    TypeRef operator()(const ErrorValue&) const { return types::simple(TypeKind::error); }
    TypeRef operator()(const Undetermined&) const { return types::dyn(); }
  };
  return std::visit(Visitor{}, variant_);
}

Value derived_undetermined(const Value& value) {
  const auto& unknown = value.as<Undetermined>();
  return unknown.present ? Value(Undetermined{unknown.missing}) : value;
}

Value merge_undetermined(const Value& a, const Value& b) {
  const auto& left = *a.as<Undetermined>().missing;
  const auto& right = *b.as<Undetermined>().missing;
  if (left == right) return derived_undetermined(a);
  std::vector<std::string> all;
  std::set_union(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(all));
  return Value(Undetermined{std::make_shared<const std::vector<std::string>>(std::move(all))});
}

Value extend_undetermined(const Value& value, std::string_view token) {
  std::vector<std::string> extended = *value.as<Undetermined>().missing;
  for (std::string& pointer : extended) pointer = json::pointer_child(pointer, token);
  std::sort(extended.begin(), extended.end());
  return Value(Undetermined{std::make_shared<const std::vector<std::string>>(std::move(extended))});
}

}  // namespace greenlane::cel
