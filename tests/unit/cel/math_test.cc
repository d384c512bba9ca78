// The math library on whole numbers, doubles and exact decimals.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::TypeKind;
using cel::Value;

class Math : public testing::Test {
 protected:
  Math() {
    const auto d = simple(TypeKind::decimal);
    scope_.with("price", d, number("-2.5")).with("tax", d, number("0.10")).with("absent", d, absent("/d"));
    scope_.with("count", simple(TypeKind::integer), integer(3));
    scope_.with("numbers", cel::types::list(d), Value::list({number("1"), absent("/n/1"), absent("/n/2")}));
  }
  std::string of(std::string_view source) { return outcome(source, scope_); }
  Scope scope_;
};

TEST_F(Math, FindsTheGreatestAndTheLeast) {
  EXPECT_EQ(of("math.greatest(1, 7, 3)"), "7");
  EXPECT_EQ(of("math.least(1, -7, 3, 2, 5, 6, 7, 8)"), "-7");
  EXPECT_EQ(of("math.greatest([1, 2.5, 2u])"), "2.5");
  EXPECT_EQ(of("math.greatest(9223372036854775807, 9223372036854775808u)"), "9223372036854775808");
  EXPECT_EQ(of("math.least([])"), "error: an empty list has no smallest or largest element");
  EXPECT_EQ(of("math.greatest(1, 'a')").substr(0, 8), "refused:");
  EXPECT_EQ(of("math.greatest()").substr(0, 8), "refused:");
  EXPECT_EQ(of("math.greatest(dyn(['a']))"), "error: a list of numbers is wanted, but it holds \"a\"");
}

TEST_F(Math, KeepsDecimalsExact) {
  EXPECT_EQ(of("math.greatest(price, tax)"), "0.10");
  EXPECT_EQ(of("math.greatest(price, 0.05, tax, 0.1)"), "0.10");
  EXPECT_EQ(of("math.greatest(price, count) == decimal(3)"), "true");
  EXPECT_EQ(of("math.least(count, price)"), "-2.5");
  EXPECT_EQ(of("math.greatest(tax, double('0.2'))").substr(0, 8), "refused:");
  EXPECT_EQ(of("math.greatest([tax, dyn(0.2)])").substr(0, 6), "error:");
}

TEST_F(Math, RoundsDecimalsToWholeNumbers) {
  EXPECT_EQ(of("[math.ceil(price), math.floor(price), math.trunc(price)]"), "[-2, -3, -2]");
  EXPECT_EQ(of("[math.ceil(tax), math.floor(tax), math.trunc(tax)]"), "[1, 0, 0]");
  EXPECT_EQ(of("math.ceil(decimal('999999999999999999999999999999999.5'))"), "1000000000000000000000000000000000");
  EXPECT_EQ(of("math.floor(decimal('-7'))"), "-7");
  EXPECT_EQ(of("[math.abs(price), math.sign(price), math.sign(tax - 0.1)]"), "[2.5, -1, 0]");
}

TEST_F(Math, RoundsDoubles) {
  EXPECT_EQ(of("[math.round(2.5), math.round(-2.5), math.trunc(-2.7)]"), "[3, -3, -2]");
  EXPECT_EQ(of("math.isNaN(math.sign(0.0 / 0.0))"), "true");
  EXPECT_EQ(of("math.isInf(math.abs(-1.0 / 0.0))"), "true");
  EXPECT_EQ(of("math.abs(-9223372036854775808)"), "error: the result does not fit 64 bits");
}

TEST_F(Math, ShiftsBitsWithoutOverflow) {
  EXPECT_EQ(of("math.bitShiftLeft(1, 63)"), "-9223372036854775808");
  EXPECT_EQ(of("math.bitShiftLeft(1, 64)"), "0");
  EXPECT_EQ(of("math.bitShiftRight(-1, 63)"), "1");
  EXPECT_EQ(of("math.bitShiftRight(-1, 9223372036854775807)"), "0");
  EXPECT_EQ(of("math.bitShiftLeft(1, -1)"), "error: bits are shifted by 0 places or more, not by -1");
  EXPECT_EQ(of("math.bitXor(math.bitNot(0u), math.bitOr(1u, math.bitAnd(6u, 3u)))"), "18446744073709551612");
}

TEST_F(Math, IsUndeterminedWhereANumberWasNotDeclared) {
  EXPECT_EQ(of("math.greatest(1, absent)"), "missing: /d");
  EXPECT_EQ(of("math.ceil(absent)"), "missing: /d");
  EXPECT_EQ(of("math.greatest(numbers)"), "missing: /n/1 /n/2");
  EXPECT_EQ(of("price > 0 && math.greatest(absent, price) > 5"), "false");
}

TEST(Encoders, TurnBytesIntoBase64AndBack) {
  EXPECT_EQ(outcome("base64.encode(b'\\xff\\xfe')"), "\"//4=\"");
  EXPECT_EQ(outcome("base64.encode(b'')"), "\"\"");
  for (const char* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar"}) {
    const std::string bytes = "b'" + std::string(text) + "'";
    EXPECT_EQ(outcome("base64.decode(base64.encode(" + bytes + ")) == " + bytes), "true") << text;
  }
}

TEST(Encoders, RefuseWhatIsNoBase64) {
  for (const char* text : {"a", "a===", "====", "=", "Zg=", "Zm9v=", "Zg==Zg==", "Z_8=", "Zm 9v", "é"}) {
    EXPECT_EQ(outcome("base64.decode('" + std::string(text) + "')").substr(0, 6), "error:") << text;
  }
  Scope scope;
  scope.with("absent", simple(TypeKind::string), absent("/t"));
  EXPECT_EQ(outcome("base64.decode(absent) == b''", scope), "missing: /t");
}

}  // namespace
}  // namespace greenlane::test
