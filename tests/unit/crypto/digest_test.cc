#include "crypto/digest.h"

#include <gtest/gtest.h>

#include <string>

#include "base/hex.h"

namespace greenlane::crypto {
namespace {

// FIPS 180-4 examples, https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
constexpr const char* of_nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* of_a_million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex(""), of_nothing);
  EXPECT_EQ(sha256_hex("abc"), of_abc);
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')), of_a_million);
}

TEST(Sha256, ForgetsTheTextBefore) {
  Sha256 hasher;
  for (int round = 0; round < 3; ++round) {
    std::string hex;
    append_hex(hex, bytes_of(hasher.digest("abc")));
    EXPECT_EQ(hex, of_abc);
    hex.clear();
    append_hex(hex, bytes_of(hasher.digest("")));
    EXPECT_EQ(hex, of_nothing);
  }
}

}  // namespace
}  // namespace greenlane::crypto
