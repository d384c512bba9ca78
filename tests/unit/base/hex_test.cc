#include "base/hex.h"

#include <gtest/gtest.h>

namespace greenlane {
namespace {

TEST(Hex, WritesTwoDigitsAByteAndReadsThemBack) {
  const std::string bytes("\x00\x7f\x80\xff", 4);
  EXPECT_EQ(to_hex(bytes), "007f80ff");
  EXPECT_EQ(from_hex("007f80ff"), bytes);
  EXPECT_EQ(from_hex("007F80FF"), bytes);
  EXPECT_EQ(from_hex(""), "");
}

TEST(Hex, RefusesWhatIsNoPairOfDigits) {
  for (const char* text : {"0", "0g", " 00", "00 ", "0x00", "+0"}) EXPECT_FALSE(from_hex(text).has_value()) << text;
}

}  // namespace
}  // namespace greenlane
