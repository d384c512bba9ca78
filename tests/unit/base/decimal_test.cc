#include "greenlane/decimal.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace greenlane {
namespace {

Decimal dec(std::string_view text) {
  const auto value = Decimal::parse(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(Decimal());
}

std::string show(const std::optional<Decimal>& value) { return value ? value->to_string() : "nothing"; }
std::string sum(std::string_view a, std::string_view b) { return show(Decimal::add(dec(a), dec(b))); }
std::string difference(std::string_view a, std::string_view b) {
  return show(Decimal::subtract(dec(a), dec(b)));
}
std::string product(std::string_view a, std::string_view b) {
  return show(Decimal::multiply(dec(a), dec(b)));
}
std::string quotient(std::string_view a, std::string_view b) { return show(Decimal::divide(dec(a), dec(b))); }

const std::string kNines(34, '9');

TEST(Decimal, ReadsTextsOfAnyLengthAlike) {
  // Short texts are read in 64 bits, longer ones in 128.
  for (std::size_t digits = 1; digits <= 34; ++digits) {
    const std::string nines(digits, '9');
    for (std::size_t point = 0; point < digits; ++point) {
      std::string text = nines;
      if (point > 0) text.insert(point, ".");
      for (const std::string sign : {"", "-"}) {
        const auto value = Decimal::parse(sign + text);
        ASSERT_TRUE(value) << sign << text;
        EXPECT_EQ(value->to_string(), sign + text);
        EXPECT_EQ(value->negated().to_string(), (sign.empty() ? "-" : "") + text);
      }
      for (const std::string& bad : {text + ".", "." + text, text + "..1", text + "x", "x" + text, "--" + text, "+" + text,
                                     text + "-", text + " ", text + ".1.1", "-." + text}) {
        EXPECT_FALSE(Decimal::parse(bad)) << bad;
      }
    }
  }
  for (const char* bad : {"", "-", ".", "-.", "\xFF", "1\xB2"}) EXPECT_FALSE(Decimal::parse(bad)) << bad;
  EXPECT_EQ(Decimal::parse("-0.00")->to_string(), "0.00");
  EXPECT_FALSE(Decimal::parse("-0")->is_negative());
}

TEST(Decimal, ReadsPlainNotationOnly) {
  for (const char* text :
       {"",      "-",     ".",    "1.",  ".5",  "-.5", "+1",  "1e3",      "1E3",          " 1",  "1 ",
        "1,000", "1.2.3", "1..2", "--1", "0x1", "1_0", "NaN", "Infinity", "\xEF\xBC\x91", "1\n", "1-"}) {
    EXPECT_FALSE(Decimal::parse(text)) << text;
  }
  EXPECT_FALSE(Decimal::parse(std::string_view("1\0", 2)));
}

TEST(Decimal, KeepsTheDigitsThatWereRead) {
  for (const char* text : {"0", "1", "-1", "1.50", "0.00", "-0.05", "100", "1234567890.123456", "0.1",
                           "0.0000000000000000000000000000000001", "1234567890123456789012345678901234",
                           "-9.999999999999999999999999999999999"}) {
    EXPECT_EQ(dec(text).to_string(), text);
  }
  EXPECT_EQ(dec("007").to_string(), "7");
  EXPECT_EQ(dec("-0").to_string(), "0");
  EXPECT_EQ(dec("-0.00").to_string(), "0.00");
  EXPECT_FALSE(dec("-0.00").is_negative());
  EXPECT_EQ(Decimal().to_string(), "0");
}

TEST(Decimal, HoldsThirtyFourDigitsAndPlaces) {
  EXPECT_TRUE(Decimal::parse(kNines));
  EXPECT_FALSE(Decimal::parse("1" + std::string(34, '0')));
  EXPECT_TRUE(Decimal::parse("00" + kNines));
  EXPECT_TRUE(Decimal::parse("0." + kNines));
  EXPECT_FALSE(Decimal::parse("0." + std::string(35, '0')));
  EXPECT_FALSE(Decimal::parse("1." + kNines));
  EXPECT_FALSE(Decimal::parse(std::string(10'000, '9')));
}

TEST(Decimal, ComparesByValueAtAnyScale) {
  EXPECT_EQ(dec("1.50"), dec("1.5"));
  EXPECT_EQ(dec("0"), dec("-0.000"));
  EXPECT_EQ(dec("1").hash(), dec("1.0000000000000000000000000000").hash());
  EXPECT_EQ(dec("100").hash(), dec("100.00").hash());
  EXPECT_NE(dec("100").hash(), dec("10").hash());
  EXPECT_NE(dec("1").hash(), dec("-1").hash());
  EXPECT_LT(dec("-2"), dec("-1.999"));
  EXPECT_LT(dec("-0.1"), dec("0"));
  EXPECT_GT(dec(kNines), dec("0." + kNines));
  EXPECT_LT(dec("0." + kNines), dec("1"));
  EXPECT_GT(dec("1"), dec("0.9999999999999999999999999999999999"));
  EXPECT_LT(dec("-" + kNines), dec("-0." + kNines));
  EXPECT_NE(dec(kNines), dec("0.0000000000000000000000000000000001"));
}

TEST(Decimal, AddsExactlyOrNotAtAll) {
  EXPECT_EQ(sum("0.1", "0.2"), "0.3");
  EXPECT_EQ(sum("1.50", "1.5"), "3.00");
  EXPECT_EQ(sum("-1", "1.00"), "0.00");
  EXPECT_EQ(difference("0.3", "0.1"), "0.2");
  EXPECT_EQ(difference("1", "2.5"), "-1.5");
  EXPECT_EQ(difference("0", "0"), "0");
  EXPECT_EQ(sum(kNines, "1"), "nothing");
  EXPECT_EQ(sum(kNines, "-1"), std::string(33, '9') + "8");
  EXPECT_EQ(sum(kNines, "0.1"), "nothing");
  EXPECT_EQ(sum(kNines, "0.0"), kNines);
  EXPECT_EQ(difference(kNines, "0." + kNines), "nothing");
  EXPECT_EQ(sum("9.999999999999999999999999999999999", "0.000000000000000000000000000000001"),
            "10.00000000000000000000000000000000");
}

TEST(Decimal, MultipliesExactlyOrNotAtAll) {
  EXPECT_EQ(product("1.5", "1.50"), "2.250");
  EXPECT_EQ(product("-3", "0.1"), "-0.3");
  EXPECT_EQ(product("-3", "0"), "0");
  EXPECT_EQ(product("1000000000000000000", "1000000000000000"), "1000000000000000000000000000000000");
  EXPECT_EQ(product("1000000000000000000", "10000000000000000"), "nothing");
  EXPECT_EQ(product("0.00000000000000000001", "0.00000000000000000001"), "nothing");
  EXPECT_EQ(product("0.00000000000000000000", "0.00000000000000000001"),
            "0.0000000000000000000000000000000000");
  // 1 with 40 zeros after the point: as many of them as there is room for.
  EXPECT_EQ(product("2.00000000000000000000", "0.50000000000000000000"),
            "1.000000000000000000000000000000000");
  EXPECT_EQ(product(kNines, kNines), "nothing");
  EXPECT_EQ(product("5000000000000000000000000000000000", "0.2"), "1000000000000000000000000000000000");
}

TEST(Decimal, DividesToThirtyFourDigits) {
  EXPECT_EQ(quotient("1", "3"), "0.3333333333333333333333333333333333");
  EXPECT_EQ(quotient("2", "3"), "0.6666666666666666666666666666666667");
  EXPECT_EQ(quotient("200", "3"), "66.66666666666666666666666666666667");
  EXPECT_EQ(quotient("-1", "8"), "-0.125");
  EXPECT_EQ(quotient("6", "2"), "3");
  EXPECT_EQ(quotient("6.00", "2"), "3.00");
  EXPECT_EQ(quotient("6.00", "2.00"), "3");
  EXPECT_EQ(quotient("1", "0.01"), "100");
  EXPECT_EQ(quotient("100", "8.00"), "12.5");
  EXPECT_EQ(quotient("0", "7"), "0");
  EXPECT_EQ(quotient("0.00", "-7"), "0.00");
  EXPECT_EQ(quotient("1", "0.00"), "nothing");
  EXPECT_EQ(quotient("0", "0"), "nothing");
  EXPECT_EQ(quotient(kNines, "0.1"), "nothing");
  EXPECT_EQ(quotient(kNines, "0.3"), "nothing");
  EXPECT_EQ(quotient("1", kNines), "0.0000000000000000000000000000000001");
}

TEST(Decimal, RoundsAQuotientHalfToEven) {
  // Ties in the 35th place after the point, to the even neighbour.
  EXPECT_EQ(quotient("0.0000000000000000000000000000000001", "2"), "0.0000000000000000000000000000000000");
  EXPECT_EQ(quotient("0.0000000000000000000000000000000003", "2"), "0.0000000000000000000000000000000002");
  EXPECT_EQ(quotient("0.0000000000000000000000000000000005", "2"), "0.0000000000000000000000000000000002");
  EXPECT_EQ(quotient("-0.0000000000000000000000000000000001", "2"), "0.0000000000000000000000000000000000");
  // Ties in the 35th significant digit.
  EXPECT_EQ(quotient("3000000000000000000000000000000001", "2"), "1500000000000000000000000000000000");
  EXPECT_EQ(quotient("3000000000000000000000000000000003", "2"), "1500000000000000000000000000000002");
  EXPECT_EQ(quotient("3000000000000000000000000000000.003", "2"), "1500000000000000000000000000000.002");
  // As near to a power of ten as a quotient can be.
  EXPECT_EQ(quotient(kNines.substr(1) + "8", kNines), "0." + kNines);
  EXPECT_EQ(quotient(kNines, "1." + std::string(32, '0') + "1"), std::string(32, '9') + "89");
}

TEST(Decimal, RoundsHalfToEven) {
  const auto rounded = [](const char* text, int places) { return show(dec(text).round(places)); };
  EXPECT_EQ(rounded("2.5", 0), "2");
  EXPECT_EQ(rounded("3.5", 0), "4");
  EXPECT_EQ(rounded("-2.5", 0), "-2");
  EXPECT_EQ(rounded("2.51", 0), "3");
  EXPECT_EQ(rounded("0.125", 2), "0.12");
  EXPECT_EQ(rounded("0.135", 2), "0.14");
  EXPECT_EQ(rounded("0.9999", 3), "1.000");
  EXPECT_EQ(rounded("-0.4", 0), "0");
  EXPECT_EQ(rounded("1.5", 2), "1.50");
  EXPECT_EQ(rounded("1", 33), "1.000000000000000000000000000000000");
  EXPECT_EQ(rounded("1", 34), "nothing");
  EXPECT_EQ(rounded("1", -1), "nothing");
  EXPECT_EQ(rounded("1", 35), "nothing");
  EXPECT_EQ(rounded("9.999999999999999999999999999999999", 0), "10");
}

TEST(Decimal, ConvertsToIntegersAndDoubles) {
  EXPECT_EQ(dec("12.00").to_int(), 12);
  EXPECT_EQ(dec("-12").to_int(), -12);
  EXPECT_FALSE(dec("12.01").to_int());
  constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  for (const std::int64_t value : {kMin, kMin + 1, std::int64_t{0}, std::int64_t{-1}, kMax}) {
    EXPECT_EQ(Decimal::from_int(value).to_int(), value);
    EXPECT_EQ(Decimal::from_int(value).to_string(), std::to_string(value));
  }
  EXPECT_FALSE(dec("9223372036854775808").to_int());
  EXPECT_FALSE(dec("-9223372036854775809").to_int());
  EXPECT_FALSE(dec(kNines).to_int());
  EXPECT_EQ(dec("0.1").to_double(), 0.1);
  EXPECT_EQ(dec("-1234.5").to_double(), -1234.5);
  EXPECT_EQ(dec(kNines).to_double(), 1e34);
  EXPECT_EQ(dec("0.0000000000000000000000000000000001").to_double(), 1e-34);
}

TEST(Decimal, DecidesRatiosOfAmountsLikeTheExactRatio) {
  // The quotient is just beside the limit, by one unit in the last of 22 digits.
  const Decimal limit = dec("0.3333333333");
  const Decimal ratio = *Decimal::divide(dec("3333333333000000.000001"), dec("9999999999999999.999999"));
  EXPECT_NE(ratio, limit);
  EXPECT_EQ(*Decimal::divide(dec("3333333333.000000"), dec("10000000000.000000")), limit);
}

std::optional<Decimal> random_decimal(std::mt19937_64& random) {
  std::string text = random() % 2 == 0 ? "" : "-";
  const auto digits = 1 + random() % 16, places = random() % 7;
  for (std::uint64_t i = 0; i < digits; ++i) text += static_cast<char>('0' + random() % 10);
  if (places > 0) text += '.';
  for (std::uint64_t i = 0; i < places; ++i) text += static_cast<char>('0' + random() % 10);
  return Decimal::parse(text);
}

TEST(Decimal, FollowsTheLawsOfArithmetic) {
  std::mt19937_64 random(20250629);
  for (int i = 0; i < 20'000; ++i) {
    const Decimal a = *random_decimal(random), b = *random_decimal(random), c = *random_decimal(random);
    const Decimal s = *Decimal::add(a, b);
    EXPECT_EQ(s, *Decimal::add(b, a));
    EXPECT_EQ(*Decimal::subtract(s, b), a);
    EXPECT_EQ(*Decimal::add(s, c), *Decimal::add(a, *Decimal::add(b, c)));
    EXPECT_EQ(a < b, b.negated() < a.negated());
    EXPECT_EQ(a < b, Decimal::subtract(a, b)->is_negative());
    EXPECT_EQ(*Decimal::parse(a.to_string()), a);
    const auto p = Decimal::multiply(a, b);
    EXPECT_EQ(p.has_value(), Decimal::multiply(b, a).has_value());
    if (!p) continue;
    EXPECT_EQ(*p, *Decimal::multiply(b, a));
    const auto left = Decimal::multiply(a, s), square = Decimal::multiply(a, a);
    if (left && square) {
      EXPECT_EQ(*left, *Decimal::add(*square, *p));
    }
    if (!b.is_zero()) {
      EXPECT_EQ(*Decimal::divide(*p, b), a);
    }
  }
}

}  // namespace
}  // namespace greenlane
