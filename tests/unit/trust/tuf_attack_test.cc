// What somebody tries who stands between the client and the authority, or has one key too few.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/signature_forms.h"
#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::at;
using test::expect_done;
using test::expect_error;
using test::tuf_key;

class TufAttack : public testing::Test {
 protected:
  test::TufRepository repository;
  test::TufClient client{repository};

  /// Serves the timestamp, or another file, with `change` made to the JSON after it was signed.
  void serve_changed(const std::function<void(json::Value&)>& change, const std::string& path = "metadata/timestamp.json") {
    json::Value file = json::parse(repository.files.at(path)).value();
    change(file);
    repository.files[path] = json::compact(file);
  }
  static json::Array& signatures(json::Value& file) { return at(file, "/signatures").array(); }
};

TEST_F(TufAttack, ByASignatureOfAKeyOfAnotherRoleIsRefused) {
  repository.signers["timestamp"] = {&tuf_key(3), &tuf_key(4)};
  repository.publish({"timestamp"});
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: the metadata is signed by 0 of the 1 keys");
}

TEST_F(TufAttack, ByAnotherKeyUnderTheRightIdIsRefused) {
  test::TufKey stranger = tuf_key(50);
  stranger.id = tuf_key(2).id;
  repository.signers["timestamp"] = {&stranger};
  repository.publish({"timestamp"});
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: the metadata is signed by 0");
}

// Metadata brings keys of its own, and says itself which algorithm is meant: neither is asked.
TEST_F(TufAttack, ByKeysAndAlgorithmsInTheMetadataItselfIsRefused) {
  repository.body("timestamp").set("keys", json::Object{{tuf_key(50).id, tuf_key(50).entry}});
  repository.body("timestamp").set("roles", json::Object{{"timestamp", json::Object{{"keyids", json::Array{tuf_key(50).id}}, {"threshold", 1}}}});
  repository.signers["timestamp"] = {&tuf_key(50)};
  repository.publish({"timestamp"});
  serve_changed([](json::Value& file) {
    signatures(file)[0].set("method", "none");
    signatures(file)[0].set("keytype", "ed25519");
  });
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: the metadata is signed by 0");
}

TEST_F(TufAttack, ByASignatureOfAnotherAlgorithmIsRefused) {
  for (const auto algorithm : {SignatureAlgorithm::ecdsa_p256_sha256, SignatureAlgorithm::sm2_sm3}) {
    test::TufKey stranger = tuf_key(2, algorithm);
    stranger.id = tuf_key(2).id;
    repository.signers["timestamp"] = {&stranger};
    repository.publish({"timestamp"});
    expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: the metadata is signed by 0");
  }
}

TEST_F(TufAttack, WithTheSameSignatureTwiceIsRefusedThoughOneWouldDo) {
  serve_changed([](json::Value& file) { signatures(file).push_back(signatures(file)[0]); });
  expect_error(client.refresh(), ErrorCode::invalid_document, "timestamp: /signatures/1: the key has signed twice");
}

// Anybody can make a second valid signature of ECDSA out of one. It is of the same key.
TEST_F(TufAttack, WithAMalleatedSignatureDoesNotReachAThreshold) {
  const test::TufKey& key = tuf_key(2, SignatureAlgorithm::ecdsa_p256_sha256);
  test::TufKey twin = key;
  twin.id = "twin";
  twin.sign = [&key](std::string_view message) { return test::malleated(key.sign(message)); };
  repository.authorize("timestamp", {&key, &twin}, 2);
  repository.publish({"root", "timestamp"});
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: the metadata is signed by 1 of the 2 keys that may sign it; 2 must have");
  EXPECT_EQ(client.kept(), "root 2");
}

TEST_F(TufAttack, WithOneKeyUnderManyIdsDoesNotReachAThreshold) {
  std::vector<test::TufKey> names(9, tuf_key(2));
  test::TufKeys keys;
  for (std::size_t i = 0; i < names.size(); ++i) {
    names[i].id = "name-" + std::to_string(i);
    keys.push_back(&names[i]);
  }
  repository.authorize("timestamp", keys, 6);
  repository.publish({"root", "timestamp"});
  expect_error(client.refresh(), ErrorCode::not_trusted, "timestamp: the metadata is signed by 1 of the 9 keys");
  EXPECT_EQ(client.kept(), "root 2");
}

TEST_F(TufAttack, WithOneKeyIdManyTimesInARoleIsRefused) {
  test::TufKeys keys(9, &tuf_key(2));
  repository.authorize("timestamp", keys, 6);
  repository.publish({"root"});
  expect_error(client.refresh(), ErrorCode::invalid_document, "root: /signed/roles/timestamp/keyids: a key id stands here twice");
  EXPECT_EQ(client.kept(), "root 1");
}

TEST_F(TufAttack, WithTenThousandSignaturesIsRefusedBeforeAnyIsVerified) {
  repository.publish({"targets", "snapshot", "timestamp"});
  const auto flood = [](json::Value& file) {
    for (int i = 0; i < 10'000; ++i) signatures(file).push_back(test::tuf_signature("k" + std::to_string(i), std::string(64, 'x')));
  };
  serve_changed(flood, "metadata/2.targets.json");
  expect_error(client.refresh(), ErrorCode::invalid_document, "targets: /signatures: there are 10001 signatures; at most 64 are taken");
}

TEST_F(TufAttack, WithPathsAsKeyIdsChangesNothing) {
  std::vector<test::TufKey> odd{tuf_key(2), tuf_key(3)};
  odd[0].id = "../../root";
  odd[1].id = "/etc/passwd\n'; DROP TABLE keys; --";
  repository.authorize("timestamp", {&odd[0], &odd[1]}, 2);
  repository.publish({"root", "timestamp"});
  expect_done(client.refresh());
  EXPECT_EQ(client.kept(), "root 2, timestamp 2, snapshot 1, targets 1");
}

TEST_F(TufAttack, WithMoreBehindTheEndIsRefused) {
  const std::string honest = repository.files["metadata/timestamp.json"];
  for (const std::string tail : {"{}", "x", "]", ",", "", "\xFF"}) {
    repository.files["metadata/timestamp.json"] = honest + tail;
    EXPECT_EQ(client.refresh().ok(), tail.empty()) << tail;
  }
  repository.files["metadata/timestamp.json"] = honest + std::string(1, '\0');
  expect_error(client.refresh(), ErrorCode::invalid_json);
}

// Parsers do not agree on which of the two counts.
TEST_F(TufAttack, WithDuplicateKeysIsRefused) {
  const std::string honest = repository.files["metadata/timestamp.json"];
  for (const auto& [before, extra] : {std::pair{"\"signed\": {", "\"version\": 9, "}, {"\"signed\": {", "\"v\\u0065rsion\": 9, "}, {"\"snapshot.json\": {", "\"version\": 9, "},
                                      {"{", "\"signed\": {}, "}, {"{", "\"signatures\": [], "}}) {
    std::string file = honest;
    const std::size_t found = file.find(before);
    ASSERT_NE(found, std::string::npos) << before;
    file.insert(found + std::string_view(before).size(), extra);
    repository.files["metadata/timestamp.json"] = file;
    expect_error(client.refresh(), ErrorCode::invalid_json, "duplicate key");
  }
}

TEST_F(TufAttack, ByMixingFilesOfDifferentTimesIsRefused) {
  repository.publish({"targets", "snapshot", "timestamp"});
  const auto second = repository.files;
  repository.publish({"targets", "snapshot", "timestamp"});
  // Each file by itself was signed by the authority.
  repository.files["metadata/3.snapshot.json"] = second.at("metadata/2.snapshot.json");
  expect_error(client.refresh(), ErrorCode::not_trusted, "snapshot: this is version 2 of the metadata; the timestamp says version 3");
  repository.publish({"snapshot", "timestamp"});
  repository.files["metadata/3.targets.json"] = second.at("metadata/2.targets.json");
  expect_error(client.refresh(), ErrorCode::not_trusted, "targets: this is version 2 of the metadata; the snapshot says version 3");
}

TEST_F(TufAttack, BySwappingTargetsIsRefused) {
  repository.add_target("targets", "good.json", "good");
  repository.add_target("targets", "evil.json", "evil");
  repository.publish({"targets", "snapshot", "timestamp"});
  repository.files["targets/" + crypto::sha256_hex("good") + ".good.json"] = "evil";
  expect_error(client.download("good.json"), ErrorCode::not_trusted, "good.json: the file's sha256 is");
}

/// Gives whatever is asked for, without end, and notes how much was asked for.
class Endless final : public Source {
 public:
  Endless(test::TufRepository& repository, std::string path) : repository_(repository), path_(std::move(path)) {}

  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override {
    if (path != path_) return repository_.fetch(path, max_bytes);
    asked = max_bytes;
    return Error{.code = ErrorCode::limit_exceeded, .message = "endless", .source = path_};
  }

  std::size_t asked = 0;

 private:
  test::TufRepository& repository_;
  std::string path_;
};

TEST_F(TufAttack, ByFilesThatNeverEndIsCutOffAtTheLimits) {
  repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({40}));
  repository.add_target("region", "region/a", "12345");
  repository.publish({"region", "targets", "snapshot", "timestamp"});
  const std::map<std::string, std::size_t> limit_by_path{{"metadata/2.root.json", 512'000},         {"metadata/timestamp.json", 16'384}, {"metadata/2.snapshot.json", 2'000'000},
                                                         {"metadata/2.targets.json", 5'000'000},    {"metadata/2.region.json", 5'000'000},
                                                         {"targets/region/" + crypto::sha256_hex("12345") + ".a", 5}};
  for (const auto& [path, limit] : limit_by_path) {
    test::MemoryStore store;
    store.files["root"] = repository.files.at("metadata/1.root.json");
    Endless source(repository, path);
    Updater updater = Updater::open(store, source, client.now).value();
    Result<void> done = updater.refresh();
    if (done.ok()) {
      const auto file = test::TufClient::download(updater, "region/a");
      ASSERT_FALSE(file.ok()) << path;
      done = file.error();
    }
    expect_error(done, ErrorCode::limit_exceeded, path + ": endless");
    EXPECT_EQ(source.asked, limit) << path;
  }
}

TEST_F(TufAttack, ByFilesThatNeverEndIsCutOffAtTheLengthThatIsSigned) {
  repository.with_digests = true;
  repository.publish({"targets", "snapshot", "timestamp"});
  for (const std::string path : {"metadata/2.snapshot.json", "metadata/2.targets.json"}) {
    test::MemoryStore store;
    store.files["root"] = repository.files.at("metadata/1.root.json");
    Endless source(repository, path);
    Updater updater = Updater::open(store, source, client.now).value();
    expect_error(updater.refresh(), ErrorCode::limit_exceeded);
    EXPECT_EQ(source.asked, repository.files.at(path).size());
  }
}

TEST_F(TufAttack, ByALengthBeyondTheLimitIsCutOffAtTheLimit) {
  at(repository.body("timestamp"), "/meta/snapshot.json").set("length", std::int64_t{1} << 50);
  repository.publish({"timestamp"});
  Endless source(repository, "metadata/1.snapshot.json");
  Updater updater = Updater::open(client.store, source, client.now).value();
  expect_error(updater.refresh(), ErrorCode::limit_exceeded);
  EXPECT_EQ(source.asked, 2'000'000u);
}

TEST_F(TufAttack, ByAChainOfRootsWithoutEndIsCutOff) {
  for (int i = 0; i < 12; ++i) repository.publish({"root"});
  client.limits.root_rotations = 10;
  expect_error(client.refresh(), ErrorCode::limit_exceeded, "root: there are more than 10 new roots");
  EXPECT_EQ(client.kept(), "root 11");
  // What was verified stays, so that an honest chain is followed to its end.
  expect_done(client.refresh());
  EXPECT_EQ(client.kept(), "root 13, timestamp 1, snapshot 1, targets 1");
}

TEST_F(TufAttack, WithAKeyThatNobodyKnowsSpoilsNothing) {
  json::Value& root = repository.body("root");
  at(root, "/keys").set("future", test::tuf_key_entry("ml-dsa", "ml-dsa-65", "00"));
  at(root, "/roles/timestamp/keyids").array().emplace_back("future");
  repository.publish({"root", "timestamp"});
  serve_changed([](json::Value& file) { signatures(file).push_back(test::tuf_signature("future", "anything")); });
  expect_done(client.refresh());
  at(root, "/roles/timestamp").set("threshold", 2);
  repository.publish({"root", "timestamp"});
  serve_changed([](json::Value& file) { signatures(file).push_back(test::tuf_signature("future", "anything")); });
  expect_error(client.refresh(), ErrorCode::not_trusted, "signed by 1 of the 2 keys that may sign it; 2 must have; 1 of the keys are of no kind that is known here");
}

TEST_F(TufAttack, WithMoreKeysThanAFileMayListIsRefused) {
  json::Value& keys = at(repository.body("root"), "/keys");
  const json::Value entry = test::tuf_key_entry("x", "x", "x");
  for (int i = 0; i < 1'000; ++i) keys.object().push_back({"k" + std::to_string(i), entry});
  repository.publish({"root"});
  expect_error(client.refresh(), ErrorCode::invalid_document, "root: /signed/keys: there are 1004 keys; at most 1000 are taken");
}

}  // namespace
}  // namespace greenlane::trust
