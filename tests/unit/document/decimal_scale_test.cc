#include "document/decimal_scale.h"

#include <gtest/gtest.h>

#include "table_fixture.h"

namespace greenlane::document {
namespace {

std::string scaled(std::string_view rule, std::string_view number) {
  const auto scale = DecimalScale::make(test::parsed(rule));
  return scale.ok() ? scale->apply(number).value_or("?") : scale.error().to_text();
}

TEST(DecimalScale, MovesThePointExactly) {
  const std::string_view per_cent = R"({"scale": -2})";
  EXPECT_EQ(scaled(per_cent, "8"), "0.08");
  EXPECT_EQ(scaled(per_cent, "8.0"), "0.08");
  EXPECT_EQ(scaled(per_cent, "0.5"), "0.005");
  EXPECT_EQ(scaled(per_cent, "754.3"), "7.543");
  EXPECT_EQ(scaled(per_cent, "100"), "1");
  EXPECT_EQ(scaled(per_cent, "-12.50"), "-0.125");
  const std::string_view thousand = R"({"scale": 3})";
  EXPECT_EQ(scaled(thousand, "1.5"), "1500");
  EXPECT_EQ(scaled(thousand, "-0.0005"), "-0.5");
  EXPECT_EQ(scaled(thousand, "12.3456"), "12345.6");
  EXPECT_EQ(scaled(R"({"scale": 0})", "1.50"), "1.5");
}

TEST(DecimalScale, KeepsZeroWithoutSign) {
  EXPECT_EQ(scaled(R"({"scale": -12})", "0.0"), "0");
  EXPECT_EQ(scaled(R"({"scale": 12})", "0"), "0");
  EXPECT_EQ(scaled(R"({"round": 1})", "-0.04"), "0");
}

TEST(DecimalScale, RoundsHalfToEven) {
  const std::string_view cents = R"({"round": 2})";
  EXPECT_EQ(scaled(cents, "241.58000000000004"), "241.58");
  EXPECT_EQ(scaled(cents, "0.125"), "0.12");
  EXPECT_EQ(scaled(cents, "0.135"), "0.14");
  EXPECT_EQ(scaled(cents, "0.12500000000000001"), "0.13");
  EXPECT_EQ(scaled(cents, "-0.135"), "-0.14");
  EXPECT_EQ(scaled(cents, "9.995"), "10");
  EXPECT_EQ(scaled(cents, "99.999"), "100");
  EXPECT_EQ(scaled(cents, "1.5"), "1.5") << "at most so many digits, never more than were read";
  EXPECT_EQ(scaled(R"({"round": 0})", "0.5"), "0");
  EXPECT_EQ(scaled(R"({"round": 0})", "1.5"), "2");
}

TEST(DecimalScale, RoundsAfterScaling) {
  EXPECT_EQ(scaled(R"({"scale": -2, "round": 3})", "6.25"), "0.062");
  EXPECT_EQ(scaled(R"({"scale": 2, "round": 0})", "0.125"), "12");
  EXPECT_EQ(scaled(R"({"scale": -12, "round": 20})", "0.0000000000000000000000000000000019"), "0")
      << "the limit of digits is that of the result";
}

TEST(DecimalScale, RefusesResultsThatADecimalCannotHold) {
  EXPECT_EQ(scaled(R"({"scale": 12})", "12345678901234567890123"), "?");
  EXPECT_EQ(scaled(R"({"scale": -12})", "0.00000000000000000000001"), "?");
}

TEST(DecimalScale, RefusesNumbersOutOfBounds) {
  const auto pointer = [](std::string_view rule) {
    const auto scale = DecimalScale::make(test::parsed(rule));
    return scale.ok() ? "" : scale.error().pointer;
  };
  EXPECT_EQ(pointer(R"({"scale": 12, "round": 20})"), "");
  EXPECT_EQ(pointer(R"({"scale": 13})"), "/scale");
  EXPECT_EQ(pointer(R"({"scale": -13})"), "/scale");
  EXPECT_EQ(pointer(R"({"scale": 0.5})"), "/scale");
  EXPECT_EQ(pointer(R"({"round": 21})"), "/round");
  EXPECT_EQ(pointer(R"({"round": -1})"), "/round");
  EXPECT_EQ(pointer(R"({"round": null})"), "/round");
}

}  // namespace
}  // namespace greenlane::document
