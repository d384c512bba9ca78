#include <cmath>
#include <limits>

#include "cel/library.h"

namespace greenlane::cel {
namespace {

using Int = std::int64_t;
using Uint = std::uint64_t;

Value overflow() { return Value::error("the result does not fit 64 bits"); }
Value division_by_zero() { return Value::error("division by zero"); }

template <typename T>
Value add(const CallContext&, const Value* a) {
  T sum;
  return __builtin_add_overflow(a[0].as<T>(), a[1].as<T>(), &sum) ? overflow() : Value(sum);
}
template <typename T>
Value subtract(const CallContext&, const Value* a) {
  T difference;
  return __builtin_sub_overflow(a[0].as<T>(), a[1].as<T>(), &difference) ? overflow() : Value(difference);
}
template <typename T>
Value multiply(const CallContext&, const Value* a) {
  T product;
  return __builtin_mul_overflow(a[0].as<T>(), a[1].as<T>(), &product) ? overflow() : Value(product);
}

bool overflows_division(Int a, Int b) { return a == std::numeric_limits<Int>::min() && b == -1; }
bool overflows_division(Uint, Uint) { return false; }

template <typename T>
Value divide(const CallContext&, const Value* a) {
  const T divisor = a[1].as<T>();
  if (divisor == 0) return division_by_zero();
  return overflows_division(a[0].as<T>(), divisor) ? overflow() : Value(static_cast<T>(a[0].as<T>() / divisor));
}
template <typename T>
Value modulo(const CallContext&, const Value* a) {
  const T divisor = a[1].as<T>();
  if (divisor == 0) return division_by_zero();
  return overflows_division(a[0].as<T>(), divisor) ? overflow() : Value(static_cast<T>(a[0].as<T>() % divisor));
}

template <typename T>
void add_integers(Declare& declare, TypeKind kind) {
  const TypeRef t = types::simple(kind);
  declare.function(operators::add, {t, t}, t, add<T>);
  declare.function(operators::subtract, {t, t}, t, subtract<T>);
  declare.function(operators::multiply, {t, t}, t, multiply<T>);
  declare.function(operators::divide, {t, t}, t, divide<T>);
  declare.function(operators::modulo, {t, t}, t, modulo<T>);
}

}  // namespace

void add_arithmetic(FunctionTable& table) {
  Declare declare(table);
  add_integers<Int>(declare, TypeKind::integer);
  add_integers<Uint>(declare, TypeKind::uinteger);
  const TypeRef integer = types::simple(TypeKind::integer);
  const TypeRef d = types::simple(TypeKind::floating);
  declare.function(operators::negate, {integer}, integer, [](const CallContext&, const Value* a) {
    const Int value = a[0].as<Int>();
    return value == std::numeric_limits<Int>::min() ? overflow() : Value(-value);
  });
  declare.function(operators::negate, {d}, d, [](const CallContext&, const Value* a) { return Value(-a[0].as<double>()); });
  declare.function(operators::add, {d, d}, d,
                   [](const CallContext&, const Value* a) { return Value(a[0].as<double>() + a[1].as<double>()); });
  declare.function(operators::subtract, {d, d}, d,
                   [](const CallContext&, const Value* a) { return Value(a[0].as<double>() - a[1].as<double>()); });
  declare.function(operators::multiply, {d, d}, d,
                   [](const CallContext&, const Value* a) { return Value(a[0].as<double>() * a[1].as<double>()); });
  // IEEE 754: x / 0.0 is infinite or NaN, no error.
  declare.function(operators::divide, {d, d}, d,
                   [](const CallContext&, const Value* a) { return Value(a[0].as<double>() / a[1].as<double>()); });
}

}  // namespace greenlane::cel
