#include "base/utc_time.h"

#include "greenlane/date.h"

namespace greenlane {
namespace {

/// Two digits of at most `most`, or -1.
int two_digits(std::string_view text, int most) noexcept {
  if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return -1;
  const int value = (text[0] - '0') * 10 + (text[1] - '0');
  return value <= most ? value : -1;
}

void append_two_digits(std::string& out, std::int64_t value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

}  // namespace

std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text) noexcept {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z') return std::nullopt;
  const auto date = Date::parse(text.substr(0, 10));
  const int hours = two_digits(text.substr(11, 2), 23);
  const int minutes = two_digits(text.substr(14, 2), 59);
  const int seconds = two_digits(text.substr(17, 2), 59);
  if (!date || hours < 0 || minutes < 0 || seconds < 0) return std::nullopt;
  return std::chrono::sys_days{std::chrono::days{date->days_since_1970()}} + std::chrono::hours{hours} + std::chrono::minutes{minutes} +
         std::chrono::seconds{seconds};
}

std::string utc_text(std::chrono::sys_seconds time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock{time - day};
  std::string text = Date::from_days(day.time_since_epoch().count()).value_or(Date()).to_string();
  text += 'T';
  append_two_digits(text, clock.hours().count());
  text += ':';
  append_two_digits(text, clock.minutes().count());
  text += ':';
  append_two_digits(text, clock.seconds().count());
  return text + 'Z';
}

}  // namespace greenlane
