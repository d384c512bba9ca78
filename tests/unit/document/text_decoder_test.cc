#include "document/text_decoder.h"

#include <gtest/gtest.h>

namespace greenlane::document {
namespace {

/// Decoded in pieces of `step` bytes.
std::string decoded(std::string_view encoding, std::string_view bytes, std::size_t step = 1'000) {
  auto decoder = TextDecoder::make(encoding).value();
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += step) decoder->decode(bytes.substr(at, step), false, out);
  decoder->decode({}, true, out);
  return out;
}

TEST(TextDecoder, PassesUtf8OnWhereverItIsCut) {
  const std::string text = "a报é😀\n";
  for (std::size_t step = 1; step < 12; ++step) EXPECT_EQ(decoded("utf-8", text, step), text);
  EXPECT_EQ(decoded("UTF8", text), text);
}

TEST(TextDecoder, LeavesOutAByteOrderMarkAtTheStartOnly) {
  EXPECT_EQ(decoded("utf-8",
                    "\xEF\xBB\xBF"
                    "a",
                    1),
            "a");
  EXPECT_EQ(decoded("utf-8", "a\xEF\xBB\xBF"), "a\xEF\xBB\xBF");
  EXPECT_EQ(decoded("utf-8", "\xEF\xBB", 1), "\xFF\xFF");
}

TEST(TextDecoder, MarksBadUtf8) {
  EXPECT_EQ(decoded("utf-8", "a\x80z"), "a\xFFz");
  EXPECT_EQ(decoded("utf-8", "a\xC0\xAF", 1), "a\xFF\xFF");
  EXPECT_EQ(decoded("utf-8", "\xE6\x8A"), "\xFF\xFF");
  EXPECT_EQ(decoded("utf-8", "\xE6\n", 1), "\xFF\n");
  EXPECT_EQ(decoded("utf-8", "\xED\xA0\x80"), "\xFF\xFF\xFF") << "surrogates are not characters";
}

TEST(TextDecoder, ReadsChineseEncodings) {
  for (std::size_t step = 1; step < 6; ++step) {
    EXPECT_EQ(decoded("gb18030", "\xB1\xA8\xB9\xD8,\x81\x30\x86\x30", step), "报关,¸") << step;
    EXPECT_EQ(decoded("gbk", "\xB1\xA8\xB9\xD8", step), "报关");
    EXPECT_EQ(decoded("big5", "\xB3\xF8\xC3\xF6", step), "報關");
    EXPECT_EQ(decoded("gb18030", "\x95\x32\x82\x36", step), "𠀀") << "outside the basic plane";
  }
}

TEST(TextDecoder, ReadsOtherEncodings) {
  EXPECT_EQ(decoded("windows-1252", "caf\xE9 \x80"), "café €");
  EXPECT_EQ(decoded("shift_jis", "\x93\xFA\x96\x7B"), "日本");
  EXPECT_EQ(decoded("windows-1251", "\xCC"), "М");
}

TEST(TextDecoder, MarksBadBytesOfOtherEncodingsAndGoesOn) {
  EXPECT_EQ(decoded("gb18030", "a\xFFz\n\xB1\xA8"), "a\xFFz\n报");
  EXPECT_EQ(decoded("gb18030", "\xB1\nok"), "\xFF\nok") << "a cut character does not swallow the line end";
  EXPECT_EQ(decoded("gb18030", "a\xB1"), "a\xFF");
  EXPECT_EQ(decoded("shift_jis", "\x85\x40z").find('z') != std::string::npos, true);
}

TEST(TextDecoder, RefusesUnknownNames) {
  for (const std::string_view name :
       {"", "utf-99", "no such", "gb18030,x", "a-name-that-is-much-longer-than-any"}) {
    const auto decoder = TextDecoder::make(name);
    ASSERT_FALSE(decoder.ok()) << name;
    EXPECT_EQ(decoder.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace greenlane::document
