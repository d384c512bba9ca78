// Keys come and go: each root is signed as the one before it asks, and as it asks itself.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::expect_done;
using test::expect_error;

using Numbers = std::vector<int>;

test::TufKeys keys_of(const Numbers& numbers) {
  test::TufKeys keys;
  for (const int number : numbers) keys.push_back(&test::tuf_key(number));
  return keys;
}

/// A version of the root: who may sign from then on, how many must, and who does.
struct RootVersion {
  Numbers keys;
  int threshold;
  Numbers signers;
};

struct RootChain {
  const char* name;
  std::vector<RootVersion> versions;
  bool last_is_taken;
};

class TufRootChain : public testing::TestWithParam<RootChain> {};

TEST_P(TufRootChain, IsFollowedAsFarAsItIsSigned) {
  test::TufRepository repository;
  std::int64_t number = 0;
  for (const RootVersion& version : GetParam().versions) {
    repository.authorize("root", keys_of(version.keys), version.threshold);
    repository.signers["root"] = keys_of(version.signers);
    repository.body("root").set("version", ++number);
    repository.issue("root");
  }
  test::TufClient client(repository);
  const auto refreshed = client.refresh();
  EXPECT_EQ(refreshed.ok(), GetParam().last_is_taken);
  if (!GetParam().last_is_taken) expect_error(refreshed, ErrorCode::not_trusted, "root: the metadata is signed by");
  EXPECT_EQ(client.store.files.at("root"), repository.files.at("metadata/" + std::to_string(number - (GetParam().last_is_taken ? 0 : 1)) + ".root.json"));
}

const Numbers five{30, 31, 32, 33, 34};
const Numbers other_five{35, 36, 37, 38, 39};
const Numbers one_changed{30, 32, 33, 34, 35};

INSTANTIATE_TEST_SUITE_P(
    Chains, TufRootChain,
    testing::Values(
        RootChain{"OneKeyToAnother", {{{30}, 1, {30}}, {{31}, 1, {31, 30}}, {{31}, 1, {31}}}, true},
        RootChain{"SignaturesOfStrangersDoNotMatter", {{{30}, 1, {30}}, {{31}, 1, {33, 31, 30, 34}}, {{31}, 1, {33, 31, 34}}}, true},
        RootChain{"NotSignedByTheKeyBefore", {{{30}, 1, {30}}, {{31}, 1, {31, 33, 34}}}, false},
        RootChain{"NotSignedByItsOwnKey", {{{30}, 1, {30}}, {{31}, 1, {30, 33, 34}}}, false},
        RootChain{"ThreeOfFiveInTurn", {{five, 3, {30, 32, 34}}, {five, 3, {31, 32, 33}}, {five, 3, {30, 31, 32}}}, true},
        RootChain{"OneOfFiveRotated", {{five, 3, {30, 32, 33}}, {one_changed, 3, {30, 32, 33}}}, true},
        RootChain{"OneOfFiveRotatedByTwoAfter", {{five, 3, {30, 32, 33}}, {one_changed, 3, {31, 30, 32}}}, false},
        RootChain{"OneOfFiveRotatedByTwoBefore", {{five, 3, {30, 32, 33}}, {one_changed, 3, {30, 32, 35}}}, false},
        RootChain{"OneOfFiveRotatedByBoth", {{five, 3, {30, 32, 33}}, {one_changed, 3, {31, 30, 32, 35}}}, true},
        RootChain{"AllOfFiveRotatedInOneStep",
                  {{five, 3, {30, 31, 32}}, {other_five, 3, {30, 32, 34, 35, 37, 39}}, {other_five, 3, {35, 36, 37}}},
                  true},
        RootChain{"AllOfFiveRotatedWithoutTheOld", {{five, 3, {30, 31, 32}}, {other_five, 3, {35, 36, 37}}}, false},
        RootChain{"ThresholdGoesUp", {{{30, 31, 32}, 1, {30}}, {{30, 31, 32}, 2, {31, 32}}}, true},
        RootChain{"ThresholdGoesUpWithTooFew", {{{30, 31, 32}, 1, {30}}, {{30, 31, 32}, 2, {32}}}, false},
        RootChain{"ThresholdGoesDown", {{{30, 31, 32}, 2, {30, 31}}, {{30, 31, 32}, 1, {31, 32}}, {{30, 31, 32}, 1, {30}}}, true},
        RootChain{"ThresholdGoesDownWithTooFewOfBefore", {{{30, 31, 32}, 2, {30, 31}}, {{30, 31, 32}, 1, {32}}}, false},
        RootChain{"OneOfTwoBecomesTwoOfTwo", {{{30}, 1, {30}}, {{30, 31}, 2, {30, 31}}, {{30, 31}, 2, {30, 31}}}, true}),
    [](const auto& tested) { return std::string(tested.param.name); });

/// Who may sign for a role, how many must, and who does.
struct RoleSteps {
  const char* name;
  std::vector<RootVersion> steps;
  bool last_is_taken;
};

class TufRoleKeys : public testing::TestWithParam<RoleSteps> {};

// Root names other keys for a role, and everything is published anew; what was kept under the former keys is no hindrance.
TEST_P(TufRoleKeys, ChangeWithTheRoot) {
  for (const std::string role : {"timestamp", "snapshot", "targets"}) {
    test::TufRepository repository;
    test::TufClient client(repository);
    const std::size_t last = GetParam().steps.size() - 1;
    for (std::size_t i = 0; i <= last; ++i) {
      const RootVersion& step = GetParam().steps[i];
      repository.authorize(role, keys_of(step.keys), step.threshold);
      repository.signers[role] = keys_of(step.signers);
      repository.publish_all();
      const auto refreshed = client.refresh();
      const bool taken = i < last || GetParam().last_is_taken;
      EXPECT_EQ(refreshed.ok(), taken) << role << ", step " << i;
      if (!refreshed.ok()) expect_error(refreshed, ErrorCode::not_trusted, role + ": the metadata is signed by");
      const auto kept = client.store.files.find(role);
      EXPECT_EQ(kept != client.store.files.end() && kept->second == repository.files.at("metadata/" + role + ".json"), taken) << role << ", step " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Steps, TufRoleKeys,
                         testing::Values(RoleSteps{"OneKeyToAnother", {{{30}, 1, {30}}, {{31}, 1, {31}}}, true},
                                         RoleSteps{"StillSignedByTheFormer", {{{30}, 1, {30}}, {{31}, 1, {30}}}, false},
                                         RoleSteps{"SignedByBoth", {{{30}, 1, {30}}, {{31}, 1, {31, 30}}}, true},
                                         RoleSteps{"ThreeOfFiveInTurn", {{five, 3, {30, 32, 34}}, {five, 3, {31, 32, 33}}}, true},
                                         RoleSteps{"OneOfFiveRotated", {{five, 3, {30, 32, 34}}, {one_changed, 3, {30, 32, 35}}}, true},
                                         RoleSteps{"OneOfFiveRotatedWithTheFormer", {{five, 3, {30, 32, 34}}, {one_changed, 3, {30, 31, 35}}}, false},
                                         RoleSteps{"AllOfFiveRotated", {{five, 3, {30, 32, 34}}, {other_five, 3, {35, 37, 39}}}, true},
                                         RoleSteps{"ThresholdGoesUp", {{{30, 31, 32}, 1, {30}}, {{30, 31, 32}, 2, {31, 32}}}, true},
                                         RoleSteps{"ThresholdGoesUpWithTooFew", {{{30, 31, 32}, 1, {30}}, {{30, 31, 32}, 2, {30}}}, false},
                                         RoleSteps{"ThresholdGoesDown", {{{30, 31, 32}, 2, {30, 31}}, {{30, 31, 32}, 1, {32}}}, true}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(TufThreshold, HigherThanThereAreKeysIsNeverReached) {
  test::TufRepository repository;
  test::TufClient client(repository);
  repository.authorize("snapshot", keys_of(five), 6);
  repository.publish_all();
  expect_error(client.refresh(), ErrorCode::not_trusted, "snapshot: the metadata is signed by 5 of the 5 keys that may sign it; 6 must have");
  EXPECT_EQ(client.kept(), "root 2, timestamp 2");
}

TEST(TufThreshold, IsReachedThoughOneSignatureIsWrongOrEmpty) {
  for (const std::string wrong : {"", "00", "not hexadecimal", "30060201010201"}) {
    test::TufRepository repository;
    test::TufClient client(repository);
    repository.authorize("timestamp", keys_of({30, 31}), 1);
    repository.publish_all();
    json::Value file = json::parse(repository.files["metadata/timestamp.json"]).value();
    test::at(file, "/signatures/0/sig") = wrong;
    repository.files["metadata/timestamp.json"] = json::compact(file);
    expect_done(client.refresh());
    test::at(file, "/signatures/1/sig") = wrong;
    repository.files["metadata/timestamp.json"] = json::compact(file);
    client.store.files.erase(client.store.files.find("timestamp"));
    expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: the metadata is signed by 0 of the 2 keys");
  }
}

}  // namespace
}  // namespace greenlane::trust
