// CEL's optional values (cel-spec, "Optional types"). The evaluator treats or() and orValue(), whose second argument
// matters only where there is no value, and [?…] on what was not declared.
#include "cel/library.h"

namespace greenlane::cel {
namespace {

Value some(Value value) { return Value(OptionalValue{std::make_shared<const Value>(std::move(value))}); }

/// The value that a type has where nothing is set: false, 0, an empty text, list or map, null.
bool is_zero(const Value& v) {
  struct Visitor {
    bool operator()(const Null&) const { return true; }
    bool operator()(bool v) const { return !v; }
    bool operator()(std::int64_t v) const { return v == 0; }
    bool operator()(std::uint64_t v) const { return v == 0; }
    bool operator()(double v) const { return v == 0; }
    bool operator()(const StringValue& v) const { return v.text.empty(); }
    bool operator()(const BytesValue& v) const { return v.bytes.empty(); }
    bool operator()(const ListValue& v) const { return v.size() == 0; }
    bool operator()(const MapValue& v) const { return v.size() == 0; }
    bool operator()(const Timestamp& v) const { return v.seconds == 0 && v.nanos == 0; }
    bool operator()(const Duration& v) const { return v.seconds == 0 && v.nanos == 0; }
    bool operator()(const Decimal& v) const { return v.is_zero(); }
    bool operator()(const OpaqueValue& v) const { return v.data == nullptr && v.text.empty(); }
    bool operator()(const OptionalValue& v) const { return !v.value; }
    bool operator()(const TypeValue&) const { return false; }
    bool operator()(const Date&) const { return false; }
    bool operator()(const ObjectValue&) const { return false; }
    bool operator()(const ErrorValue&) const { return false; }
    bool operator()(const Undetermined&) const { return false; }
  };
  return v.visit(Visitor{});
}

Value value_of(const CallContext&, const Value* a) {
  const auto& optional = a[0].as<OptionalValue>();
  return optional.value ? *optional.value : Value::error("there is no value; ask hasValue() first, or give another with orValue()");
}

/// The element or value at `key`: an optional one, none where it is not there or not declared.
Value element(const Value& container, const Value& key) {
  if (const auto* map = container.get_if<MapValue>()) {
    if (!map->model->has(map->data, key)) return Value(OptionalValue{});
    auto found = map->find(key);
    return found ? some(*std::move(found)) : Value(OptionalValue{});
  }
  const auto* list = container.get_if<ListValue>();
  if (list == nullptr) return Value::error("'[]' takes a list or a map, not " + show(container));
  const auto index = list_index(key);
  if (!index) return Value::error("a list is indexed by a whole number, not by " + show(key));
  if (*index < 0 || static_cast<std::size_t>(*index) >= list->size()) return Value(OptionalValue{});
  Value found = list->at(static_cast<std::size_t>(*index));
  if (found.is<Undetermined>()) return Value(OptionalValue{});
  return found.is_known() ? some(std::move(found)) : found;
}

Value optional_element(const CallContext&, const Value* a) {
  const auto* optional = a[0].get_if<OptionalValue>();
  if (optional == nullptr) return element(a[0], a[1]);
  return optional->value ? element(*optional->value, a[1]) : a[0];
}

void add_elements(Declare& declare) {
  const TypeRef a = types::param("A");
  const TypeRef b = types::param("B");
  const TypeRef integer = types::simple(TypeKind::integer);
  declare.function(operators::optional_index, {types::list(a), integer}, types::optional(a), optional_element);
  declare.function(operators::optional_index, {types::map(a, b), a}, types::optional(b), optional_element);
  for (const char* index : {operators::optional_index, operators::index}) {
    declare.function(index, {types::optional(types::list(a)), integer}, types::optional(a), optional_element);
    declare.function(index, {types::optional(types::map(a, b)), a}, types::optional(b), optional_element);
  }
}

}  // namespace

void add_optionals(FunctionTable& table) {
  Declare declare(table);
  const TypeRef a = types::param("A");
  const TypeRef optional = types::optional(a);
  declare.function("optional.of", {a}, optional, [](const CallContext&, const Value* v) { return some(v[0]); });
  declare.function("optional.none", {}, optional, [](const CallContext&, const Value*) { return Value(OptionalValue{}); });
  declare.function("optional.ofNonZeroValue", {a}, optional,
                   [](const CallContext&, const Value* v) { return is_zero(v[0]) ? Value(OptionalValue{}) : some(v[0]); });
  declare.member("hasValue", {optional}, types::simple(TypeKind::boolean),
                 [](const CallContext&, const Value* v) { return Value(v[0].as<OptionalValue>().value != nullptr); });
  declare.member("value", {optional}, a, value_of);
  declare.member("or", {optional, optional}, optional, nullptr);
  declare.member("orValue", {optional, a}, a, nullptr);
  add_elements(declare);
}

}  // namespace greenlane::cel
