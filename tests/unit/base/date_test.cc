#include "greenlane/date.h"

#include <gtest/gtest.h>

#include <limits>

namespace greenlane {
namespace {

Date day(std::string_view text) {
  const auto date = Date::parse(text);
  EXPECT_TRUE(date) << text;
  return date.value_or(Date());
}

std::string show(const std::optional<Date>& date) { return date ? date->to_string() : "nothing"; }

TEST(Date, ReadsTenCharactersOnly) {
  for (const char* text :
       {"", "2025", "2025-6-29", "25-06-29", "2025/06/29", "20250629", " 2025-06-29", "2025-06-29 ",
        "2025-06-29T00:00:00", "2025-06-2x", "-025-06-29", "+025-06-29", "2025-+6-29"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
  EXPECT_EQ(day("2025-06-29").to_string(), "2025-06-29");
  EXPECT_EQ(day("0987-01-02").to_string(), "0987-01-02");
}

TEST(Date, KnowsWhichDaysThereAre) {
  for (const char* text : {"2025-02-29", "1900-02-29", "2100-02-29", "2025-04-31", "2025-13-01", "2025-00-10",
                           "2025-01-00", "2025-01-32", "0000-01-01"}) {
    EXPECT_FALSE(Date::parse(text)) << text;
  }
  for (const char* text : {"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) {
    EXPECT_EQ(day(text).to_string(), text);
  }
  EXPECT_FALSE(Date::from_ymd(10'000, 1, 1));
  EXPECT_FALSE(Date::from_ymd(2025, -1, 1));
  EXPECT_FALSE(Date::from_ymd(2025, 257, 1));
}

TEST(Date, CountsDaysSince1970) {
  EXPECT_EQ(Date().to_string(), "1970-01-01");
  EXPECT_EQ(day("1970-01-01").days_since_1970(), 0);
  EXPECT_EQ(day("2000-03-01").days_since_1970(), 11017);
  EXPECT_EQ(day("1969-12-31").days_since_1970(), -1);
  EXPECT_EQ(day("0001-01-01").days_since_1970(), -719162);
  EXPECT_EQ(day("9999-12-31").days_since_1970(), 2932896);
}

TEST(Date, GoesRoundThroughEveryDayOfFiveCenturies) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int64_t count = day("1800-01-01").days_since_1970();
  for (int year = 1800; year < 2300; ++year) {
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    for (int month = 1; month <= 12; ++month) {
      const int last = kDays[month - 1] + (month == 2 && leap ? 1 : 0);
      for (int d = 1; d <= last; ++d, ++count) {
        const auto date = Date::from_ymd(year, month, d);
        ASSERT_TRUE(date);
        ASSERT_EQ(date->days_since_1970(), count);
        ASSERT_EQ(Date::from_days(count), date);
        ASSERT_EQ(Date::parse(date->to_string()), date);
        ASSERT_TRUE(date->year() == year && date->month() == month && date->day() == d);
      }
      ASSERT_FALSE(Date::from_ymd(year, month, last + 1));
    }
  }
}

TEST(Date, AddsDaysWithinItsRange) {
  EXPECT_EQ(show(day("2024-02-28").add_days(1)), "2024-02-29");
  EXPECT_EQ(show(day("2025-01-01").add_days(-1)), "2024-12-31");
  EXPECT_EQ(show(day("0001-01-01").add_days(3'652'058)), "9999-12-31");
  EXPECT_EQ(show(day("0001-01-01").add_days(-1)), "nothing");
  EXPECT_EQ(show(day("9999-12-31").add_days(1)), "nothing");
  EXPECT_EQ(show(day("2025-01-01").add_days(std::numeric_limits<std::int64_t>::max())), "nothing");
  EXPECT_EQ(show(day("2025-01-01").add_days(std::numeric_limits<std::int64_t>::min())), "nothing");
}

TEST(Date, AddsMonthsAndStaysInTheMonth) {
  EXPECT_EQ(show(day("2024-01-31").add_months(1)), "2024-02-29");
  EXPECT_EQ(show(day("2025-01-31").add_months(1)), "2025-02-28");
  EXPECT_EQ(show(day("2025-03-31").add_months(-1)), "2025-02-28");
  EXPECT_EQ(show(day("2024-02-29").add_months(12)), "2025-02-28");
  EXPECT_EQ(show(day("2025-06-29").add_months(-6)), "2024-12-29");
  EXPECT_EQ(show(day("2025-12-15").add_months(1)), "2026-01-15");
  EXPECT_EQ(show(day("0001-01-15").add_months(-1)), "nothing");
  EXPECT_EQ(show(day("9999-12-15").add_months(1)), "nothing");
  EXPECT_EQ(show(day("0001-01-01").add_months(119'987)), "9999-12-01");
  EXPECT_EQ(show(day("2025-01-01").add_months(std::numeric_limits<std::int64_t>::min())), "nothing");
}

TEST(Date, Compares) {
  EXPECT_LT(day("2025-06-29"), day("2025-06-30"));
  EXPECT_EQ(day("2025-06-29"), *Date::from_ymd(2025, 6, 29));
}

}  // namespace
}  // namespace greenlane
