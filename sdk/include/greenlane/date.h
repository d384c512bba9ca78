// Date: a day of the proleptic Gregorian calendar, without time or zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/export.h"

namespace greenlane {

/// A calendar day from 0001-01-01 to 9999-12-31. A plain value: copy freely, any thread.
class GREENLANE_EXPORT Date {
 public:
  constexpr Date() noexcept = default;  ///< 1970-01-01

  /// nullopt where there is no such day.
  static std::optional<Date> from_ymd(int year, int month, int day) noexcept;
  /// Days since 1970-01-01; nullopt outside the range of the class.
  static std::optional<Date> from_days(std::int64_t days_since_1970) noexcept;
  /// Reads "2025-06-29" (ISO 8601 extended, exactly ten characters).
  static std::optional<Date> parse(std::string_view text) noexcept;

  int year() const noexcept;
  int month() const noexcept;  ///< 1 to 12
  int day() const noexcept;    ///< 1 to 31
  std::int32_t days_since_1970() const noexcept { return days_; }

  /// Calendar arithmetic; nullopt outside the range of the class. add_months keeps the day of the
  /// month, or takes the last day of a shorter month (2024-01-31 + 1 month = 2024-02-29).
  std::optional<Date> add_days(std::int64_t days) const noexcept;
  std::optional<Date> add_months(std::int64_t months) const noexcept;

  std::string to_string() const;  ///< "2025-06-29"

  friend bool operator==(Date, Date) noexcept = default;
  friend std::strong_ordering operator<=>(Date, Date) noexcept = default;

 private:
  std::int32_t days_ = 0;
};

}  // namespace greenlane
