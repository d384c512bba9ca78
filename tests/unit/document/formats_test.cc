#include "document/formats.h"

#include <gtest/gtest.h>

namespace greenlane::document {
namespace {

TEST(Timestamp, CountsSecondsInUtc) {
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:00Z")->seconds, 0);
  EXPECT_EQ(parse_timestamp("1970-01-01T08:00:00+08:00")->seconds, 0);
  EXPECT_EQ(parse_timestamp("1969-12-31t23:59:59z")->seconds, -1);
  EXPECT_EQ(parse_timestamp("2025-06-29T00:30:00-05:30")->seconds, 1'751'176'800);
}

TEST(Timestamp, KeepsNineDigitsOfASecond) {
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:00.5Z")->nanos, 500'000'000);
  EXPECT_EQ(parse_timestamp("1970-01-01T00:00:00.000000001Z")->nanos, 1);
  EXPECT_FALSE(parse_timestamp("1970-01-01T00:00:00.0000000001Z"));
  EXPECT_FALSE(parse_timestamp("1970-01-01T00:00:00.Z"));
  EXPECT_FALSE(parse_timestamp("1970-01-01T00:00:00."));
}

TEST(Timestamp, NeedsAnOffset) {
  EXPECT_FALSE(parse_timestamp("2025-06-29T08:30:00"));
  EXPECT_FALSE(parse_timestamp("2025-06-29 08:30:00Z"));
  EXPECT_FALSE(parse_timestamp("2025-06-29T08:30:00+0800"));
  EXPECT_FALSE(parse_timestamp("2025-06-29T08:30:00+24:00"));
  EXPECT_FALSE(parse_timestamp("2025-06-29T08:30:00Z "));
}

TEST(Timestamp, RefusesTimesThatDoNotExist) {
  EXPECT_FALSE(parse_timestamp("2025-02-29T00:00:00Z"));
  EXPECT_FALSE(parse_timestamp("2025-06-29T24:00:00Z"));
  EXPECT_FALSE(parse_timestamp("2025-06-29T08:60:00Z"));
  EXPECT_FALSE(parse_timestamp("2025-06-29T08:30:60Z"));
}

TEST(Timestamp, ReadsALeapSecondAsTheSecondAfterIt) {
  EXPECT_EQ(parse_timestamp("2016-12-31T23:59:60Z")->seconds,
            parse_timestamp("2017-01-01T00:00:00Z")->seconds);
  EXPECT_TRUE(parse_timestamp("2017-01-01T07:59:60+08:00"));
}

TEST(Formats, CommodityCodesHaveFourToTwelveDigits) {
  EXPECT_TRUE(follows(Format::hs, "0307"));
  EXPECT_FALSE(follows(Format::hs, "030"));
  EXPECT_FALSE(follows(Format::hs, "0307.22"));
  EXPECT_FALSE(follows(Format::hs, "0307220000123"));
}

TEST(Formats, LongTextIsCutAtACharacter) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "报";
  EXPECT_EQ(in_quotes(text), "\"" + text.substr(0, 120) + "\"…");
  EXPECT_EQ(in_quotes(""), "\"\"");
}

}  // namespace
}  // namespace greenlane::document
