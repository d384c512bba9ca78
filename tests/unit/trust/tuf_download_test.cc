// Files that the targets list.
#include <gtest/gtest.h>

#include <string>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::at;
using test::expect_done;
using test::expect_error;

class TufDownload : public testing::Test {
 protected:
  test::TufRepository repository;
  test::TufClient client{repository};

  void publish() { repository.publish({"targets", "snapshot", "timestamp"}); }
  void list(const std::string& path, const std::string& bytes, json::Object hashes) {
    at(repository.body("targets"), "/targets").set(path, json::Object{{"length", static_cast<std::int64_t>(bytes.size())}, {"hashes", std::move(hashes)}});
  }
};

TEST_F(TufDownload, AsksOnceUnderTheDigest) {
  repository.add_target("targets", "packs/cn/a.json", "{}");
  publish();
  EXPECT_EQ(client.download("packs/cn/a.json").value(), "{}");
  EXPECT_EQ(repository.requests.back(), "targets/packs/cn/" + crypto::sha256_hex("{}") + ".a.json");
  EXPECT_EQ(repository.requests.size(), 5u);
}

TEST_F(TufDownload, WithoutConsistentSnapshotsAsksForThePlainName) {
  repository.body("root").set("consistent_snapshot", false);
  repository.add_target("targets", "packs/cn/a.json", "{}");
  repository.publish_all();
  EXPECT_EQ(client.download("packs/cn/a.json").value(), "{}");
  EXPECT_EQ(repository.requests.back(), "targets/packs/cn/a.json");
}

TEST_F(TufDownload, OfWhatNobodyListsAsksForNothing) {
  publish();
  expect_error(client.download("a.json"), ErrorCode::not_found);
  EXPECT_EQ(repository.requests.back(), "metadata/2.targets.json");
}

TEST_F(TufDownload, TakesSha256AndSha512AndBoth) {
  const std::string bytes = "criteria";
  const std::string sha256 = crypto::sha256_hex(bytes);
  const std::string sha512 = crypto::sha512_hex(bytes);
  list("one", bytes, {{"sha256", sha256}});
  list("two", bytes, {{"sha512", sha512}});
  list("both", bytes, {{"sha512", sha512}, {"sha256", sha256}, {"blake3", "unknown"}});
  list("none", bytes, {{"blake3", "unknown"}});
  list("wrong", bytes, {{"sha256", sha256}, {"sha512", std::string(128, '0')}});
  for (const char* name : {"one", "both", "wrong"}) repository.serve_target(name, sha256, bytes);
  repository.serve_target("two", sha512, bytes);
  repository.serve_target("none", "unknown", bytes);
  publish();
  for (const char* name : {"one", "two", "both"}) EXPECT_EQ(client.download(name).value(), bytes);
  expect_error(client.download("none"), ErrorCode::not_trusted, "no digest is signed for the file that can be checked");
  expect_error(client.download("wrong"), ErrorCode::not_trusted, "wrong: the file's sha512 is");
}

TEST_F(TufDownload, RefusesOtherBytes) {
  repository.add_target("targets", "a.json", "honest");
  publish();
  const std::string path = "targets/" + crypto::sha256_hex("honest") + ".a.json";
  for (const char* other : {"", "hones", "honesT", "dishonest"}) {
    repository.files[path] = other;
    EXPECT_FALSE(client.download("a.json").ok()) << other;
  }
  repository.files.erase(path);
  expect_error(client.download("a.json"), ErrorCode::unreachable, "there is no \"targets/");
}

TEST_F(TufDownload, ChecksFilesThatAreThereAlready) {
  repository.add_target("targets", "a.json", "honest");
  publish();
  Updater updater = client.open().value();
  expect_done(updater.refresh());
  const TargetInfo target = updater.find("a.json").value().value();
  EXPECT_EQ((*updater.check(target, "honest").value()).bytes, "honest");
  expect_error(updater.check(target, "hones"), ErrorCode::not_trusted);
}

TEST_F(TufDownload, TakesOnlyWhatTheMetadataSaysOfATarget) {
  repository.add_target("targets", "a.json", "honest");
  publish();
  Updater updater = client.open().value();
  expect_error(updater.find("a.json"), ErrorCode::not_trusted);
  expect_done(updater.refresh());
  TargetInfo made_up{.path = "a.json", .length = 5, .hashes = {{"sha256", crypto::sha256_hex("wrong")}}, .custom = {}};
  expect_error(updater.check(made_up, "wrong"), ErrorCode::invalid_argument, "not one that the trusted metadata lists");
  expect_error(updater.download(made_up), ErrorCode::invalid_argument, "not one that the trusted metadata lists");
  // One that was listed before and is not any more.
  const TargetInfo before = updater.find("a.json").value().value();
  repository.add_target("targets", "a.json", "newer");
  publish();
  expect_done(updater.refresh());
  expect_error(updater.check(before, "honest"), ErrorCode::invalid_argument);
}

TEST_F(TufDownload, OfAnEmptyFileWorks) {
  repository.add_target("targets", "empty", "");
  publish();
  EXPECT_EQ(client.download("empty").value(), "");
}

TEST_F(TufDownload, HandsOnWhatIsSaidOfAFileBesides) {
  repository.add_target("targets", "a.json", "a");
  at(repository.body("targets"), "/targets/a.json").set("custom", json::Object{{"revision", 7}});
  publish();
  Updater updater = client.open().value();
  expect_done(updater.refresh());
  ASSERT_EQ(updater.targets().size(), 1u);
  EXPECT_EQ(updater.targets()[0].custom.find("revision")->integer(), 7);
}

TEST_F(TufDownload, TakesNoFileOverTheLimit) {
  repository.add_target("targets", "large", std::string(1'001, 'x'));
  publish();
  client.limits.target_file_bytes = 1'000;
  expect_error(client.download("large"), ErrorCode::limit_exceeded, "large: the file has 1001 bytes; at most 1000 are taken");
  EXPECT_EQ(repository.requests.back(), "metadata/2.targets.json");
}

TEST_F(TufDownload, NeverAsksOutsideTheFolder) {
  for (const std::string path : {"../metadata/1.root.json", "/etc/passwd", "a/../../b", "a//b"}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    fresh.add_target("targets", path, "x");
    fresh.publish({"targets", "snapshot", "timestamp"});
    expect_error(reader.download(path), ErrorCode::not_trusted, "leads elsewhere");
    EXPECT_EQ(fresh.requests.back(), "metadata/2.targets.json");
  }
}

}  // namespace
}  // namespace greenlane::trust
