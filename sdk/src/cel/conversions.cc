#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "base/utf8.h"
#include "cel/library.h"
#include "cel/show.h"
#include "cel/time_format.h"

namespace greenlane::cel {
namespace {

using Int = std::int64_t;
using Uint = std::uint64_t;

Value same(const CallContext&, const Value* a) { return a[0]; }
Value out_of_range(const char* type) { return Value::error(std::string("the value is outside the range of ") + type); }
Value not_a(const char* type, std::string_view text) {
  return Value::error("\"" + std::string(text) + "\" is not " + type);
}

template <typename T>
std::optional<T> whole_number(std::string_view text) {
  T value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Value int_of_string(const CallContext&, const Value* a) {
  const auto value = whole_number<Int>(a[0].text());
  return value ? Value(*value) : not_a("an int", a[0].text());
}
Value uint_of_string(const CallContext&, const Value* a) {
  const auto value = whole_number<Uint>(a[0].text());
  return value ? Value(*value) : not_a("a uint", a[0].text());
}
Value int_of_double(const CallContext&, const Value* a) {
  const double d = a[0].as<double>();
  // Both ends are excluded: 2^63 is no int, and -2^63 is what many larger numbers round to.
  if (!(d > -9223372036854775808.0 && d < 9223372036854775808.0)) return out_of_range("int");
  return Value(static_cast<Int>(d));
}
Value uint_of_double(const CallContext&, const Value* a) {
  const double d = a[0].as<double>();
  if (!(d >= 0 && d < 18446744073709551616.0)) return out_of_range("uint");
  return Value(static_cast<Uint>(d));
}
Value int_of_uint(const CallContext&, const Value* a) {
  const Uint u = a[0].as<Uint>();
  return u > static_cast<Uint>(std::numeric_limits<Int>::max()) ? out_of_range("int") : Value(static_cast<Int>(u));
}
Value uint_of_int(const CallContext&, const Value* a) {
  const Int i = a[0].as<Int>();
  return i < 0 ? out_of_range("uint") : Value(static_cast<Uint>(i));
}
Value double_of_string(const CallContext&, const Value* a) {
  std::string_view text = a[0].text();
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return not_a("a double", a[0].text());
  return Value(value);
}
Value bool_of_string(const CallContext&, const Value* a) {
  for (const char* yes : {"1", "t", "true", "TRUE", "True", "T"}) {
    if (a[0].text() == yes) return Value(true);
  }
  for (const char* no : {"0", "f", "false", "FALSE", "False", "F"}) {
    if (a[0].text() == no) return Value(false);
  }
  return not_a("a bool", a[0].text());
}
Value string_of_bytes(const CallContext&, const Value* a) {
  const std::string_view bytes = a[0].as<BytesValue>().bytes;
  return utf8::is_valid(bytes) ? Value::string(std::string(bytes)) : Value::error("the bytes are not valid UTF-8");
}
Value bytes_of_string(const CallContext&, const Value* a) { return Value::bytes(std::string(a[0].text())); }
Value timestamp_of_string(const CallContext&, const Value* a) {
  const auto t = parse_timestamp(a[0].text());
  return t ? Value(*t) : not_a("a timestamp such as 2025-06-29T08:00:00Z", a[0].text());
}
Value timestamp_of_int(const CallContext&, const Value* a) {
  const Timestamp t{a[0].as<Int>(), 0};
  return is_valid(t) ? Value(t) : out_of_range("timestamp");
}
Value duration_of_string(const CallContext&, const Value* a) {
  const auto d = parse_duration(a[0].text());
  return d ? Value(*d) : not_a("a duration such as 1h30m", a[0].text());
}

void add_numbers(Declare& declare) {
  const TypeRef i = types::simple(TypeKind::integer);
  const TypeRef u = types::simple(TypeKind::uinteger);
  const TypeRef d = types::simple(TypeKind::floating);
  const TypeRef s = types::simple(TypeKind::string);
  declare.function("int", {i}, i, same);
  declare.function("int", {u}, i, int_of_uint);
  declare.function("int", {d}, i, int_of_double);
  declare.function("int", {s}, i, int_of_string);
  declare.function("int", {types::simple(TypeKind::timestamp)}, i,
                   [](const CallContext&, const Value* a) { return Value(a[0].as<Timestamp>().seconds); });
  declare.function("uint", {u}, u, same);
  declare.function("uint", {i}, u, uint_of_int);
  declare.function("uint", {d}, u, uint_of_double);
  declare.function("uint", {s}, u, uint_of_string);
  declare.function("double", {d}, d, same);
  declare.function("double", {i}, d,
                   [](const CallContext&, const Value* a) { return Value(static_cast<double>(a[0].as<Int>())); });
  declare.function("double", {u}, d,
                   [](const CallContext&, const Value* a) { return Value(static_cast<double>(a[0].as<Uint>())); });
  declare.function("double", {s}, d, double_of_string);
}

void add_strings_of(Declare& declare) {
  const TypeRef s = types::simple(TypeKind::string);
  declare.function("string", {s}, s, same);
  declare.function("string", {types::simple(TypeKind::bytes)}, s, string_of_bytes);
  declare.function("string", {types::simple(TypeKind::boolean)}, s,
                   [](const CallContext&, const Value* a) { return Value::string(a[0].as<bool>() ? "true" : "false"); });
  declare.function("string", {types::simple(TypeKind::integer)}, s,
                   [](const CallContext&, const Value* a) { return Value::string(std::to_string(a[0].as<Int>())); });
  declare.function("string", {types::simple(TypeKind::uinteger)}, s,
                   [](const CallContext&, const Value* a) { return Value::string(std::to_string(a[0].as<Uint>())); });
  declare.function("string", {types::simple(TypeKind::floating)}, s,
                   [](const CallContext&, const Value* a) { return Value::string(format_double(a[0].as<double>())); });
  declare.function("string", {types::simple(TypeKind::timestamp)}, s,
                   [](const CallContext&, const Value* a) { return Value::string(format(a[0].as<Timestamp>())); });
  declare.function("string", {types::simple(TypeKind::duration)}, s,
                   [](const CallContext&, const Value* a) { return Value::string(format(a[0].as<Duration>())); });
}

}  // namespace

void add_conversions(FunctionTable& table) {
  Declare declare(table);
  add_numbers(declare);
  add_strings_of(declare);
  const TypeRef s = types::simple(TypeKind::string);
  const TypeRef boolean = types::simple(TypeKind::boolean);
  const TypeRef bytes = types::simple(TypeKind::bytes);
  const TypeRef timestamp = types::simple(TypeKind::timestamp);
  const TypeRef duration = types::simple(TypeKind::duration);
  const TypeRef a = types::param("A");
  declare.function("bool", {boolean}, boolean, same);
  declare.function("bool", {s}, boolean, bool_of_string);
  declare.function("bytes", {bytes}, bytes, same);
  declare.function("bytes", {s}, bytes, bytes_of_string);
  declare.function("timestamp", {timestamp}, timestamp, same);
  declare.function("timestamp", {s}, timestamp, timestamp_of_string);
  declare.function("timestamp", {types::simple(TypeKind::integer)}, timestamp, timestamp_of_int);
  declare.function("duration", {duration}, duration, same);
  declare.function("duration", {s}, duration, duration_of_string);
  declare.function("dyn", {a}, types::dyn(), same);
  declare.function("type", {a}, types::type(a),
                   [](const CallContext&, const Value* v) { return Value(TypeValue{v[0].type()}); });
}

}  // namespace greenlane::cel
