// Nobody gets an older version taken, of any role; and the authority gets out of versions that somebody else has driven up.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::at;
using test::expect_done;
using test::expect_error;

class TufRollback : public testing::Test {
 protected:
  test::TufRepository repository;
  test::TufClient client{repository};

  /// The client has the timestamp `driven_up`, signed by a key that the next root withdraws, while another one stays.
  void withdraw_a_key_after(int driven_up) {
    repository.authorize("timestamp", test::tuf_keys({2, 20}), 1);
    repository.publish({"root"});
    issue_version("timestamp", driven_up);
    expect_done(client.refresh());
    repository.authorize("timestamp", test::tuf_keys({2}), 1);
    repository.publish({"root"});
  }
  /// Signs and serves a role with another version.
  void issue_version(const std::string& role, int version) {
    repository.body(role).set("version", version);
    repository.issue(role);
  }
};

TEST_F(TufRollback, OfTheTimestampIsRefused) {
  repository.publish({"timestamp"});
  expect_done(client.refresh());
  issue_version("timestamp", 1);
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: this is version 1 of the metadata, older than version 2");
  EXPECT_EQ(client.kept(), "root 1, timestamp 2, snapshot 1, targets 1");
  EXPECT_EQ(repository.requests.back(), "metadata/timestamp.json");
}

// A root that asks for more signatures than the kept timestamp has makes nobody forget it.
TEST_F(TufRollback, OfTheTimestampIsSeenThoughTheThresholdWasRaised) {
  repository.authorize("timestamp", test::tuf_keys({2, 12}), 2);
  repository.publish({"root", "timestamp"});
  expect_done(client.refresh());
  const std::string signed_by_both = repository.files["metadata/timestamp.json"];
  repository.authorize("timestamp", test::tuf_keys({2, 12}), 1);
  repository.signers["timestamp"] = test::tuf_keys({2});
  repository.publish({"root", "timestamp"});
  repository.publish({"timestamp"});
  expect_done(client.refresh());
  repository.authorize("timestamp", test::tuf_keys({2, 12}), 2);
  repository.publish({"root"});
  repository.files["metadata/timestamp.json"] = signed_by_both;
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: this is version 2 of the metadata, older than version 4");
}

TEST_F(TufRollback, OfTheSnapshotIsSeenInTheTimestamp) {
  for (const bool with_digests : {false, true}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    fresh.with_digests = with_digests;
    fresh.publish({"snapshot", "timestamp"});
    expect_done(reader.refresh());
    fresh.body("snapshot").set("version", 1);
    fresh.issue("snapshot");
    fresh.publish({"timestamp"});
    expect_error(reader.refresh(), ErrorCode::not_trusted, "timestamp: the metadata names version 1 of the snapshot, older than version 2");
    EXPECT_EQ(reader.kept(), "root 1, timestamp 2, snapshot 2, targets 1");
  }
}

// The timestamp that was kept is gone: the snapshot that was kept still says what came before.
TEST_F(TufRollback, OfTheSnapshotIsSeenWithoutAKeptTimestamp) {
  repository.publish({"snapshot", "timestamp"});
  expect_done(client.refresh());
  issue_version("snapshot", 1);
  repository.publish({"timestamp"});
  client.store.files.erase(client.store.files.find("timestamp"));
  expect_error(client.refresh(), ErrorCode::not_trusted, "snapshot: this is version 1 of the metadata, older than version 2");
}

TEST_F(TufRollback, OfTargetsIsSeenInTheSnapshot) {
  for (const bool with_digests : {false, true}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    fresh.with_digests = with_digests;
    fresh.publish({"targets", "snapshot", "timestamp"});
    expect_done(reader.refresh());
    fresh.body("targets").set("version", 1);
    fresh.issue("targets");
    fresh.publish({"snapshot", "timestamp"});
    expect_error(reader.refresh(), ErrorCode::not_trusted, "snapshot: the metadata lists version 1 of \"targets.json\", older than version 2");
    EXPECT_EQ(reader.kept(), "root 1, timestamp 3, snapshot 2, targets 2");
  }
}

TEST_F(TufRollback, OfADelegatedRoleIsSeenWithoutEverHavingFetchedIt) {
  repository.delegate("targets", "region", {"*"}, test::tuf_keys({10}));
  repository.publish({"region", "targets", "snapshot", "timestamp"});
  expect_done(client.refresh());
  issue_version("region", 1);
  repository.publish({"snapshot", "timestamp"});
  expect_error(client.refresh(), ErrorCode::not_trusted, "snapshot: the metadata lists version 1 of \"region.json\"");
}

TEST_F(TufRollback, ByLeavingARoleOutIsRefused) {
  at(repository.body("snapshot"), "/meta").set("region.json", json::Object{{"version", 1}});
  repository.publish({"snapshot", "timestamp"});
  expect_done(client.refresh());
  json::Object& files = at(repository.body("snapshot"), "/meta").object();
  files.erase(files.begin() + 1);
  repository.publish({"snapshot", "timestamp"});
  expect_error(client.refresh(), ErrorCode::not_trusted, "snapshot: the metadata no longer lists \"region.json\"");
  EXPECT_EQ(client.kept(), "root 1, timestamp 3, snapshot 2, targets 1");
}

TEST_F(TufRollback, OfTheRootIsImpossibleByItsNumber) {
  const std::string first = repository.files["metadata/1.root.json"];
  repository.publish({"root"});
  expect_done(client.refresh());
  repository.files["metadata/3.root.json"] = first;
  expect_error(client.refresh(), ErrorCode::not_trusted, "root: this is version 1 of the metadata; its name says version 3");
  EXPECT_EQ(client.kept(), "root 2, timestamp 1, snapshot 1, targets 1");
}

// Somebody had the keys of a role and drove its version up; the authority takes new keys and starts again.
struct Recovery {
  const char* name;
  std::vector<std::string> rotated;     ///< roles with new keys
  std::vector<std::string> set_back;    ///< roles that start again at 1
};

class TufFastForward : public testing::TestWithParam<Recovery> {};

TEST_P(TufFastForward, IsRecoveredFromByNewKeys) {
  test::TufRepository repository;
  test::TufClient client(repository);
  for (const std::string& role : GetParam().set_back) {
    repository.body(role).set("version", 100);
    repository.issue(role);
  }
  repository.publish({"snapshot", "timestamp"});
  expect_done(client.refresh());
  int key = 20;
  for (const std::string& role : GetParam().rotated) repository.authorize(role, test::tuf_keys({key++}), 1);
  repository.publish({"root"});
  for (const std::string& role : GetParam().set_back) {
    repository.body(role).set("version", 1);
    repository.issue(role);
  }
  repository.publish({"snapshot", "timestamp"});
  expect_done(client.refresh());
  for (const std::string& role : GetParam().set_back) EXPECT_EQ(client.store.files.at(role), repository.files.at("metadata/" + role + ".json"));
}

INSTANTIATE_TEST_SUITE_P(Recoveries, TufFastForward,
                         testing::Values(Recovery{"targets", {"snapshot"}, {"targets"}}, Recovery{"snapshot", {"timestamp", "snapshot"}, {"snapshot"}},
                                         Recovery{"timestamp", {"timestamp"}, {"timestamp"}},
                                         Recovery{"all", {"timestamp", "snapshot", "targets"}, {"timestamp", "snapshot", "targets"}}),
                         [](const auto& tested) { return std::string(tested.param.name); });

// With the withdrawn key among others that stay, what it signed would still reach the threshold.
TEST_F(TufRollback, IsForgottenOnceAKeyIsWithdrawnThoughOthersStay) {
  withdraw_a_key_after(100);
  issue_version("timestamp", 2);
  expect_done(client.refresh());
  EXPECT_EQ(client.kept(), "root 3, timestamp 2, snapshot 1, targets 1");
}

TEST_F(TufRollback, IsNotForgottenWhenAKeyIsOnlyAdded) {
  repository.publish({"timestamp"});
  expect_done(client.refresh());
  repository.authorize("timestamp", test::tuf_keys({2, 20}), 1);
  repository.publish({"root"});
  issue_version("timestamp", 1);
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: this is version 1 of the metadata, older than version 2");
}

// The machine stops between what is removed and the new root: the next start does it again.
TEST_F(TufRollback, IsForgottenAlsoWhereTheUpdateStopsAtTheNewRoot) {
  class FullDisk final : public TrustStore {
   public:
    explicit FullDisk(test::MemoryStore& store) : store_(store) {}
    Result<std::optional<std::string>> load(std::string_view role) override { return store_.load(role); }
    Result<void> save(std::string_view, std::string_view) override { return Error{.code = ErrorCode::io, .message = "the disk is full"}; }
    Result<void> remove(std::string_view role) override { return store_.remove(role); }

   private:
    test::MemoryStore& store_;
  };
  withdraw_a_key_after(100);
  issue_version("timestamp", 3);
  FullDisk disk(client.store);
  Updater updater = Updater::open(disk, repository, client.now).value();
  expect_error(updater.refresh(), ErrorCode::io, "the disk is full");
  expect_done(client.refresh());
  EXPECT_EQ(client.kept(), "root 3, timestamp 3, snapshot 1, targets 1");
}

}  // namespace
}  // namespace greenlane::trust
