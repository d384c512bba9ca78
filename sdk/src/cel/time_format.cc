#include "cel/time_format.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <limits>
#include <memory>

#include "greenlane/date.h"

namespace greenlane::cel {
namespace {

__extension__ using Int128 = __int128;

constexpr std::int64_t first_second = -62135596800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t last_second = 253402300799;   // 9999-12-31T23:59:59Z
constexpr std::int64_t max_duration_seconds = 315576000000;
constexpr std::int32_t nanos_per_second = 1000000000;
constexpr std::int64_t seconds_per_day = 86400;

/// Two digits at `at`, or -1.
int two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || std::isdigit(static_cast<unsigned char>(text[at])) == 0 ||
      std::isdigit(static_cast<unsigned char>(text[at + 1])) == 0) {
    return -1;
  }
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// "+08:00" or "-05:30" as seconds east of Greenwich.
std::optional<std::int32_t> parse_offset(std::string_view text) {
  bool west = false;
  if (text.starts_with('+') || text.starts_with('-')) {
    west = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hours = two_digits(text, 0);
  const int minutes = two_digits(text, 3);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  const std::int32_t offset = hours * 3600 + minutes * 60;
  return west ? -offset : offset;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

void append_fraction(std::string& out, std::int32_t nanos) {
  if (nanos == 0) return;
  std::array<char, 16> digits{};
  std::snprintf(digits.data(), digits.size(), "%09d", nanos);
  std::string text(digits.data());
  while (text.back() == '0') text.pop_back();
  out += "." + text;
}

std::optional<std::int32_t> zone_offset(std::int64_t seconds, std::string_view zone) {
  if (zone.empty() || zone == "UTC" || zone == "Z") return 0;
  if (const auto offset = parse_offset(zone)) return offset;
  const auto id = icu::UnicodeString::fromUTF8(icu::StringPiece(zone.data(), static_cast<std::int32_t>(zone.size())));
  const std::unique_ptr<icu::TimeZone> made(icu::TimeZone::createTimeZone(id));
  if (!made || *made == icu::TimeZone::getUnknown()) return std::nullopt;
  std::int32_t raw = 0;
  std::int32_t dst = 0;
  UErrorCode status = U_ZERO_ERROR;
  made->getOffset(static_cast<double>(seconds) * 1000.0, false, raw, dst, status);
  if (U_FAILURE(status)) return std::nullopt;
  return (raw + dst) / 1000;
}

struct Unit {
  std::string_view name;
  std::int64_t nanos;
};
constexpr std::array<Unit, 6> units = {{{"ns", 1}, {"us", 1000}, {"ms", 1000000}, {"h", 3600000000000}, {"m", 60000000000}, {"s", 1000000000}}};

/// One "12.5h" of a duration as nanoseconds; moves `text` behind it.
std::optional<Int128> duration_part(std::string_view& text) {
  Int128 whole = 0;
  std::size_t at = 0;
  const auto digit = [&] { return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0; };
  for (; digit() && at < 18; ++at) whole = whole * 10 + (text[at] - '0');
  const std::size_t whole_digits = at;
  std::int64_t fraction = 0;
  std::int64_t scale = 1;
  if (at < text.size() && text[at] == '.') {
    for (++at; digit(); ++at) {
      if (scale >= nanos_per_second * std::int64_t{1000}) continue;
      fraction = fraction * 10 + (text[at] - '0');
      scale *= 10;
    }
  }
  if (whole_digits == 0 && scale == 1) return std::nullopt;
  text.remove_prefix(at);
  for (const Unit& unit : units) {
    // "m" is also the start of "ms", which stands before it in the table.
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return whole * unit.nanos + static_cast<Int128>(fraction) * unit.nanos / scale;
  }
  return std::nullopt;
}

}  // namespace

bool is_valid(const Timestamp& t) noexcept { return t.seconds >= first_second && t.seconds <= last_second; }
bool is_valid(const Duration& d) noexcept {
  return d.seconds >= -max_duration_seconds && d.seconds <= max_duration_seconds;
}

std::optional<Timestamp> parse_timestamp(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto date = Date::parse(text.substr(0, 10));
  const int hour = two_digits(text, 11);
  const int minute = two_digits(text, 14);
  const int second = two_digits(text, 17);
  if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
  std::size_t at = 19;
  std::int32_t nanos = 0;
  if (text[at] == '.') {
    std::int32_t scale = nanos_per_second;
    const std::size_t start = ++at;
    for (; at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0; ++at) {
      scale /= 10;
      nanos += (text[at] - '0') * scale;
    }
    if (at == start || at - start > 9) return std::nullopt;
  }
  std::int32_t offset = 0;
  const std::string_view zone = text.substr(at);
  if (zone != "Z" && zone != "z") {
    const auto parsed = zone.starts_with('+') || zone.starts_with('-') ? parse_offset(zone) : std::nullopt;
    if (!parsed) return std::nullopt;
    offset = *parsed;
  }
  const std::int64_t seconds = date->days_since_1970() * seconds_per_day + hour * 3600 + minute * 60 + second - offset;
  const Timestamp made{seconds, nanos};
  if (!is_valid(made)) return std::nullopt;
  return made;
}

std::string format(const Timestamp& t) {
  const std::int64_t days = floor_div(t.seconds, seconds_per_day);
  const auto of_day = static_cast<int>(t.seconds - days * seconds_per_day);
  std::array<char, 48> time{};
  std::snprintf(time.data(), time.size(), "T%02d:%02d:%02d", of_day / 3600, of_day / 60 % 60, of_day % 60);
  std::string out = Date::from_days(days)->to_string() + time.data();
  append_fraction(out, t.nanos);
  return out + "Z";
}

std::optional<Duration> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return Duration{};
  if (text.empty()) return std::nullopt;
  Int128 total = 0;
  while (!text.empty()) {
    const auto part = duration_part(text);
    if (!part) return std::nullopt;
    total += *part;
    if (total / nanos_per_second > max_duration_seconds) return std::nullopt;
  }
  if (negative) total = -total;
  return Duration{static_cast<std::int64_t>(total / nanos_per_second), static_cast<std::int32_t>(total % nanos_per_second)};
}

std::string format(const Duration& d) {
  const bool negative = d.seconds < 0 || d.nanos < 0;
  const auto whole = d.seconds < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(d.seconds) : static_cast<std::uint64_t>(d.seconds);
  std::string out = (negative ? "-" : "") + std::to_string(whole);
  append_fraction(out, d.nanos < 0 ? -d.nanos : d.nanos);
  return out + "s";
}

std::optional<LocalTime> local_time(const Timestamp& t, std::string_view zone) {
  const auto offset = zone_offset(t.seconds, zone);
  if (!offset) return std::nullopt;
  const std::int64_t seconds = t.seconds + *offset;
  const std::int64_t days = floor_div(seconds, seconds_per_day);
  return LocalTime{days, static_cast<std::int32_t>(seconds - days * seconds_per_day), t.nanos};
}

}  // namespace greenlane::cel
