// decimal: exact decimal numbers in expressions.
#include <optional>

#include "cel/library.h"

namespace greenlane::cel {
namespace {

Decimal number(const Value& v) {
  return v.is<Decimal>() ? v.as<Decimal>() : Decimal::from_int(v.as<std::int64_t>());
}

Value too_long() { return Value::error("the result has more than 34 digits"); }
Value or_too_long(const std::optional<Decimal>& d) { return d ? Value(*d) : too_long(); }

Value add(const CallContext&, const Value* a) { return or_too_long(Decimal::add(number(a[0]), number(a[1]))); }
Value subtract(const CallContext&, const Value* a) { return or_too_long(Decimal::subtract(number(a[0]), number(a[1]))); }
Value multiply(const CallContext&, const Value* a) { return or_too_long(Decimal::multiply(number(a[0]), number(a[1]))); }
Value divide(const CallContext&, const Value* a) {
  if (number(a[1]).is_zero()) return Value::error("division by zero");
  return or_too_long(Decimal::divide(number(a[0]), number(a[1])));
}

Value of_string(const CallContext&, const Value* a) {
  const auto d = Decimal::parse(a[0].text());
  return d ? Value(*d) : Value::error("\"" + std::string(a[0].text()) + "\" is not a decimal such as \"1234.50\"");
}
Value of_int(const CallContext&, const Value* a) { return Value(number(a[0])); }

Value rounded(const CallContext&, const Value* a) {
  const std::int64_t places = a[1].as<std::int64_t>();
  if (places < 0 || places > 34) return Value::error("round() takes 0 to 34 places");
  return or_too_long(a[0].as<Decimal>().round(static_cast<int>(places)));
}
Value absolute(const CallContext&, const Value* a) {
  const auto& d = a[0].as<Decimal>();
  return Value(d.is_negative() ? d.negated() : d);
}

bool is_exact(const Value& v) { return v.is<Decimal>() || v.is<std::int64_t>(); }

/// Folds a list of such numbers; undetermined and error elements make the result so.
template <typename IsNumber, typename Step>
Value fold(const CallContext& context, const ListValue& list, Value start, IsNumber is_number, Step step) {
  spend(context, list.size());
  Value total = std::move(start);
  for (std::size_t i = 0; i < list.size(); ++i) {
    Value element = list.at(i);
    if (!element.is_known()) {
      total = total.is<Undetermined>() && element.is<Undetermined>() ? merge_undetermined(total, element)
              : total.is<Undetermined>()                             ? total
                                                                     : element;
      continue;
    }
    if (!is_number(element)) {
      return Value::error("a list of numbers is wanted, but it holds " + show(element));
    }
    if (total.is_known()) total = step(total, element);
  }
  return total;
}

Value sum(const CallContext& context, const Value* a) {
  return fold(context, a[0].as<ListValue>(), Value(Decimal()), is_exact,
              [](const Value& total, const Value& e) { return or_too_long(Decimal::add(number(total), number(e))); });
}

template <int sign>
Value extreme(const CallContext& context, const Value* a) {
  const auto& list = a[0].as<ListValue>();
  if (list.size() == 0) return Value::error("an empty list has no smallest or largest element");
  return fold(context, list, Value(Null{}), is_exact, [](const Value& best, const Value& e) {
    return best.is<Null>() || compare(e, best).value_or(0) == sign ? e : best;
  });
}

Value sum_of_ints(const CallContext& context, const Value* a) {
  return fold(context, a[0].as<ListValue>(), Value(std::int64_t{0}), is_exact, [](const Value& total, const Value& e) {
    // A list whose elements are known at run time only may hold decimals after all.
    if (total.is<Decimal>() || e.is<Decimal>()) return or_too_long(Decimal::add(number(total), number(e)));
    std::int64_t result = 0;
    const bool overflow = __builtin_add_overflow(total.as<std::int64_t>(), e.as<std::int64_t>(), &result);
    return overflow ? Value::error("the sum does not fit 64 bits") : Value(result);
  });
}

Value sum_of_doubles(const CallContext& context, const Value* a) {
  return fold(context, a[0].as<ListValue>(), Value(0.0), [](const Value& v) { return v.is<double>(); },
              [](const Value& total, const Value& e) { return Value(total.as<double>() + e.as<double>()); });
}

Value literal(const Expr& e) {
  if (const auto* integer = e.constant.get_if<std::int64_t>()) return Value(Decimal::from_int(*integer));
  const auto d = Decimal::parse(e.name);
  return d ? Value(*d) : Value::error("write a decimal without exponent, as in 1234.50");
}

template <typename Run>
void add_mixed(Declare& declare, const char* name, const TypeRef& result, Run run) {
  const TypeRef d = types::simple(TypeKind::decimal);
  const TypeRef i = types::simple(TypeKind::integer);
  declare.function(name, {d, d}, result, run);
  declare.function(name, {d, i}, result, run);
  declare.function(name, {i, d}, result, run);
}

void add_lists(Declare& declare) {
  const TypeRef d = types::simple(TypeKind::decimal);
  const TypeRef i = types::simple(TypeKind::integer);
  declare.sized("sum", true, {types::list(d)}, d, sum);
  declare.sized("min", true, {types::list(d)}, d, extreme<-1>);
  declare.sized("max", true, {types::list(d)}, d, extreme<1>);
  declare.sized("sum", true, {types::list(i)}, i, sum_of_ints);
  const TypeRef f = types::simple(TypeKind::floating);
  declare.sized("sum", true, {types::list(f)}, f, sum_of_doubles);
  declare.sized("min", true, {types::list(i)}, i, extreme<-1>);
  declare.sized("max", true, {types::list(i)}, i, extreme<1>);
}

}  // namespace

void add_decimal_library(FunctionTable& table) {
  Declare declare(table);
  const TypeRef d = types::simple(TypeKind::decimal);
  const TypeRef i = types::simple(TypeKind::integer);
  const TypeRef s = types::simple(TypeKind::string);
  const TypeRef boolean = types::simple(TypeKind::boolean);
  add_mixed(declare, operators::add, d, add);
  add_mixed(declare, operators::subtract, d, subtract);
  add_mixed(declare, operators::multiply, d, multiply);
  add_mixed(declare, operators::divide, d, divide);
  add_order(declare, d, d);
  add_order(declare, d, i);
  add_order(declare, i, d);
  for (const char* name : {operators::equals, operators::not_equals}) {
    const Implementation run = table.find(name)->front()->run;
    declare.function(name, {d, i}, boolean, run);
    declare.function(name, {i, d}, boolean, run);
  }
  declare.function(operators::negate, {d}, d, [](const CallContext&, const Value* a) { return Value(a[0].as<Decimal>().negated()); });
  table.add(Overload{.function = "decimal", .params = {s}, .result = d, .run = of_string, .literal = true});
  table.add(Overload{.function = "decimal", .params = {i}, .result = d, .run = of_int});
  declare.function("string", {d}, s, [](const CallContext&, const Value* a) { return Value::string(a[0].as<Decimal>().to_string()); });
  declare.member("round", {d, i}, d, rounded);
  declare.member("abs", {d}, d, absolute);
  add_lists(declare);
  table.add(LiteralRule{d, TypeKind::floating, literal});
  table.add(LiteralRule{d, TypeKind::integer, literal});
}

}  // namespace greenlane::cel
