// CEL's math library (cel-go, ext/math), with exact decimals where it has whole numbers and doubles.
#include <cmath>
#include <limits>
#include <optional>

#include "cel/library.h"

namespace greenlane::cel {
namespace {

using Int = std::int64_t;
using Uint = std::uint64_t;

bool is_number(const Value& v) { return v.is<Int>() || v.is<Uint>() || v.is<double>() || v.is<Decimal>(); }

/// A decimal and a double are not compared unnoticed, as elsewhere in the language.
bool are_mixed(const Value& a, const Value& b) { return (a.is<Decimal>() && b.is<double>()) || (a.is<double>() && b.is<Decimal>()); }

template <int sign>
const Value& better(const Value& a, const Value& b) {
  return compare(b, a).value_or(0) == sign ? b : a;
}

template <int sign>
Value extreme(const CallContext&, const Value* a) {
  return better<sign>(a[0], a[1]);
}

/// Of a decimal and a whole number; the result is a decimal whichever it is.
template <int sign>
Value extreme_decimal(const CallContext&, const Value* a) {
  const Value& found = better<sign>(a[0], a[1]);
  return found.is<Int>() ? Value(Decimal::from_int(found.as<Int>())) : found;
}

template <int sign>
Value extreme_of_list(const CallContext& context, const Value* a) {
  const auto& list = a[0].as<ListValue>();
  std::optional<Value> best;
  std::optional<Value> unknown;
  for (std::size_t i = 0; i < list.size(); ++i) {
    spend(context, 1);
    const Value element = list.at(i);
    if (element.is<Undetermined>()) {
      unknown = unknown ? merge_undetermined(*unknown, element) : element;
      continue;
    }
    if (element.is<ErrorValue>()) return element;
    if (!is_number(element)) return Value::error("a list of numbers is wanted, but it holds " + show(element));
    if (best && are_mixed(*best, element)) {
      return Value::error("a list of exact decimals and of doubles has no exact order; write decimal(\"…\") for its numbers");
    }
    best = best ? better<sign>(*best, element) : element;
  }
  if (unknown) return *unknown;
  return best ? *best : Value::error("an empty list has no smallest or largest element");
}

Value same(const CallContext&, const Value* a) { return a[0]; }

template <double (*f)(double)>
Value of_double(const CallContext&, const Value* a) {
  return Value(f(a[0].as<double>()));
}
double round_up(double d) { return std::ceil(d); }
double round_down(double d) { return std::floor(d); }
double round_away(double d) { return std::round(d); }
double cut(double d) { return std::trunc(d); }
double absolute(double d) { return std::fabs(d); }
double sign_of(double d) { return d > 0 ? 1 : (d < 0 ? -1 : d); }

/// The whole number next to `d`: below (-1), above (1), or towards zero (0).
Value whole(const Decimal& d, int direction) {
  if (direction == 0) direction = d.is_negative() ? 1 : -1;
  const Decimal near = *d.round(0);
  const bool is_wrong_side = direction < 0 ? near > d : near < d;
  return Value(is_wrong_side ? *Decimal::add(near, Decimal::from_int(direction)) : near);
}
template <int direction>
Value decimal_whole(const CallContext&, const Value* a) {
  return whole(a[0].as<Decimal>(), direction);
}

Value absolute_int(const CallContext&, const Value* a) {
  const Int value = a[0].as<Int>();
  if (value == std::numeric_limits<Int>::min()) return Value::error("the result does not fit 64 bits");
  return Value(value < 0 ? -value : value);
}

template <bool (*f)(double)>
Value test(const CallContext&, const Value* a) {
  return Value(f(a[0].as<double>()));
}
bool is_nan(double d) { return std::isnan(d); }
bool is_infinite(double d) { return std::isinf(d); }
bool is_finite(double d) { return std::isfinite(d); }

template <typename T>
struct Bits {
  static Uint of(const Value& v) { return static_cast<Uint>(v.as<T>()); }
  static Value back(Uint bits) { return Value(static_cast<T>(bits)); }
  static Value conjunction(const CallContext&, const Value* a) { return back(of(a[0]) & of(a[1])); }
  static Value disjunction(const CallContext&, const Value* a) { return back(of(a[0]) | of(a[1])); }
  static Value exclusive(const CallContext&, const Value* a) { return back(of(a[0]) ^ of(a[1])); }
  static Value complement(const CallContext&, const Value* a) { return back(~of(a[0])); }
  /// Bits that are shifted in are 0, also from the left of a negative number.
  template <bool left>
  static Value shift(const CallContext&, const Value* a) {
    const Int by = a[1].as<Int>();
    if (by < 0) return Value::error("bits are shifted by 0 places or more, not by " + std::to_string(by));
    if (by >= 64) return back(0);
    return back(left ? of(a[0]) << static_cast<Uint>(by) : of(a[0]) >> static_cast<Uint>(by));
  }
};

template <typename T>
void add_bits(Declare& declare, TypeKind kind) {
  const TypeRef t = types::simple(kind);
  const TypeRef places = types::simple(TypeKind::integer);
  declare.function("math.bitAnd", {t, t}, t, Bits<T>::conjunction);
  declare.function("math.bitOr", {t, t}, t, Bits<T>::disjunction);
  declare.function("math.bitXor", {t, t}, t, Bits<T>::exclusive);
  declare.function("math.bitNot", {t}, t, Bits<T>::complement);
  declare.function("math.bitShiftLeft", {t, places}, t, Bits<T>::template shift<true>);
  declare.function("math.bitShiftRight", {t, places}, t, Bits<T>::template shift<false>);
}

/// Three and more arguments are written by a macro as calls with two.
template <int sign>
void add_extreme(Declare& declare, const std::string& name) {
  constexpr TypeKind binary[] = {TypeKind::integer, TypeKind::uinteger, TypeKind::floating};
  const TypeRef d = types::simple(TypeKind::decimal);
  const TypeRef integer = types::simple(TypeKind::integer);
  for (const TypeKind left : binary) {
    const TypeRef t = types::simple(left);
    declare.function(name, {t}, t, same);
    declare.sized(name, false, {types::list(t)}, t, extreme_of_list<sign>);
    for (const TypeKind right : binary) {
      declare.function(name, {t, types::simple(right)}, left == right ? t : types::dyn(), extreme<sign>);
    }
  }
  declare.function(name, {d}, d, same);
  declare.sized(name, false, {types::list(d)}, d, extreme_of_list<sign>);
  declare.function(name, {d, d}, d, extreme<sign>);
  declare.function(name, {d, integer}, d, extreme_decimal<sign>);
  declare.function(name, {integer, d}, d, extreme_decimal<sign>);
}

void add_rounding(Declare& declare) {
  const TypeRef f = types::simple(TypeKind::floating);
  const TypeRef d = types::simple(TypeKind::decimal);
  declare.function("math.ceil", {f}, f, of_double<round_up>);
  declare.function("math.floor", {f}, f, of_double<round_down>);
  declare.function("math.round", {f}, f, of_double<round_away>);
  declare.function("math.trunc", {f}, f, of_double<cut>);
  declare.function("math.ceil", {d}, d, decimal_whole<1>);
  declare.function("math.floor", {d}, d, decimal_whole<-1>);
  declare.function("math.trunc", {d}, d, decimal_whole<0>);
}

void add_signs(Declare& declare) {
  const TypeRef i = types::simple(TypeKind::integer);
  const TypeRef u = types::simple(TypeKind::uinteger);
  const TypeRef f = types::simple(TypeKind::floating);
  const TypeRef d = types::simple(TypeKind::decimal);
  declare.function("math.abs", {i}, i, absolute_int);
  declare.function("math.abs", {u}, u, same);
  declare.function("math.abs", {f}, f, of_double<absolute>);
  declare.function("math.abs", {d}, d, [](const CallContext&, const Value* a) {
    const auto& value = a[0].as<Decimal>();
    return Value(value.is_negative() ? value.negated() : value);
  });
  declare.function("math.sign", {i}, i, [](const CallContext&, const Value* a) {
    return Value(Int{a[0].as<Int>() > 0} - Int{a[0].as<Int>() < 0});
  });
  declare.function("math.sign", {u}, u, [](const CallContext&, const Value* a) { return Value(Uint{a[0].as<Uint>() > 0}); });
  declare.function("math.sign", {f}, f, of_double<sign_of>);
  declare.function("math.sign", {d}, d, [](const CallContext&, const Value* a) {
    const auto& value = a[0].as<Decimal>();
    return Value(Decimal::from_int(value.is_zero() ? 0 : (value.is_negative() ? -1 : 1)));
  });
}

}  // namespace

void add_math_library(FunctionTable& table) {
  Declare declare(table);
  add_extreme<1>(declare, "math.greatest");
  add_extreme<-1>(declare, "math.least");
  add_rounding(declare);
  add_signs(declare);
  const TypeRef f = types::simple(TypeKind::floating);
  const TypeRef boolean = types::simple(TypeKind::boolean);
  declare.function("math.isNaN", {f}, boolean, test<is_nan>);
  declare.function("math.isInf", {f}, boolean, test<is_infinite>);
  declare.function("math.isFinite", {f}, boolean, test<is_finite>);
  add_bits<Int>(declare, TypeKind::integer);
  add_bits<Uint>(declare, TypeKind::uinteger);
}

}  // namespace greenlane::cel
