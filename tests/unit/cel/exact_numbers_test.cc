// decimal in expressions: exact, whatever literals look like.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::TypeKind;
using cel::Value;

Scope amounts() {
  const auto d = simple(TypeKind::decimal);
  Scope scope;
  scope.with("price", d, number("0.1"))
      .with("total", d, number("0.30"))
      .with("n", simple(TypeKind::integer), integer(3));
  scope.with("big", d, number("9999999999999999999999999999999999")).with("none", d, Value(cel::Null{}));
  scope.with("amounts", cel::types::list(d), Value::list({number("0.1"), number("0.2"), number("0.30")}));
  scope.with("partly", cel::types::list(d), Value::list({number("1"), absent("/a/1"), absent("/a/2")}));
  scope.with("empty", cel::types::list(d), Value::list({}))
      .with("ints", cel::types::list(simple(TypeKind::integer)), Value::list({integer(3), integer(-4)}));
  return scope.with("unknown", cel::types::list(d), absent("/amounts"));
}

TEST(DecimalExpressions, AreExactWhereBinaryFloatingPointIsNot) {
  const Scope scope = amounts();
  EXPECT_EQ(outcome("price + price + price == total", scope), "true");
  EXPECT_EQ(outcome("price * n == total", scope), "true");
  EXPECT_EQ(outcome("price + 0.2 == 0.3", scope), "true");
  EXPECT_EQ(outcome("0.1 + 0.2 == 0.3", scope), "false");  // no decimal near, so these are doubles
  EXPECT_EQ(outcome("total == 0.3", scope), "true");
  EXPECT_EQ(outcome("price * 0.1 == 0.01", scope), "true");
}

TEST(DecimalExpressions, ReadLiteralsOnEitherSideAndInLists) {
  const Scope scope = amounts();
  EXPECT_EQ(outcome("0.1 == price && 1 > price && -1 < price && -0.5 < price", scope), "true");
  EXPECT_EQ(outcome("price in [0.1, 7]", scope), "true");
  EXPECT_EQ(outcome("0.2 in amounts", scope), "true");
  EXPECT_EQ(outcome("price == 0.1000000000000000055511151231257827", scope), "false");
}

TEST(DecimalExpressions, MixWithIntegers) {
  const Scope scope = amounts();
  EXPECT_EQ(outcome("n * price", scope), "0.3");
  EXPECT_EQ(outcome("n + total", scope), "3.30");
  EXPECT_EQ(outcome("n > total && n == 3.0 + price - price", scope), "true");
  EXPECT_EQ(outcome("n == total", scope), "false");
  EXPECT_EQ(outcome("-price", scope), "-0.1");
}

TEST(DecimalExpressions, NeverRoundSumsAndProductsSilently) {
  const Scope scope = amounts();
  EXPECT_EQ(outcome("big + 1", scope), "error: the result has more than 34 digits");
  EXPECT_EQ(outcome("big * big", scope), "error: the result has more than 34 digits");
  EXPECT_EQ(outcome("big - 1 < big", scope), "true");
  EXPECT_EQ(outcome("price / 0", scope), "error: division by zero");
  EXPECT_EQ(outcome("price / 3 * 3 == price", scope), "false");
  EXPECT_EQ(outcome("total / price == 3", scope), "true");
}

TEST(DecimalExpressions, RoundHalfToEven) {
  EXPECT_EQ(outcome("decimal('2.345').round(2)"), "2.34");
  EXPECT_EQ(outcome("decimal('2.355').round(2)"), "2.36");
  EXPECT_EQ(outcome("decimal('-2.5').round(0)"), "-2");
  EXPECT_EQ(outcome("decimal('1').round(-1)").substr(0, 6), "error:");
  EXPECT_EQ(outcome("decimal('1').round(35)").substr(0, 6), "error:");
  EXPECT_EQ(outcome("decimal('-2.50').abs()"), "2.50");
}

TEST(DecimalExpressions, SumListsAndFindTheirExtremes) {
  const Scope scope = amounts();
  EXPECT_EQ(outcome("amounts.sum() == 0.6", scope), "true");
  EXPECT_EQ(outcome("amounts.min() == 0.1 && amounts.max() == 0.3", scope), "true");
  EXPECT_EQ(outcome("empty.sum() == 0", scope), "true");
  EXPECT_EQ(outcome("empty.max()", scope).substr(0, 6), "error:");
  EXPECT_EQ(outcome("partly.sum()", scope), "missing: /a/1 /a/2");
  EXPECT_EQ(outcome("partly.min()", scope), "missing: /a/1 /a/2");
  EXPECT_EQ(outcome("unknown.sum() > 1", scope), "missing: /amounts");
  EXPECT_EQ(outcome("ints.sum() == -1 && ints.min() == -4 && ints.max() == 3", scope), "true");
  EXPECT_EQ(outcome("[9223372036854775807, 1].sum()", scope), "error: the sum does not fit 64 bits");
  EXPECT_EQ(outcome("amounts.map(a, a * 2).sum() == 1.2", scope), "true");
}

TEST(DecimalExpressions, SumListsWhoseElementsAreFoundOutLate) {
  // The static type says int, the value of the branch that is taken holds decimals.
  const std::string got = outcome("(false ? [1] : [dyn(decimal('1.5'))]).sum()");
  EXPECT_TRUE(got == "1.5" || got.starts_with("error:") || got.starts_with("refused:")) << got;
}

TEST(DecimalExpressions, ConvertBetweenTextAndNumber) {
  EXPECT_EQ(outcome("string(decimal('1.50')) == '1.50'"), "true");
  EXPECT_EQ(outcome("decimal(5) == 5"), "true");
  Scope scope;
  scope.with("text", simple(TypeKind::string), Value::borrowed("12,5"));
  EXPECT_EQ(outcome("decimal(text) > 1", scope), "error: \"12,5\" is not a decimal such as \"1234.50\"");
}

TEST(DecimalExpressions, LeaveLiteralsOfTextAndNumbersAsTheyAre) {
  EXPECT_EQ(outcome("string('abc')"), "\"abc\"");
  EXPECT_EQ(outcome("string('2025-06-29') == '2025-06-29'"), "true");
  EXPECT_EQ(outcome("string(1.0e3)"), "\"1000\"");
  EXPECT_EQ(outcome("string(5)"), "\"5\"");
}

TEST(DecimalExpressions, CompareHexadecimalLiteralsToo) {
  EXPECT_EQ(outcome("price < 0x10", amounts()), "true");
}

TEST(Integers, OverflowIsAnErrorAndNeverWraps) {
  EXPECT_EQ(outcome("9223372036854775807 + 1").substr(0, 6), "error:");
  EXPECT_EQ(outcome("-9223372036854775808 - 1").substr(0, 6), "error:");
  EXPECT_EQ(outcome("-9223372036854775808 / -1").substr(0, 6), "error:");
  EXPECT_EQ(outcome("-9223372036854775808 % -1").substr(0, 6), "error:");
  EXPECT_EQ(outcome("9223372036854775807 * 2").substr(0, 6), "error:");
  EXPECT_EQ(outcome("0u - 1u").substr(0, 6), "error:");
  EXPECT_EQ(outcome("7 % 0"), "error: division by zero");
}

}  // namespace
}  // namespace greenlane::test
