#include <array>

#include "cel/library.h"

namespace greenlane::cel {
namespace {

Value not_equal(const CallContext&, const Value* a) {
  Value same = equal(a[0], a[1]);
  return same.is<bool>() ? Value(!same.as<bool>()) : same;
}

using Test = bool (*)(int);

template <Test test>
Value ordered(const CallContext&, const Value* a) {
  const auto order = compare(a[0], a[1]);
  // NaN is neither below, above nor equal to anything.
  return Value(order.has_value() && test(*order));
}

constexpr bool less(int order) { return order < 0; }
constexpr bool less_equal(int order) { return order <= 0; }
constexpr bool greater(int order) { return order > 0; }
constexpr bool greater_equal(int order) { return order >= 0; }

}  // namespace

void add_order(Declare& declare, const TypeRef& a, const TypeRef& b) {
  const TypeRef boolean = types::simple(TypeKind::boolean);
  declare.function(operators::less, {a, b}, boolean, ordered<less>);
  declare.function(operators::less_equals, {a, b}, boolean, ordered<less_equal>);
  declare.function(operators::greater, {a, b}, boolean, ordered<greater>);
  declare.function(operators::greater_equals, {a, b}, boolean, ordered<greater_equal>);
}

void add_comparisons(FunctionTable& table) {
  Declare declare(table);
  const TypeRef boolean = types::simple(TypeKind::boolean);
  const TypeRef any = types::param("A");
  declare.function(operators::equals, {any, any}, boolean,
                   [](const CallContext&, const Value* a) { return equal(a[0], a[1]); });
  declare.function(operators::not_equals, {any, any}, boolean, not_equal);
  for (const TypeKind kind : {TypeKind::boolean, TypeKind::string, TypeKind::bytes, TypeKind::timestamp, TypeKind::duration}) {
    add_order(declare, types::simple(kind), types::simple(kind));
  }
  constexpr std::array numbers = {TypeKind::integer, TypeKind::uinteger, TypeKind::floating};
  for (const TypeKind a : numbers) {
    for (const TypeKind b : numbers) add_order(declare, types::simple(a), types::simple(b));
  }
}

}  // namespace greenlane::cel
