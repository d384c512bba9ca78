// Metadata holds until its date. What has expired is not taken, and what was taken before stays what it is compared with.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::expect_done;
using test::expect_error;
using test::time;

class TufExpiry : public testing::Test {
 protected:
  test::TufRepository repository;
  test::TufClient client{repository};

  /// The next version of a role holds until `expires`.
  void publish_until(const std::string& role, std::string_view expires) {
    repository.body(role).set("expires", expires);
    repository.publish_all();
  }
};

constexpr std::string_view past = "2025-12-31T23:59:59Z";

TEST_F(TufExpiry, OfEachRoleStopsTheUpdateThere) {
  for (const std::string role : {"root", "timestamp", "snapshot", "targets"}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    expect_done(reader.refresh());
    fresh.body(role).set("expires", past);
    fresh.publish_all();
    expect_error(reader.refresh(), ErrorCode::not_trusted, role + ": version 2 of the metadata has expired at 2025-12-31T23:59:59Z");
    // An expired root is kept: it may be the way to the next one.
    EXPECT_EQ(reader.kept(), role == "root" ? "root 2, timestamp 1, snapshot 1, targets 1" : test::kept_when_refused(role));
  }
}

TEST_F(TufExpiry, BeginsAtTheSecondThatIsNamed) {
  client.now = time("2026-01-31T23:59:59Z");
  expect_done(client.refresh());
  client.now = time("2026-02-01T00:00:00Z");
  expect_error(client.refresh(), ErrorCode::not_trusted, "root: version 1 of the metadata has expired");
}

TEST_F(TufExpiry, OfRootsOnTheWayDoesNotMatter) {
  repository.body("root").set("expires", past);
  repository.publish({"root"});
  repository.publish({"root"});
  repository.body("root").set("expires", "2027-01-01T00:00:00Z");
  repository.publish({"root"});
  expect_done(client.refresh());
  EXPECT_EQ(client.kept(), "root 4, timestamp 1, snapshot 1, targets 1");
}

// A machine that was off for long: the root that it has still says who may sign the next one.
TEST_F(TufExpiry, OfWhatIsKeptDoesNotKeepNewMetadataOut) {
  expect_done(client.refresh());
  for (const std::string role : {"root", "targets", "snapshot", "timestamp"}) publish_until(role, "2027-01-01T00:00:00Z");
  client.now = time("2026-06-01T00:00:00Z");
  expect_done(client.refresh());
  EXPECT_EQ(client.kept(), "root 5, timestamp 5, snapshot 5, targets 5");
}

TEST_F(TufExpiry, OfTheKeptTimestampLeavesItsVersionInForce) {
  repository.publish({"timestamp"});
  expect_done(client.refresh());
  client.now = time("2026-03-01T00:00:00Z");
  repository.body("root").set("expires", "2027-01-01T00:00:00Z");
  repository.publish({"root"});
  // An older one that has not expired is still an older one.
  repository.body("timestamp").set("expires", "2027-01-01T00:00:00Z");
  repository.body("timestamp").set("version", 1);
  repository.issue("timestamp");
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: this is version 1 of the metadata, older than version 2");
}

// Somebody serves the same files for ever.
TEST_F(TufExpiry, EndsAFreeze) {
  expect_done(client.refresh());
  repository.body("root").set("expires", "2027-01-01T00:00:00Z");
  repository.publish({"root"});
  client.now = time("2026-02-02T00:00:00Z");
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: version 1 of the metadata has expired");
  EXPECT_EQ(client.store.files.count("timestamp"), 1u);
}

TEST_F(TufExpiry, OfKeptSnapshotAndTargetsMakesTheClientAskForNewOnes) {
  publish_until("snapshot", "2026-01-05T00:00:00Z");
  expect_done(client.refresh());
  client.now = time("2026-01-06T00:00:00Z");
  expect_error(client.refresh(), ErrorCode::not_trusted, "snapshot: version 2 of the metadata has expired");
  EXPECT_EQ(repository.requests.back(), "metadata/2.snapshot.json");
  publish_until("snapshot", "2026-02-01T00:00:00Z");
  expect_done(client.refresh());
}

TEST_F(TufExpiry, IsAskedOfDelegatedRolesWhenTheyAreNeeded) {
  repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({10}));
  repository.add_target("region", "region/a.json", "a");
  repository.body("region").set("expires", "2026-01-05T00:00:00Z");
  repository.publish({"region", "targets", "snapshot", "timestamp"});
  EXPECT_EQ(client.download("region/a.json").value(), "a");
  client.now = time("2026-01-05T00:00:00Z");
  expect_done(client.refresh());
  expect_error(client.download("region/a.json"), ErrorCode::not_trusted, "region: version 2 of the metadata has expired");
  repository.body("region").set("expires", "2026-02-01T00:00:00Z");
  repository.publish({"region", "snapshot", "timestamp"});
  EXPECT_EQ(client.download("region/a.json").value(), "a");
}

TEST_F(TufExpiry, OfADelegatedRoleKeepsItOut) {
  repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({10}));
  repository.add_target("region", "region/a.json", "a");
  repository.body("region").set("expires", past);
  repository.publish({"region", "targets", "snapshot", "timestamp"});
  expect_error(client.download("region/a.json"), ErrorCode::not_trusted, "region: version 2 of the metadata has expired");
  EXPECT_EQ(client.kept(), "root 1, timestamp 2, snapshot 2, targets 2");
}

// For the state of things: without the network, and long after everything has expired.
TEST_F(TufExpiry, DoesNotKeepAnybodyFromSeeingWhatIsThere) {
  repository.add_target("targets", "a.json", "a");
  repository.publish({"targets", "snapshot", "timestamp"});
  EXPECT_EQ(client.download("a.json").value(), "a");
  client.now = time("2030-01-01T00:00:00Z");
  repository.offline = true;
  Updater updater = client.open().value();
  expect_done(updater.load_trusted());
  EXPECT_EQ(updater.roles().size(), 4u);
  const TargetInfo target = updater.find("a.json").value().value();
  EXPECT_EQ((*updater.check(target, "a").value()).bytes, "a");
  expect_error(updater.check(target, "b"), ErrorCode::not_trusted);
  expect_error(updater.download(target), ErrorCode::not_trusted, "fetched from the authority first");
}

}  // namespace
}  // namespace greenlane::trust
