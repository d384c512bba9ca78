#include <cmath>
#include <optional>

#include "base/utf8.h"
#include "cel/library.h"

namespace greenlane::cel {
namespace {

Value size_of(const CallContext&, const Value* a) {
  if (const auto* list = a[0].get_if<ListValue>()) return Value(static_cast<std::int64_t>(list->size()));
  if (const auto* map = a[0].get_if<MapValue>()) return Value(static_cast<std::int64_t>(map->size()));
  if (const auto* bytes = a[0].get_if<BytesValue>()) return Value(static_cast<std::int64_t>(bytes->bytes.size()));
  return Value(static_cast<std::int64_t>(utf8::count(a[0].text())));
}

Value in_list(const CallContext& context, const Value* a) {
  const auto& list = a[1].as<ListValue>();
  Value outcome(false);
  for (std::size_t i = 0; i < list.size(); ++i) {
    spend(context, 1);
    Value same = equal(a[0], list.at(i), context.cost);
    if (same.is_true()) return same;
    if (same.is<Undetermined>()) {
      outcome = outcome.is<Undetermined>() ? merge_undetermined(outcome, same) : same;
    } else if (same.is<ErrorValue>() && outcome.is<bool>()) {
      outcome = same;
    }
  }
  return outcome;
}

Value in_map(const CallContext&, const Value* a) {
  const auto found = a[1].as<MapValue>().find(a[0]);
  if (found && found->is<Undetermined>()) return *found;
  return Value(found.has_value());
}

Value index_list(const CallContext&, const Value* a) {
  const auto& list = a[0].as<ListValue>();
  const auto index = list_index(a[1]);
  if (!index) return Value::error("a list is indexed by a whole number, not by " + show(a[1]));
  if (*index < 0 || static_cast<std::size_t>(*index) >= list.size()) {
    return Value::error("index " + std::to_string(*index) + " is outside a list of " + std::to_string(list.size()) + " elements");
  }
  return list.at(static_cast<std::size_t>(*index));
}

Value index_map(const CallContext&, const Value* a) {
  auto found = a[0].as<MapValue>().find(a[1]);
  return found ? *std::move(found) : Value::error("there is no key " + show(a[1]));
}

Value concatenate(const CallContext& context, const Value* a) {
  const auto& left = a[0].as<ListValue>();
  const auto& right = a[1].as<ListValue>();
  if (left.size() + right.size() > max_built_elements) return list_too_long();
  spend(context, (left.size() + right.size()) / 10);
  std::vector<Value> joined;
  joined.reserve(left.size() + right.size());
  for (std::size_t i = 0; i < left.size(); ++i) joined.push_back(left.at(i));
  for (std::size_t i = 0; i < right.size(); ++i) joined.push_back(right.at(i));
  return Value::list(std::move(joined));
}

Value insert(const CallContext& context, const Value* a) {
  const auto& map = a[0].as<MapValue>();
  spend(context, map.size() / 10);
  if (map.find(a[1])) return Value::error("the key " + show(a[1]) + " stands twice in a map");
  std::vector<std::pair<Value, Value>> entries;
  entries.reserve(map.size() + 1);
  for (std::size_t i = 0; i < map.size(); ++i) entries.push_back(map.at(i));
  entries.emplace_back(a[1], a[2]);
  return Value::map(std::move(entries));
}

}  // namespace

std::optional<std::int64_t> list_index(const Value& value) {
  if (const auto* i = value.get_if<std::int64_t>()) return *i;
  if (const auto* u = value.get_if<std::uint64_t>()) return *u > 0x7FFFFFFF ? -1 : static_cast<std::int64_t>(*u);
  if (const auto* d = value.get_if<double>(); d != nullptr && std::floor(*d) == *d && std::abs(*d) < 1e9) {
    return static_cast<std::int64_t>(*d);
  }
  return std::nullopt;
}

void add_collections(FunctionTable& table) {
  Declare declare(table);
  const TypeRef a = types::param("A");
  const TypeRef b = types::param("B");
  const TypeRef integer = types::simple(TypeKind::integer);
  const TypeRef boolean = types::simple(TypeKind::boolean);
  for (const TypeRef& sized : {types::simple(TypeKind::string), types::simple(TypeKind::bytes), types::list(a), types::map(a, b)}) {
    declare.function("size", {sized}, integer, size_of);
    declare.member("size", {sized}, integer, size_of);
  }
  declare.function(operators::in, {a, types::list(a)}, boolean, in_list);
  declare.function(operators::in, {a, types::map(a, b)}, boolean, in_map);
  declare.function(operators::index, {types::list(a), integer}, a, index_list);
  declare.function(operators::index, {types::map(a, b), a}, b, index_map);
  for (const TypeKind number : {TypeKind::uinteger, TypeKind::floating}) {
    table.add(Overload{.function = operators::index,
                       .params = {types::list(a), types::simple(number)},
                       .result = a,
                       .run = index_list,
                       .dynamic_only = true});
  }
  declare.sized("cel.@mapInsert", false, {types::map(a, b), a, b}, types::map(a, b), insert);
  declare.sized(operators::add, false, {types::list(a), types::list(a)}, types::list(a), concatenate);
}

}  // namespace greenlane::cel
