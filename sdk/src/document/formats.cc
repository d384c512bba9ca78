#include "document/formats.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "greenlane/date.h"
#include "greenlane/decimal.h"

namespace greenlane::document {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// The number of `count` digits at `text[at]`, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) noexcept {
  if (text.size() < at + count) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// Digits of a fraction at `text[at]`; moves `at` behind them. -1 for none or more than nine.
std::int32_t fraction(std::string_view text, std::size_t& at) noexcept {
  std::int32_t nanos = 0;
  std::size_t count = 0;
  for (; at < text.size() && is_digit(text[at]); ++at, ++count) {
    if (count == 9) return -1;
    nanos = nanos * 10 + (text[at] - '0');
  }
  if (count == 0) return -1;
  for (; count < 9; ++count) nanos *= 10;
  return nanos;
}

/// Minutes east of UTC at the end of `text`, from `at` on.
std::optional<int> offset_minutes(std::string_view text, std::size_t at) noexcept {
  if (text.size() == at + 1 && (text[at] == 'Z' || text[at] == 'z')) return 0;
  if (text.size() != at + 6 || text[at + 3] != ':') return std::nullopt;
  const int hours = digits(text, at + 1, 2);
  const int minutes = digits(text, at + 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  if (text[at] == '+') return hours * 60 + minutes;
  if (text[at] == '-') return -(hours * 60 + minutes);
  return std::nullopt;
}

bool is_commodity_code(std::string_view text) noexcept {
  return text.size() >= 4 && text.size() <= 12 && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::optional<Format> format_named(std::string_view name) noexcept {
  if (name == "decimal") return Format::decimal;
  if (name == "date") return Format::date;
  if (name == "date-time") return Format::date_time;
  if (name == "hs") return Format::hs;
  return std::nullopt;
}

bool is_descriptive_format(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 8> names = {"uri",   "uri-reference", "email",        "uuid",
                                                     "regex", "hostname",      "json-pointer", "iri"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool follows(Format format, std::string_view text) noexcept {
  switch (format) {
    case Format::none:
      return true;
    case Format::decimal:
      return Decimal::parse(text).has_value();
    case Format::date:
      return Date::parse(text).has_value();
    case Format::date_time:
      return parse_timestamp(text).has_value();
    case Format::hs:
      return is_commodity_code(text);
  }
  return false;
}

std::string_view description(Format format) noexcept {
  switch (format) {
    case Format::none:
      return "a string";
    case Format::decimal:
      return "a decimal string such as \"1234.50\"";
    case Format::date:
      return "a date such as \"2025-06-29\"";
    case Format::date_time:
      return "a time with its offset such as \"2025-06-29T08:30:00+08:00\"";
    case Format::hs:
      return "a commodity code of 4 to 12 digits such as \"0307220000\"";
  }
  return "a string";
}

std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  const auto day = Date::parse(text.substr(0, 10));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (!day || text[13] != ':' || text[16] != ':' || hour < 0 || hour > 23) return std::nullopt;
  if (minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;

  Timestamp result;
  std::size_t at = 19;
  if (text[at] == '.') {
    ++at;
    result.nanos = fraction(text, at);
    if (result.nanos < 0) return std::nullopt;
  }
  if (at >= text.size()) return std::nullopt;
  const auto offset = offset_minutes(text, at);
  if (!offset) return std::nullopt;
  const std::int64_t minutes = std::int64_t{hour} * 60 + minute - *offset;
  result.seconds = std::int64_t{day->days_since_1970()} * 86'400 + minutes * 60 + second;
  // A leap second is only ever the last one of a day in UTC.
  if (second == 60 && result.seconds % 86'400 != 0) return std::nullopt;
  return result;
}

std::string in_quotes(std::string_view text) {
  constexpr int most = 40;
  std::size_t end = 0;
  for (int count = 0; count < most && end < text.size(); ++count) utf8::decode(text, end);
  std::string result;
  json::append_quoted(result, text.substr(0, end));
  if (end < text.size()) result.append("…");
  return result;
}

std::string found(const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::null:
      return "null";
    case json::Kind::boolean:
      return value.boolean() ? "true" : "false";
    case json::Kind::integer:
    case json::Kind::number:
      return "number " + json::compact(value);
    case json::Kind::string:
      return "string " + in_quotes(value.string());
    case json::Kind::array:
      return "an array";
    case json::Kind::object:
      return "an object";
  }
  return "something else";
}

Error make_error(ErrorCode code, std::string message, std::string pointer) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.pointer = std::move(pointer);
  return error;
}

std::string did_you_mean(std::string_view suggestion) {
  if (suggestion.empty()) return {};
  return "; did you mean " + in_quotes(suggestion) + "?";
}

}  // namespace greenlane::document
