// The ordinary way of an update: what is asked for, in which order, what is kept, and what stops it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::at;
using test::expect_done;
using test::expect_error;

class TufRefresh : public testing::Test {
 protected:
  test::TufRepository repository;
  test::TufClient client{repository};

  std::vector<std::string> requests() const { return repository.requests; }
};

using Paths = std::vector<std::string>;

TEST_F(TufRefresh, AsksForEachRoleOnceAndInOrder) {
  expect_done(client.refresh());
  EXPECT_EQ(requests(), (Paths{"metadata/2.root.json", "metadata/timestamp.json", "metadata/1.snapshot.json", "metadata/1.targets.json"}));
  EXPECT_EQ(client.kept(), "root 1, timestamp 1, snapshot 1, targets 1");
}

TEST_F(TufRefresh, KeepsTheBytesAsTheyCame) {
  repository.files["metadata/timestamp.json"] += "\n \n";
  expect_done(client.refresh());
  EXPECT_EQ(client.store.files.at("timestamp"), repository.files.at("metadata/timestamp.json"));
  EXPECT_EQ(client.store.files.at("targets"), repository.files.at("metadata/1.targets.json"));
}

TEST_F(TufRefresh, AsksForNoMoreThanIsNew) {
  expect_done(client.refresh());
  expect_done(client.refresh());
  EXPECT_EQ(requests(), (Paths{"metadata/2.root.json", "metadata/timestamp.json"}));
  repository.publish({"snapshot", "timestamp"});
  expect_done(client.refresh());
  EXPECT_EQ(requests(), (Paths{"metadata/2.root.json", "metadata/timestamp.json", "metadata/2.snapshot.json"}));
}

TEST_F(TufRefresh, WithoutConsistentSnapshotsAsksForPlainNames) {
  repository.body("root").set("consistent_snapshot", false);
  repository.publish_all();
  expect_done(client.refresh());
  EXPECT_EQ(requests(), (Paths{"metadata/2.root.json", "metadata/3.root.json", "metadata/timestamp.json", "metadata/snapshot.json", "metadata/targets.json"}));
}

TEST_F(TufRefresh, SaysWhatIsTrusted) {
  repository.publish({"timestamp"});
  Updater updater = client.open().value();
  EXPECT_EQ(updater.roles().size(), 1u);
  expect_done(updater.refresh());
  const auto roles = updater.roles();
  ASSERT_EQ(roles.size(), 4u);
  EXPECT_EQ(roles[0].role, "root");
  EXPECT_EQ(roles[1].role, "timestamp");
  EXPECT_EQ(roles[1].version, 2);
  EXPECT_EQ(roles[1].expires, test::time("2026-02-01T00:00:00Z"));
  EXPECT_EQ(roles[3].role, "targets");
}

TEST_F(TufRefresh, WorksAgainWithTheSameUpdater) {
  Updater updater = client.open().value();
  expect_done(updater.refresh());
  repository.add_target("targets", "new.json", "{}");
  repository.publish({"targets", "snapshot", "timestamp"});
  EXPECT_TRUE(updater.targets().empty());
  expect_done(updater.refresh());
  EXPECT_EQ(updater.targets().size(), 1u);
}

// Each role in turn is served without the signatures that it needs; those before it are new, those after it stay.
TEST_F(TufRefresh, StopsAtARoleThatNobodySignedAndKeepsWhatCameBefore) {
  for (const std::string role : {"root", "timestamp", "snapshot", "targets"}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    expect_done(reader.refresh());
    fresh.signers[role].clear();
    fresh.publish_all();
    expect_error(reader.refresh(), ErrorCode::not_trusted, role + ": the metadata is signed by 0 of the 1 keys");
    EXPECT_EQ(reader.kept(), test::kept_when_refused(role));
  }
}

TEST_F(TufRefresh, TakesNoRootUnderTheNameOfAnotherVersion) {
  repository.publish({"root"});
  repository.body("root").set("version", 3);
  repository.files["metadata/2.root.json"] = test::tuf_file(repository.body("root"), repository.signers["root"]);
  expect_error(client.refresh(), ErrorCode::not_trusted, "root: this is version 3 of the metadata; its name says version 2");
  EXPECT_EQ(client.kept(), "root 1");
}

TEST_F(TufRefresh, TakesNoOtherVersionThanTheOneThatIsListed) {
  expect_done(client.refresh());
  for (const std::string role : {"snapshot", "targets"}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    fresh.publish({"targets", "snapshot", "timestamp"});
    fresh.body(role).set("version", 3);
    fresh.files["metadata/2." + role + ".json"] = test::tuf_file(fresh.body(role), fresh.signers[role]);
    expect_error(reader.refresh(), ErrorCode::not_trusted, role + ": this is version 3 of the metadata");
  }
}

TEST_F(TufRefresh, DiscardsATimestampOfTheSameVersion) {
  expect_done(client.refresh());
  const std::string before = client.store.files.at("timestamp");
  at(repository.body("timestamp"), "/meta/snapshot.json/version") = 100;
  repository.issue("timestamp");
  expect_done(client.refresh());
  EXPECT_EQ(client.store.files.at("timestamp"), before);
  EXPECT_EQ(requests().back(), "metadata/timestamp.json");
}

TEST_F(TufRefresh, ChecksLengthsAndDigestsOfMetadata) {
  repository.with_digests = true;
  repository.publish({"targets", "snapshot", "timestamp"});
  expect_done(client.refresh());
  for (const std::string role : {"targets", "snapshot"}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    fresh.with_digests = true;
    fresh.publish({"targets", "snapshot", "timestamp"});
    // The same signed text in other bytes: every signature is valid.
    std::string& file = fresh.files["metadata/2." + role + ".json"];
    file = json::compact(json::parse(file).value());
    expect_error(reader.refresh(), ErrorCode::not_trusted, role + ": the file has");
    fresh.files["metadata/2." + role + ".json"] += std::string(400, ' ');
    EXPECT_FALSE(reader.refresh().ok());
  }
}

TEST_F(TufRefresh, ChecksTheDigestOfAFileOfTheRightLength) {
  repository.with_digests = true;
  repository.publish({"targets", "snapshot", "timestamp"});
  std::string& file = repository.files["metadata/2.snapshot.json"];
  const std::size_t blank = file.find("  ");
  file[blank] = '\n';
  expect_error(client.refresh(), ErrorCode::not_trusted, "snapshot: the file's sha256 is ");
}

// What is missing at the authority is reported, and what is kept stays.
TEST_F(TufRefresh, ReportsWhatIsNotThere) {
  expect_done(client.refresh());
  repository.publish({"targets", "snapshot", "timestamp"});
  repository.files.erase("metadata/2.targets.json");
  expect_error(client.refresh(), ErrorCode::unreachable, "metadata/2.targets.json");
  EXPECT_EQ(client.kept(), "root 1, timestamp 2, snapshot 2, targets 1");
  repository.publish({"snapshot", "timestamp"});
  repository.files.erase("metadata/3.snapshot.json");
  expect_error(client.refresh(), ErrorCode::unreachable, "metadata/3.snapshot.json");
  EXPECT_EQ(client.kept(), "root 1, timestamp 3, snapshot 2, targets 1");
  repository.files.erase("metadata/timestamp.json");
  expect_error(client.refresh(), ErrorCode::unreachable, "metadata/timestamp.json");
}

TEST_F(TufRefresh, GoesOnAfterAnUpdateThatDidNotComeToItsEnd) {
  repository.publish({"targets", "snapshot", "timestamp"});
  const std::string targets = repository.files["metadata/2.targets.json"];
  repository.files.erase("metadata/2.targets.json");
  EXPECT_FALSE(client.refresh().ok());
  repository.files["metadata/2.targets.json"] = targets;
  expect_done(client.refresh());
  EXPECT_EQ(requests(), (Paths{"metadata/2.root.json", "metadata/timestamp.json", "metadata/2.targets.json"}));
  EXPECT_EQ(client.kept(), "root 1, timestamp 2, snapshot 2, targets 2");
}

TEST_F(TufRefresh, WithoutANetworkIsNoSuccess) {
  expect_done(client.refresh());
  repository.offline = true;
  const auto refreshed = client.refresh();
  expect_error(refreshed, ErrorCode::unreachable);
  EXPECT_TRUE(refreshed.error().retryable);
  EXPECT_EQ(client.kept(), "root 1, timestamp 1, snapshot 1, targets 1");
}

TEST_F(TufRefresh, TakesNoRoleForAnother) {
  // Signed by the timestamp's key, and in its shape, but for the type.
  repository.body("timestamp").set("_type", "snapshot");
  repository.publish({"timestamp"});
  expect_error(client.refresh(), ErrorCode::invalid_document, "timestamp: /signed/_type: the metadata is of the type \"snapshot\", not \"timestamp\"");
}

TEST_F(TufRefresh, PassesOverMembersThatItDoesNotKnowAndLeavesThemSigned) {
  repository.body("root").set("x-owner", "customs");
  at(repository.body("root"), "/roles/snapshot").set("x-place", json::Array{1, true, nullptr});
  const std::string id = at(repository.body("root"), "/roles/timestamp/keyids/0").string();
  at(repository.body("root"), "/keys/" + id).set("keyid_hash_algorithms", "md5");
  repository.publish_all();
  expect_done(client.refresh());
  // The same without them is not what was signed.
  repository.publish({"root"});
  json::Value file = json::parse(repository.files["metadata/3.root.json"]).value();
  at(file, "/signed").set("x-owner", "somebody");
  repository.files["metadata/3.root.json"] = json::compact(file);
  expect_error(client.refresh(), ErrorCode::not_trusted, "root: the metadata is signed by 0");
}

TEST(TufPin, TakesARootThatSignedItselfWhateverItsDate) {
  test::TufRepository repository;
  repository.body("root").set("expires", "2001-01-01T00:00:00Z");
  repository.issue("root");
  test::MemoryStore store;
  expect_done(Updater::pin_root(store, repository.files.at("metadata/root.json")));
  EXPECT_EQ(store.files.at("root"), repository.files.at("metadata/root.json"));
}

TEST(TufPin, RefusesWhatIsNoRootOrDidNotSignItself) {
  test::TufRepository repository;
  test::MemoryStore store;
  expect_error(Updater::pin_root(store, "{}"), ErrorCode::invalid_document);
  expect_error(Updater::pin_root(store, repository.files.at("metadata/targets.json")), ErrorCode::invalid_document);
  expect_error(Updater::pin_root(store, test::tuf_file(repository.body("root"), test::tuf_keys({2, 3}))), ErrorCode::not_trusted);
  EXPECT_TRUE(store.files.empty());
}

TEST(TufPin, IsNeededBeforeAnythingElse) {
  test::TufRepository repository;
  test::MemoryStore store;
  expect_error(Updater::open(store, repository, test::time("2026-01-01T00:00:00Z")), ErrorCode::not_trusted, "pinned first");
  EXPECT_TRUE(repository.requests.empty());
}

}  // namespace
}  // namespace greenlane::trust
