#include "base/base64.h"

#include <gtest/gtest.h>

#include <string>

namespace greenlane {
namespace {

// RFC 4648, section 10.
constexpr std::pair<const char*, const char*> examples[] = {
    {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};

TEST(Base64, GivesAndReadsThePublishedExamples) {
  for (const auto& [bytes, text] : examples) {
    EXPECT_EQ(encode_base64(bytes), text);
    EXPECT_EQ(decode_base64(text), bytes);
  }
}

TEST(Base64, ReadsEveryByteItWrites) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) {
    bytes += static_cast<char>(i);
    EXPECT_EQ(decode_base64(encode_base64(bytes)), bytes);
  }
}

TEST(Base64, HasOneSpellingOfTheSameBytes) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zg==\n", " Zg==", "Zm 9v", "Zm9v====", "Z", "=", "Zg==Zg==", "Zm9\0v"}) {
    EXPECT_FALSE(decode_base64(text).has_value()) << text;
    EXPECT_FALSE(decode_base64(text, Base64::either).has_value()) << text;
  }
}

TEST(Base64, TakesTheUrlSafeAlphabetWhereAskedButNotMixed) {
  const std::string bytes = "\xfb\xff\xbf";
  EXPECT_EQ(decode_base64("+/+/", Base64::either), bytes);
  EXPECT_EQ(decode_base64("-_-_", Base64::either), bytes);
  EXPECT_FALSE(decode_base64("-_+/", Base64::either).has_value());
  EXPECT_FALSE(decode_base64("-_-_").has_value());
}

TEST(Base64, IsLooseAboutPaddingAndUnusedBitsWhereAsked) {
  for (const char* text : {"Zg", "Zg==", "Zh==", "Zh"}) EXPECT_EQ(decode_base64(text, Base64::loose), "f") << text;
  EXPECT_FALSE(decode_base64("Z", Base64::loose).has_value());
}

}  // namespace
}  // namespace greenlane
