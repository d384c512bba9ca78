// date: days of the calendar in expressions.
#include <optional>

#include "cel/library.h"
#include "cel/time_format.h"

namespace greenlane::cel {
namespace {

Value or_out_of_range(const std::optional<Date>& d) {
  return d ? Value(*d) : Value::error("the result is outside the years 1 to 9999");
}

Value read(std::string_view text) {
  const auto d = Date::parse(text);
  return d ? Value(*d) : Value::error("\"" + std::string(text) + "\" is not a date such as \"2025-06-29\"");
}

Value of_string(const CallContext&, const Value* a) { return read(a[0].text()); }
Value literal(const Expr& e) { return read(e.constant.text()); }

Value of_timestamp(const CallContext&, const Value* a) {
  const auto local = local_time(a[0].as<Timestamp>(), a[1].text());
  if (!local) return Value::error("\"" + std::string(a[1].text()) + "\" is not a time zone");
  return or_out_of_range(Date::from_days(local->days));
}

Value plus_days(const CallContext&, const Value* a) { return or_out_of_range(a[0].as<Date>().add_days(a[1].as<std::int64_t>())); }
Value plus_months(const CallContext&, const Value* a) {
  return or_out_of_range(a[0].as<Date>().add_months(a[1].as<std::int64_t>()));
}
Value days_until(const CallContext&, const Value* a) {
  return Value(std::int64_t{a[1].as<Date>().days_since_1970()} - a[0].as<Date>().days_since_1970());
}

}  // namespace

void add_date_library(FunctionTable& table) {
  Declare declare(table);
  const TypeRef d = types::simple(TypeKind::date);
  const TypeRef i = types::simple(TypeKind::integer);
  const TypeRef s = types::simple(TypeKind::string);
  table.add(Overload{.function = "date", .params = {s}, .result = d, .run = of_string, .literal = true});
  declare.function("date", {types::simple(TypeKind::timestamp), s}, d, of_timestamp);
  declare.function("string", {d}, s, [](const CallContext&, const Value* a) { return Value::string(a[0].as<Date>().to_string()); });
  add_order(declare, d, d);
  declare.member("plusDays", {d, i}, d, plus_days);
  declare.member("plusMonths", {d, i}, d, plus_months);
  declare.member("daysUntil", {d, d}, i, days_until);
  declare.member("year", {d}, i, [](const CallContext&, const Value* a) { return Value(std::int64_t{a[0].as<Date>().year()}); });
  declare.member("month", {d}, i, [](const CallContext&, const Value* a) { return Value(std::int64_t{a[0].as<Date>().month()}); });
  declare.member("day", {d}, i, [](const CallContext&, const Value* a) { return Value(std::int64_t{a[0].as<Date>().day()}); });
  table.add(LiteralRule{d, TypeKind::string, literal});
}

}  // namespace greenlane::cel
