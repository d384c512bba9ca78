#include "base/utc_time.h"

#include <gtest/gtest.h>

namespace greenlane {
namespace {

TEST(UtcTime, ReadsAndWritesTheSameText) {
  for (const char* text : {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2024-02-29T12:34:56Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
    const auto time = parse_utc(text);
    ASSERT_TRUE(time.has_value()) << text;
    EXPECT_EQ(utc_text(*time), text);
  }
  EXPECT_EQ(parse_utc("2001-09-09T01:46:40Z")->time_since_epoch().count(), 1'000'000'000);
}

TEST(UtcTime, RefusesEveryOtherSpelling) {
  for (const char* text : {"", "2026-01-31", "2026-01-31T23:59:59", "2026-01-31T23:59:59+00:00", "2026-01-31t23:59:59z", "2026-01-31 23:59:59Z",
                           "2026-01-31T24:00:00Z", "2026-01-31T23:60:00Z", "2026-01-31T23:59:60Z", "2026-02-30T00:00:00Z", "2026-01-31T23:59:59.0Z",
                           "2026-01-31T 1:00:00Z", "0000-01-01T00:00:00Z"}) {
    EXPECT_FALSE(parse_utc(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace greenlane
