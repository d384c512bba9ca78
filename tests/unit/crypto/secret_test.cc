#include "crypto/secret.h"

#include <gtest/gtest.h>

#include <new>

namespace greenlane::crypto {
namespace {

TEST(Secret, IsOverwrittenInAllTheRoomOfItsText) {
  for (const std::size_t size : {4u, 15u, 16u, 200u}) {
    std::string text(size, 'x');
    text.resize(size / 2);
    const char* const room = text.data();
    erase(text);
    EXPECT_TRUE(text.empty());
    for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(room[i], '\0') << i << " of " << size;
  }
}

TEST(Secret, LeavesNothingOfAShortTextWhenItIsMovedOrGoes) {
  alignas(Secret) char first[sizeof(Secret)];
  alignas(Secret) char second[sizeof(Secret)];
  auto* const from = new (first) Secret(std::string("PIN4711"));
  auto* const to = new (second) Secret(std::move(*from));
  EXPECT_EQ(to->bytes(), "PIN4711");
  const auto holds_pin = [](const char* room) { return std::string_view(room, sizeof(Secret)).find("4711") != std::string_view::npos; };
  EXPECT_FALSE(holds_pin(first));
  EXPECT_TRUE(holds_pin(second));
  to->~Secret();
  from->~Secret();
  EXPECT_FALSE(holds_pin(second));
}

}  // namespace
}  // namespace greenlane::crypto
