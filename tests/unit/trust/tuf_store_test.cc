// Somebody changed what is kept: each file is verified again at each start.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::expect_done;
using test::expect_error;

class TufStore : public testing::Test {
 protected:
  TufStore() {
    repository.add_target("targets", "a.json", "first");
    repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({40}));
    repository.add_target("region", "region/b.json", "first");
    repository.publish({"region", "root", "targets", "snapshot", "timestamp"});
    update();
    first = client.store.files;
    repository.add_target("targets", "a.json", "second");
    repository.add_target("region", "region/b.json", "second");
    repository.publish({"region", "root", "targets", "snapshot", "timestamp"});
    update();
    second = client.store.files;
  }

  void update() {
    ASSERT_TRUE(client.download("a.json").ok());
    ASSERT_TRUE(client.download("region/b.json").ok());
  }
  /// After whatever was done to the folder: what is trusted is as it was.
  void expect_healed(const std::string& what) {
    const auto a = client.download("a.json");
    const auto b = client.download("region/b.json");
    ASSERT_TRUE(a.ok()) << what << ": " << a.error().to_text();
    ASSERT_TRUE(b.ok()) << what << ": " << b.error().to_text();
    EXPECT_EQ(*a + *b, "secondsecond") << what;
    EXPECT_EQ(client.store.files, second) << what;
  }

  test::TufRepository repository;
  test::TufClient client{repository};
  std::map<std::string, std::string, std::less<>> first, second;
};

constexpr const char* below_root[] = {"timestamp", "snapshot", "targets", "region"};

/// With another bit in the year of its date, which makes it hold longer.
std::string damaged(std::string bytes) {
  const std::size_t at = bytes.find("2026-") + 3;
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  return bytes;
}

TEST_F(TufStore, WithAFlippedBitIsFetchedAnew) {
  for (const char* role : below_root) {
    client.store.files.find(role)->second = damaged(second.at(role));
    expect_healed(role);
  }
}

TEST_F(TufStore, WithARootThatSomebodyChangedTrustsNothingAndAsksNobody) {
  client.store.files.find("root")->second = damaged(second.at("root"));
  expect_error(client.refresh(), ErrorCode::not_trusted, "root: the metadata is signed by 0 of the 1 keys");
  EXPECT_TRUE(repository.requests.empty());
  client.store.files.find("root")->second = "{";
  expect_error(client.refresh(), ErrorCode::invalid_json);
  EXPECT_TRUE(repository.requests.empty());
}

TEST_F(TufStore, WithARootOfSomebodyElseTrustsWhatThatOneSigns) {
  // Who can replace the root of trust owns it; but the metadata of the authority is no longer taken then.
  test::TufRepository other;
  for (const char* role : {"root", "timestamp", "snapshot", "targets"}) other.authorize(role, test::tuf_keys({90}), 1);
  other.issue("root");
  client.store.files.find("root")->second = other.files.at("metadata/1.root.json");
  expect_error(client.refresh(), ErrorCode::not_trusted, "root: the metadata is signed by 0 of the 1 keys");
}

TEST_F(TufStore, WithOlderFilesIsBroughtUpToDate) {
  for (const char* role : {"root", "timestamp", "snapshot", "targets", "region"}) {
    client.store.files.find(role)->second = first.at(role);
    expect_healed(role);
  }
  client.store.files = first;
  expect_healed("all of them");
}

TEST_F(TufStore, WithFilesOfOneRoleUnderTheNameOfAnotherIsFetchedAnew) {
  for (const char* role : below_root) {
    for (const char* other : {"root", "timestamp", "snapshot", "targets", "region"}) {
      client.store.files.find(role)->second = second.at(other);
      expect_healed(std::string(role) + " replaced by " + other);
    }
  }
  for (const char* other : below_root) {
    client.store.files = second;
    client.store.files.find("root")->second = second.at(other);
    expect_error(client.refresh(), ErrorCode::invalid_document, "root: /signed/_type");
    EXPECT_TRUE(repository.requests.empty());
  }
}

TEST_F(TufStore, WithMissingEmptyOrForeignFilesIsFetchedAnew) {
  for (const char* role : below_root) {
    client.store.files.erase(client.store.files.find(role));
    expect_healed(role);
    for (const char* bytes : {"", "x", "{}", "[[[[", "\xFF"}) {
      client.store.files.find(role)->second = bytes;
      expect_healed(role);
    }
  }
}

// Signed by the authority, but not the bytes that are listed by digest.
TEST_F(TufStore, WithOtherBytesOfTheSameContentIsFetchedAnew) {
  repository.with_digests = true;
  repository.publish({"region", "targets", "snapshot", "timestamp"});
  update();
  second = client.store.files;
  for (const char* role : {"snapshot", "targets", "region"}) {
    client.store.files.find(role)->second = json::compact(json::parse(second.at(role)).value());
    expect_healed(role);
  }
}

// For the state of things, and for files that were fetched before: only what still verifies counts.
TEST_F(TufStore, ThatSomebodyChangedIsNotShownAsTrusted) {
  const std::map<std::string, std::size_t> left_by_role{{"timestamp", 1}, {"snapshot", 2}, {"targets", 3}};
  repository.offline = true;
  for (const auto& [role, left] : left_by_role) {
    client.store.files = second;
    client.store.files.find(role)->second = damaged(second.at(role));
    Updater updater = client.open().value();
    expect_done(updater.load_trusted());
    EXPECT_EQ(updater.roles().size(), left) << role;
    EXPECT_TRUE(updater.targets().empty());
    expect_error(updater.find("a.json"), ErrorCode::not_trusted);
  }
  client.store.files = second;
  client.store.files.find("region")->second = damaged(second.at("region"));
  Updater updater = client.open().value();
  expect_done(updater.load_trusted());
  EXPECT_TRUE(updater.find("a.json").ok());
  expect_error(updater.find("region/b.json"), ErrorCode::not_trusted, "region: the role is not kept here");
}

// An update that stopped half way leaves new files beside old ones: what was good before can still be shown.
TEST_F(TufStore, AfterAnUpdateThatStoppedHalfWayShowsTheFormerTargets) {
  repository.add_target("targets", "a.json", "third");
  repository.publish({"targets", "snapshot", "timestamp"});
  repository.files.erase("metadata/4.targets.json");
  EXPECT_FALSE(client.refresh().ok());
  EXPECT_EQ(client.kept(), "root 3, timestamp 4, snapshot 4, targets 3, region 3");
  Updater updater = client.open().value();
  expect_done(updater.load_trusted());
  EXPECT_EQ((*updater.check(updater.find("a.json").value().value(), "second").value()).bytes, "second");
}

// Newer targets than the snapshot lists were never trusted together.
TEST_F(TufStore, WithNewerTargetsThanTheSnapshotIsNotShown) {
  client.store.files.find("snapshot")->second = first.at("snapshot");
  Updater updater = client.open().value();
  expect_done(updater.load_trusted());
  EXPECT_EQ(updater.roles().size(), 3u);
}

TEST_F(TufStore, WithMoreInAFileThanIsReadIsFetchedAnew) {
  class Overgrown final : public TrustStore {
   public:
    Overgrown(test::MemoryStore& store, std::string role) : store_(store), role_(std::move(role)) {}
    Result<std::optional<std::string>> load(std::string_view role) override {
      if (role == role_) return Error{.code = ErrorCode::limit_exceeded, .message = "too long", .source = role_};
      return store_.load(role);
    }
    Result<void> save(std::string_view role, std::string_view bytes) override { return store_.save(role, bytes); }
    Result<void> remove(std::string_view role) override { return store_.remove(role); }

   private:
    test::MemoryStore& store_;
    std::string role_;
  };
  for (const char* role : below_root) {
    Overgrown overgrown(client.store, role);
    Updater updater = Updater::open(overgrown, repository, client.now).value();
    expect_done(updater.refresh());
    EXPECT_EQ(test::TufClient::download(updater, "region/b.json").value(), "second");
  }
  Overgrown overgrown(client.store, "root");
  expect_error(Updater::open(overgrown, repository, client.now), ErrorCode::limit_exceeded);
}

TEST_F(TufStore, ThatCannotBeReadOrWrittenIsReported) {
  class Broken final : public TrustStore {
   public:
    Broken(test::MemoryStore& store, std::string role, bool writes) : store_(store), role_(std::move(role)), writes_(writes) {}
    Result<std::optional<std::string>> load(std::string_view role) override {
      if (!writes_ && role == role_) return error();
      return store_.load(role);
    }
    Result<void> save(std::string_view role, std::string_view bytes) override { return writes_ && role == role_ ? error() : store_.save(role, bytes); }
    Result<void> remove(std::string_view role) override { return store_.remove(role); }

   private:
    Error error() const { return {.code = ErrorCode::io, .message = "broken disk", .source = role_}; }
    test::MemoryStore& store_;
    std::string role_;
    bool writes_;
  };
  repository.publish({"region", "root", "targets", "snapshot", "timestamp"});
  for (const bool writes : {false, true}) {
    for (const std::string role : {"root", "timestamp", "snapshot", "targets", "region"}) {
      client.store.files = second;
      Broken broken(client.store, role, writes);
      auto updater = Updater::open(broken, repository, client.now);
      Result<void> done = updater.ok() ? updater->refresh() : updater.error();
      if (done.ok()) {
        const auto found = updater->find("region/b.json");
        ASSERT_FALSE(found.ok()) << role;
        done = found.error();
      }
      expect_error(done, ErrorCode::io, role + ": broken disk");
    }
  }
}

}  // namespace
}  // namespace greenlane::trust
