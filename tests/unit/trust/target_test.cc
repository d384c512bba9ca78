#include "trust/target.h"

#include <gtest/gtest.h>

#include <string>

#include "crypto/digest.h"
#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::expect_done;
using test::expect_error;

TargetInfo target(std::string path, Hashes hashes = {{"sha256", std::string(64, 'a')}}) {
  return {.path = std::move(path), .length = 1, .hashes = std::move(hashes), .custom = {}};
}

TEST(TargetContent, IsCheckedByLengthAndByEveryKnownDigest) {
  const std::string bytes = "criteria";
  const Hashes both{{"sha256", crypto::sha256_hex(bytes)}, {"sha512", crypto::sha512_hex(bytes)}, {"sha3-256", "unknown here"}};
  expect_done(check_content("a", bytes, 8, both));
  expect_done(check_content("a", bytes, std::nullopt, both));
  expect_error(check_content("a", bytes, 7, both), ErrorCode::not_trusted, "a: the file has 8 bytes, not the 7");
  expect_error(check_content("a", "Criteria", 8, both), ErrorCode::not_trusted, "a: the file's sha256 is");
  Hashes second = both;
  second[1].second[0] = second[1].second[0] == '0' ? '1' : '0';
  expect_error(check_content("a", bytes, 8, second), ErrorCode::not_trusted, "a: the file's sha512 is");
}

TEST(TargetContent, WithoutAKnownDigestIsRefused) {
  expect_error(check_content("a", "x", 1, {{"sha3-256", "00"}}), ErrorCode::not_trusted, "no digest is signed for the file that can be checked");
}

TEST(TargetLocation, EncodesEachPartAndPutsTheDigestBeforeTheLast) {
  const std::string digest(64, 'a');
  EXPECT_EQ(target_location(target("pack.json"), false).value(), "pack.json");
  EXPECT_EQ(target_location(target("pack.json"), true).value(), digest + ".pack.json");
  EXPECT_EQ(target_location(target("a b/ü?/x#"), true).value(), "a%20b/%C3%BC%3F/" + digest + ".x%23");
  EXPECT_EQ(target_location(target("a", {{"x", "y"}, {"sha512", "55"}}), true).value(), "55.a");
  EXPECT_EQ(target_location(target("a", {{"sha512", "55"}, {"sha256", "22"}}), true).value(), "22.a");
}

TEST(TargetLocation, NeverLeadsOutOfTheFolder) {
  for (const char* path : {"", "/", "/etc/passwd", "..", "../a", "a/..", "a/../../b", ".", "./a", "a/./b", "a//b", "a/"}) {
    expect_error(target_location(target(path), true), ErrorCode::not_trusted, "the path of the target leads elsewhere");
  }
  // Not what they look like: other systems' separators and encoded ones are parts of names.
  EXPECT_EQ(target_location(target("..\\a"), false).value(), "..%5Ca");
  EXPECT_EQ(target_location(target("%2e%2e/a"), false).value(), "%252e%252e/a");
  EXPECT_EQ(target_location(target(".../a"), false).value(), ".../a");
}

TEST(TargetDigest, IsLowerCaseAndOfFullLength) {
  EXPECT_TRUE(is_digest("sha256", std::string(64, '0')));
  EXPECT_TRUE(is_digest("sha512", std::string(128, 'f')));
  EXPECT_TRUE(is_digest("other", "anything"));
  for (const std::string& digest : {std::string(63, '0'), std::string(65, '0'), std::string(64, 'A'), std::string(64, 'g'), std::string()}) {
    EXPECT_FALSE(is_digest("sha256", digest));
  }
  EXPECT_FALSE(is_digest("sha512", std::string(64, '0')));
}

}  // namespace
}  // namespace greenlane::trust
