#include "greenlane/date.h"

#include <chrono>

namespace greenlane {
namespace {

constexpr std::int64_t kFirstDay = -719162;  // 0001-01-01
constexpr std::int64_t kLastDay = 2932896;   // 9999-12-31
constexpr std::int64_t kMonths = 9999 * 12;  // in the range of the class

std::chrono::year_month_day civil(std::int32_t days) noexcept {
  return std::chrono::sys_days{std::chrono::days{days}};
}

/// The value of `text`, or -1 where a character is no digit.
int digits(std::string_view text) noexcept {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

void write_digits(char* end, int value, int count) noexcept {
  for (; count > 0; --count, value /= 10) *--end = static_cast<char>('0' + value % 10);
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) noexcept {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return from_days(std::chrono::sys_days{ymd}.time_since_epoch().count());
}

std::optional<Date> Date::from_days(std::int64_t days_since_1970) noexcept {
  if (days_since_1970 < kFirstDay || days_since_1970 > kLastDay) return std::nullopt;
  Date date;
  date.days_ = static_cast<std::int32_t>(days_since_1970);
  return date;
}

std::optional<Date> Date::parse(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  return from_ymd(digits(text.substr(0, 4)), digits(text.substr(5, 2)), digits(text.substr(8, 2)));
}

int Date::year() const noexcept { return static_cast<int>(civil(days_).year()); }

int Date::month() const noexcept { return static_cast<int>(static_cast<unsigned>(civil(days_).month())); }

int Date::day() const noexcept { return static_cast<int>(static_cast<unsigned>(civil(days_).day())); }

std::optional<Date> Date::add_days(std::int64_t days) const noexcept {
  constexpr std::int64_t kSpan = kLastDay - kFirstDay;
  if (days < -kSpan || days > kSpan) return std::nullopt;
  return from_days(days_ + days);
}

std::optional<Date> Date::add_months(std::int64_t months) const noexcept {
  if (months < -kMonths || months > kMonths) return std::nullopt;
  const auto ymd = civil(days_);
  const std::int64_t month_index =
      static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1 + months;
  if (month_index < 12) return std::nullopt;
  const std::chrono::year year{static_cast<int>(month_index / 12)};
  const std::chrono::month month{static_cast<unsigned>(month_index % 12 + 1)};
  const std::chrono::day last = (year / month / std::chrono::last).day();
  const unsigned day = static_cast<unsigned>(ymd.day() < last ? ymd.day() : last);
  return from_ymd(static_cast<int>(year), static_cast<int>(static_cast<unsigned>(month)),
                  static_cast<int>(day));
}

std::string Date::to_string() const {
  const auto ymd = civil(days_);
  std::string text = "0000-00-00";
  write_digits(text.data() + 4, static_cast<int>(ymd.year()), 4);
  write_digits(text.data() + 7, static_cast<int>(static_cast<unsigned>(ymd.month())), 2);
  write_digits(text.data() + 10, static_cast<int>(static_cast<unsigned>(ymd.day())), 2);
  return text;
}

}  // namespace greenlane
