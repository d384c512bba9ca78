#include "base/text.h"

#include <gtest/gtest.h>

namespace greenlane::text {
namespace {

TEST(Text, CountsEdits) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("abc", ""), 3u);
  EXPECT_EQ(edit_distance("origin", "orgin"), 1u);
  EXPECT_EQ(edit_distance("origin", "orgiin"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

TEST(Text, SuggestsOnlyWhatIsNear) {
  const std::vector<std::string> keys = {"origin", "gross_kg", "net_kg", "hs"};
  EXPECT_EQ(nearest("orgin", keys), "origin");
  EXPECT_EQ(nearest("grosskg", keys), "gross_kg");
  EXPECT_EQ(nearest("sh", keys), "hs");
  EXPECT_EQ(nearest("destination", keys), "");
  EXPECT_EQ(nearest("", keys), "");
  EXPECT_EQ(nearest("x", keys), "");
  EXPECT_EQ(nearest(std::string(100'000, 'o'), keys), "");
}

TEST(Text, SplitsAndJoins) {
  const auto parts = split("a,,b,", ',');
  EXPECT_EQ(parts, (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("", ',').size(), 1u);
  EXPECT_EQ(join(parts, ", "), "a, , b, ");
  EXPECT_EQ(join(std::vector<std::string>{"a"}, ","), "a");
}

TEST(Text, TrimsAsciiBlanks) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
  EXPECT_EQ(trim("\xC2\xA0x"), "\xC2\xA0x");
}

}  // namespace
}  // namespace greenlane::text
