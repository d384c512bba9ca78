// Tables for simple patterns match what RE2 matches.
#include "document/pattern_matcher.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include <random>
#include <string>

namespace greenlane::document {
namespace {

constexpr const char* simple[] = {
    "^[A-Z]{2}$",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "^-?[0-9]{1,24}(\\.[0-9]{1,20})?$",
    "^[0-9]{4}-[0-9]{2}T[0-9:]{8}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$",
    "^[0-9a-f]{64}$",
    "^(a|ab)(c|bcd)?(d*)$",
    "^(a*b+){2,3}c?$",
    "^(a?b){0,2}$",
    "^(|a|b[a-c]*)-?$",
    "^((a|b){1,2}c){2}$",
    "^[-a]{2}[b-]$",
    "^a\\.\\\\\\$b$",
    "^[\\]\\-a]+$",
    "^$",
};

TEST(PatternMatcher, MatchesWhatTheExpressionMatches) {
  std::mt19937 random(1);
  const std::string_view letters = "aabbbccd0019AZ.-+:T]\\$\n\x7F";
  for (const char* const pattern : simple) {
    const auto matcher = PatternMatcher::make(pattern);
    ASSERT_NE(matcher, nullptr) << pattern;
    const RE2 expression(pattern, RE2::Quiet);
    ASSERT_TRUE(expression.ok()) << pattern;
    for (int round = 0; round < 20'000; ++round) {
      std::string text;
      for (auto count = random() % 12; count > 0; --count) text += letters[random() % letters.size()];
      if (round % 50 == 0) text += "甲";
      ASSERT_EQ(matcher->matches(text), RE2::PartialMatch(text, expression)) << pattern << " " << text;
    }
  }
}

TEST(PatternMatcher, MatchesTextsThatFit) {
  const auto fits = [](const char* pattern, std::string_view text) { return PatternMatcher::make(pattern)->matches(text); };
  EXPECT_TRUE(fits(simple[0], "CN"));
  EXPECT_FALSE(fits(simple[0], "CN\n"));
  EXPECT_TRUE(fits(simple[2], "-123456789012345678901234.12345678901234567890"));
  EXPECT_FALSE(fits(simple[2], "1234567890123456789012345"));
  EXPECT_FALSE(fits(simple[2], "1.123456789012345678901"));
  EXPECT_TRUE(fits(simple[3], "2025-06T08:30:00.5+08:00"));
  EXPECT_TRUE(fits(simple[4], std::string(64, 'f')));
  EXPECT_FALSE(fits(simple[4], std::string(65, 'f')));
}

TEST(PatternMatcher, LeavesOtherPatternsToRe2) {
  for (const char* const pattern :
       {"[A-Z]", "^a", "a$", "^a|b$", "^.$", "^\\d$", "^a\\$", "^[^a]$", "^(?:a)$", "^(?i)a$", "^a{2,}$", "^a+?$", "^a{2}{3}$",
        "^甲$", "^[甲]$", "^[[:alpha:]]$", "^(a$", "^a)$", "^[a$", "^[b-a]$", "^a{3,2}$", "^a{999}$", "^a{0}$", "^*$", "^a\\b$", "^a^b$",
        "^a$b$", "^(^a)$", "", "^", "$", "^\\pN$", "^\\x41$", "^(a{100}){9}$"}) {
    EXPECT_EQ(PatternMatcher::make(pattern), nullptr) << pattern;
  }
}

TEST(PatternMatcher, GivesUpOnTablesThatWouldBeLarge) {
  EXPECT_EQ(PatternMatcher::make("^(a|b)*a(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)$"), nullptr);
}

}  // namespace
}  // namespace greenlane::document
