#include "cel/library.h"
#include "cel/time_format.h"
#include "greenlane/date.h"

namespace greenlane::cel {
namespace {

constexpr std::int64_t nanos_per_second = 1000000000;
constexpr std::int64_t max_nanos_seconds = 9223372036;

/// Seconds and nanoseconds whose signs agree, from any sum of them.
Duration normalized(std::int64_t seconds, std::int64_t nanos) {
  seconds += nanos / nanos_per_second;
  nanos %= nanos_per_second;
  if (seconds > 0 && nanos < 0) {
    --seconds;
    nanos += nanos_per_second;
  } else if (seconds < 0 && nanos > 0) {
    ++seconds;
    nanos -= nanos_per_second;
  }
  return {seconds, static_cast<std::int32_t>(nanos)};
}

Value checked(const Duration& d) {
  return is_valid(d) ? Value(d) : Value::error("the result is outside the range of duration");
}

Value shifted(const Timestamp& t, std::int64_t seconds, std::int64_t nanos) {
  Timestamp made{t.seconds + seconds, 0};
  std::int64_t all = t.nanos + nanos;
  if (all < 0) {
    all += nanos_per_second;
    --made.seconds;
  } else if (all >= nanos_per_second) {
    all -= nanos_per_second;
    ++made.seconds;
  }
  made.nanos = static_cast<std::int32_t>(all);
  return is_valid(made) ? Value(made) : Value::error("the result is outside the range of timestamp");
}

Value add_to_timestamp(const CallContext&, const Value* a) {
  const bool first = a[0].is<Timestamp>();
  const auto& d = a[first ? 1 : 0].as<Duration>();
  return shifted(a[first ? 0 : 1].as<Timestamp>(), d.seconds, d.nanos);
}
Value subtract_from_timestamp(const CallContext&, const Value* a) {
  const auto& d = a[1].as<Duration>();
  return shifted(a[0].as<Timestamp>(), -d.seconds, -d.nanos);
}
Value between(const CallContext&, const Value* a) {
  const auto& x = a[0].as<Timestamp>();
  const auto& y = a[1].as<Timestamp>();
  const std::int64_t seconds = x.seconds - y.seconds;
  // The conformance suite bounds a difference by what 64 bits of nanoseconds hold, about 292 years.
  if (seconds > max_nanos_seconds || seconds < -max_nanos_seconds) return Value::error("the result is outside the range of duration");
  return checked(normalized(seconds, x.nanos - y.nanos));
}
Value add_durations(const CallContext&, const Value* a) {
  const auto& x = a[0].as<Duration>();
  const auto& y = a[1].as<Duration>();
  return checked(normalized(x.seconds + y.seconds, std::int64_t{x.nanos} + y.nanos));
}
Value subtract_durations(const CallContext&, const Value* a) {
  const auto& x = a[0].as<Duration>();
  const auto& y = a[1].as<Duration>();
  return checked(normalized(x.seconds - y.seconds, std::int64_t{x.nanos} - y.nanos));
}

enum class Part { year, month, day_of_year, day_of_month, date, day_of_week, hours, minutes, seconds, milliseconds };

std::int64_t part_of(Part part, const LocalTime& t) {
  const Date date = *Date::from_days(t.days);
  switch (part) {
    case Part::year:
      return date.year();
    case Part::month:
      return date.month() - 1;
    case Part::day_of_year:
      return t.days - Date::from_ymd(date.year(), 1, 1)->days_since_1970();
    case Part::day_of_month:
      return date.day() - 1;
    case Part::date:
      return date.day();
    case Part::day_of_week:
      return ((t.days + 4) % 7 + 7) % 7;  // 1970-01-01 was a Thursday; Sunday is 0
    case Part::hours:
      return t.seconds / 3600;
    case Part::minutes:
      return t.seconds / 60 % 60;
    case Part::seconds:
      return t.seconds % 60;
    case Part::milliseconds:
      return t.nanos / 1000000;
  }
  return 0;
}

template <Part part>
Value timestamp_part(const Timestamp& t, std::string_view zone) {
  const auto local = local_time(t, zone);
  if (!local) return Value::error("\"" + std::string(zone) + "\" is not a time zone; use a name such as Asia/Shanghai or an offset such as +08:00");
  if (!Date::from_days(local->days)) return Value::error("the local time is outside the range of timestamp");
  return Value(part_of(part, *local));
}

template <Part part>
void add_part(Declare& declare, const char* name) {
  const TypeRef timestamp = types::simple(TypeKind::timestamp);
  const TypeRef integer = types::simple(TypeKind::integer);
  declare.member(name, {timestamp}, integer,
                 [](const CallContext&, const Value* a) { return timestamp_part<part>(a[0].as<Timestamp>(), ""); });
  declare.member(name, {timestamp, types::simple(TypeKind::string)}, integer,
                 [](const CallContext&, const Value* a) { return timestamp_part<part>(a[0].as<Timestamp>(), a[1].text()); });
}

void add_duration_parts(Declare& declare) {
  const TypeRef duration = types::simple(TypeKind::duration);
  const TypeRef integer = types::simple(TypeKind::integer);
  declare.member("getHours", {duration}, integer,
                 [](const CallContext&, const Value* a) { return Value(a[0].as<Duration>().seconds / 3600); });
  declare.member("getMinutes", {duration}, integer,
                 [](const CallContext&, const Value* a) { return Value(a[0].as<Duration>().seconds / 60); });
  declare.member("getSeconds", {duration}, integer,
                 [](const CallContext&, const Value* a) { return Value(a[0].as<Duration>().seconds); });
  declare.member("getMilliseconds", {duration}, integer, [](const CallContext&, const Value* a) {
    return Value(static_cast<std::int64_t>(a[0].as<Duration>().nanos / 1000000));
  });
}

}  // namespace

void add_times(FunctionTable& table) {
  Declare declare(table);
  const TypeRef timestamp = types::simple(TypeKind::timestamp);
  const TypeRef duration = types::simple(TypeKind::duration);
  declare.function(operators::add, {timestamp, duration}, timestamp, add_to_timestamp);
  declare.function(operators::add, {duration, timestamp}, timestamp, add_to_timestamp);
  declare.function(operators::add, {duration, duration}, duration, add_durations);
  declare.function(operators::subtract, {timestamp, duration}, timestamp, subtract_from_timestamp);
  declare.function(operators::subtract, {timestamp, timestamp}, duration, between);
  declare.function(operators::subtract, {duration, duration}, duration, subtract_durations);
  add_part<Part::year>(declare, "getFullYear");
  add_part<Part::month>(declare, "getMonth");
  add_part<Part::day_of_year>(declare, "getDayOfYear");
  add_part<Part::day_of_month>(declare, "getDayOfMonth");
  add_part<Part::date>(declare, "getDate");
  add_part<Part::day_of_week>(declare, "getDayOfWeek");
  add_part<Part::hours>(declare, "getHours");
  add_part<Part::minutes>(declare, "getMinutes");
  add_part<Part::seconds>(declare, "getSeconds");
  add_part<Part::milliseconds>(declare, "getMilliseconds");
  add_duration_parts(declare);
}

}  // namespace greenlane::cel
