// date in expressions: days of the calendar, literals, arithmetic by months.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::TypeKind;

Scope days() {
  const auto d = simple(TypeKind::date);
  Scope scope;
  scope.with("made", d, day("2024-01-31"))
      .with("last", d, day("9999-12-31"))
      .with("first", d, day("0001-01-01"));
  scope.with("none", d, cel::Value(cel::Null{})).with("unknown", d, absent("/made"));
  return scope.with("text", simple(TypeKind::string), cel::Value::borrowed("2025-02-29"));
}

TEST(DateExpressions, ReadTextNextToADateAsADate) {
  const Scope scope = days();
  EXPECT_EQ(outcome("made >= '2024-01-31' && '2024-02-01' > made && made != '2024-01-30'", scope), "true");
  EXPECT_EQ(outcome("made in ['2024-01-31', '2025-01-31']", scope), "true");
  EXPECT_EQ(outcome("date('2024-01-31') == made", scope), "true");
}

TEST(DateExpressions, CountDaysAndMonthsOfTheCalendar) {
  const Scope scope = days();
  EXPECT_EQ(outcome("made.plusMonths(1)", scope), "2024-02-29");
  EXPECT_EQ(outcome("made.plusMonths(13)", scope), "2025-02-28");
  EXPECT_EQ(outcome("made.plusMonths(-2)", scope), "2023-11-30");
  EXPECT_EQ(outcome("made.plusDays(30)", scope), "2024-03-01");
  EXPECT_EQ(outcome("made.daysUntil('2024-03-01')", scope), "30");
  EXPECT_EQ(outcome("made.daysUntil('2024-01-01')", scope), "-30");
  EXPECT_EQ(outcome("[made.year(), made.month(), made.day()]", scope), "[2024, 1, 31]");
}

TEST(DateExpressions, StayWithinTheCalendar) {
  const Scope scope = days();
  for (const char* text :
       {"last.plusDays(1)", "first.plusDays(-1)", "last.plusMonths(1)", "made.plusDays(9223372036854775807)",
        "made.plusMonths(-9223372036854775807 - 1)"}) {
    EXPECT_EQ(outcome(text, scope), "error: the result is outside the years 1 to 9999") << text;
  }
  EXPECT_EQ(outcome("first.daysUntil(last)", scope), "3652058");
}

TEST(DateExpressions, DecideByTheDayOfAZone) {
  EXPECT_EQ(outcome("date(timestamp('2025-06-28T16:00:00Z'), 'Asia/Shanghai')"), "2025-06-29");
  EXPECT_EQ(outcome("date(timestamp('2025-06-28T15:59:59Z'), '+08:00')"), "2025-06-28");
  EXPECT_EQ(outcome("date(timestamp('2025-06-28T15:59:59Z'), 'Nowhere/City')").substr(0, 6), "error:");
}

TEST(DateExpressions, AreErrorsForTextThatIsNoDate) {
  const Scope scope = days();
  EXPECT_EQ(outcome("date(text) < made", scope),
            "error: \"2025-02-29\" is not a date such as \"2025-06-29\"");
  EXPECT_EQ(outcome("unknown < '2025-01-01'", scope), "missing: /made");
  EXPECT_EQ(outcome("none == null", scope), "true");
  EXPECT_EQ(outcome("none < '2025-01-01'", scope).substr(0, 6), "error:");
}

TEST(DateExpressions, DoNotMixWithOtherThings) {
  const Scope scope = days();
  for (const char* text :
       {"made + 1 == made", "made > 5", "made == timestamp('2025-01-01T00:00:00Z')", "made - made == 0"}) {
    EXPECT_EQ(outcome(text, scope).substr(0, 8), "refused:") << text;
  }
}

TEST(Timestamps, CompareInstantsWhateverTheirOffset) {
  EXPECT_EQ(outcome("timestamp('2025-06-29T08:00:00+08:00') == timestamp('2025-06-29T00:00:00Z')"), "true");
  EXPECT_EQ(
      outcome("timestamp('2025-06-29T00:00:00Z') + duration('25h') > timestamp('2025-06-30T00:00:00Z')"),
      "true");
  EXPECT_EQ(outcome("timestamp('2025-06-29T23:30:00Z').getHours('Asia/Shanghai')"), "7");
  EXPECT_EQ(outcome("timestamp('2025-02-30T00:00:00Z')").substr(0, 6), "error:");
  EXPECT_EQ(outcome("timestamp('9999-12-31T23:59:59Z') + duration('1s')").substr(0, 6), "error:");
}

}  // namespace
}  // namespace greenlane::test
