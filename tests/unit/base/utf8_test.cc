#include "base/utf8.h"

#include <gtest/gtest.h>

namespace greenlane::utf8 {
namespace {

TEST(Utf8, FindsTheFirstByteThatIsWrong) {
  EXPECT_EQ(first_invalid(""), kValid);
  EXPECT_EQ(first_invalid("plain ASCII text of more than eight bytes"), kValid);
  EXPECT_EQ(first_invalid("\xE6\xB5\xB7\xE5\x85\xB3 \xC3\xA9 \xF0\x9F\x9A\xA2"), kValid);
  EXPECT_EQ(first_invalid("12345678\xFF"), 8u);
  EXPECT_EQ(first_invalid("ab\x80"), 2u);  // continuation without a lead
  EXPECT_EQ(first_invalid("ab\xC3"), 2u);  // cut short
  EXPECT_EQ(first_invalid("\xE6\xB5"), 0u);
  EXPECT_EQ(first_invalid("\xF0\x9F\x9A"), 0u);
  EXPECT_EQ(first_invalid("\xC0\xAF"), 0u);  // overlong
  EXPECT_EQ(first_invalid("\xE0\x80\xAF"), 0u);
  EXPECT_EQ(first_invalid("\xF0\x80\x80\xAF"), 0u);
  EXPECT_EQ(first_invalid("\xED\xA0\x80"), 0u);  // surrogate
  EXPECT_EQ(first_invalid("\xED\x9F\xBF\xEE\x80\x80"), kValid);
  EXPECT_EQ(first_invalid("\xF4\x8F\xBF\xBF"), kValid);  // U+10FFFF
  EXPECT_EQ(first_invalid("\xF4\x90\x80\x80"), 0u);
  EXPECT_EQ(first_invalid("\xF8\x88\x80\x80\x80"), 0u);
}

TEST(Utf8, GoesRoundThroughEveryCodePoint) {
  std::string text;
  std::size_t points = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    append(text, c);
    ++points;
  }
  EXPECT_TRUE(is_valid(text));
  EXPECT_EQ(count(text), points);
  std::size_t at = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    ASSERT_EQ(decode(text, at), c);
  }
  EXPECT_EQ(at, text.size());
}

}  // namespace
}  // namespace greenlane::utf8
