// What authors are told about mistakes in conditions: where, what, and what was probably meant.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

class Mistakes : public testing::Test {
 protected:
  Mistakes()
      : origin_("origin",
                {{"country_code", simple(cel::TypeKind::string), cel::Value::borrowed("JP")},
                 {"region_id", simple(cel::TypeKind::string), absent("/items/0/origin/region_id")}}),
        item_("item", {{"hs", simple(cel::TypeKind::string), cel::Value::borrowed("0307")},
                       {"origin", origin_.cel_type(), origin_.value()},
                       {"net_kg", simple(cel::TypeKind::decimal), number("12.50")},
                       {"produced_on", simple(cel::TypeKind::date), day("2025-06-29")},
                       {"used", simple(cel::TypeKind::boolean), cel::Value(true)},
                       {"marks", cel::types::list(simple(cel::TypeKind::string)), cel::Value::list({})}}) {
    scope_.with("item", item_);
  }
  std::string told(std::string_view source) { return mistake(source, scope_); }

  Record origin_;
  Record item_;
  Scope scope_;
};

TEST_F(Mistakes, NameTheFieldThatWasProbablyMeant) {
  EXPECT_EQ(told("item.used && item.origin.county_code == 'JP'"),
            "1:14: 'origin' has no field 'county_code'; did you mean 'country_code'?");
  EXPECT_EQ(told("itm.used"), "1:1: there is no 'itm' here; did you mean 'item'?");
  EXPECT_EQ(told("item.marks.exists(mark, mrak == 'x')"),
            "1:25: there is no 'mrak' here; did you mean 'mark'?");
  EXPECT_EQ(told("item.net_kg.ronud(2) > 1"), "1:1: there is no function 'ronud'; did you mean 'round'?");
}

TEST_F(Mistakes, PointAtTheLineAndColumnInCodePoints) {
  EXPECT_EQ(told("item.used &&\n  item.origin.regionid == 'x'").substr(0, 3), "2:3");
  EXPECT_EQ(told("'中文' == item.hs && itm.used").substr(0, 5), "1:20:");
  const auto made = cel::Expression::compile("item.used && itm.used", scope_.env);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::invalid_expression);
  EXPECT_NE(made.error().message.find("\n  item.used && itm.used\n               ^"), std::string::npos)
      << made.error().message;
}

TEST_F(Mistakes, AreAllToldAtOnce) {
  const auto made = cel::Expression::compile("item.usd && item.hss == 'x'", scope_.env);
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().message.find("'usd'"), std::string::npos);
  EXPECT_NE(made.error().message.find("'hss'"), std::string::npos);
}

TEST_F(Mistakes, AreToldOnceWhereOneLeadsToOthers) {
  const auto made = cel::Expression::compile("item.usd.x + 1 > 2 && !item.usd", scope_.env);
  ASSERT_FALSE(made.ok());
  const std::string& all = made.error().message;
  EXPECT_EQ(all.find("does not take"), std::string::npos) << all;
}

TEST_F(Mistakes, SayWhichTypesWereWanted) {
  EXPECT_EQ(
      told("item.hs > 5"),
      "1:1: '>' does not take (string, int); it takes (bool, bool) or (string, string) or (bytes, bytes) or "
      "(timestamp, timestamp)");
  EXPECT_EQ(told("item.hs && item.used"), "1:1: expected a condition (bool), found string");
  EXPECT_EQ(told("!item.net_kg"), "1:2: expected a condition (bool), found decimal");
  EXPECT_EQ(told("item.hs ? 1 : 2"), "1:1: expected a condition (bool) before '?', found string");
  EXPECT_EQ(told("item.hs.exists(x, x == 'a')"), "1:1: 'exists' goes through a list or a map, found string");
  EXPECT_EQ(told("item.hs.length"),
            "1:1: a value of type string has no fields, so there is no 'length' in it");
}

TEST_F(Mistakes, IncludeComparingThingsThatNeverAreEqual) {
  EXPECT_NE(told("item.hs == 307"), "");
  EXPECT_NE(told("item.used == 'true'"), "");
  EXPECT_NE(told("item.net_kg == 'much'"), "");
  EXPECT_NE(told("item.produced_on == item.hs"), "");
  EXPECT_NE(told("'x' in [1, 2]"), "");
}

TEST_F(Mistakes, IncludeLiteralsThatAreNoDateOrDecimal) {
  EXPECT_EQ(told("item.produced_on >= '2025-06-31'"),
            "1:21: \"2025-06-31\" is not a date such as \"2025-06-29\"");
  EXPECT_EQ(told("date('29.6.2025') == item.produced_on"),
            "1:1: \"29.6.2025\" is not a date such as \"2025-06-29\"");
  EXPECT_NE(told("decimal('1e3') > item.net_kg"), "");
  EXPECT_EQ(told("item.net_kg > 1e3"), "1:15: write a decimal without exponent, as in 1234.50");
}

TEST_F(Mistakes, IncludeAWholeThatIsNoCondition) {
  const auto made = cel::Expression::compile("item.net_kg", scope_.env, {.result = cel::TypeKind::boolean});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().message.substr(0, made.error().message.find('\n')),
            "the whole expression should be a bool, but it is a decimal");
}

TEST_F(Mistakes, IncludeMacrosWithoutTheirVariable) {
  EXPECT_NE(told("item.marks.exists('m', true)").find("names the variable"), std::string::npos);
  EXPECT_NE(told("has(item)").find("has() takes a field"), std::string::npos);
  EXPECT_NE(told("has(item.nothing)").find("no field 'nothing'"), std::string::npos);
}

TEST_F(Mistakes, AreShownWithoutTheLineWhereThatIsVeryLong) {
  const auto made = cel::Expression::compile(std::string(300, ' ') + "itm.used", scope_.env);
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().message.find("at column 301"), std::string::npos);
}

TEST_F(Mistakes, StayReadableHoweverManyThereAre) {
  std::string source = "itm";
  for (int i = 0; i < 2000; ++i) source += " || itm";
  const auto made = cel::Expression::compile(source, scope_.env);
  ASSERT_FALSE(made.ok());
  EXPECT_LE(made.error().message.size(), 4000u);  // the bound of `message` in greenlane.error/1
}

}  // namespace
}  // namespace greenlane::test
