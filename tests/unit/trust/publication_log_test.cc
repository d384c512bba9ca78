#include "trust/publication_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/base64.h"
#include "tests/support/damage.h"
#include "tests/support/log_server.h"
#include "tests/support/long_form.h"
#include "tests/support/results.h"
#include "tests/support/trust_keys.h"

namespace greenlane::trust {
namespace {

using test::code_of;
using test::message_of;
using test::entry_number;
using test::LogServer;
using test::new_key;
using test::public_key;

constexpr const char* origin = "customs.example/criteria";

class PublicationLogTest : public testing::Test {
 protected:
  crypto::PrivateKey key = new_key();
  LogServer server{origin};

  PublicationLog fresh() const { return PublicationLog::open("", "", origin, {public_key(key)}).value(); }
  Result<PublicationLog> reopened(std::string_view entries, std::string_view note) const {
    return PublicationLog::open(entries, note, origin, {public_key(key)});
  }
  /// A client that has followed the server until now.
  PublicationLog follower() {
    PublicationLog log = fresh();
    log.update(server).value();
    return log;
  }
  void grow(std::size_t count, const std::string& path = "criteria/pack") {
    server.append_many(count, path);
    server.publish(key);
  }
  /// Another server with the same first entries.
  LogServer forked(std::size_t common, std::size_t others) {
    LogServer fork(origin);
    for (std::size_t i = 0; i < common; ++i) fork.append(server.entries()[i]);
    fork.append_many(others, "criteria/other");
    fork.publish(key);
    return fork;
  }
};

void expect_unchanged(const PublicationLog& log, const PublicationLog& before) {
  EXPECT_EQ(log.checkpoint(), before.checkpoint());
  EXPECT_EQ(log.note(), before.note());
  EXPECT_EQ(log.entries(), before.entries());
}

void expect_refused(PublicationLog& log, LogServer& server, ErrorCode code = ErrorCode::not_trusted) {
  const PublicationLog before = log;
  const auto updated = log.update(server);
  ASSERT_FALSE(updated.ok());
  EXPECT_EQ(updated.error().code, code) << updated.error().to_text();
  expect_unchanged(log, before);
}

TEST_F(PublicationLogTest, BeginsEmpty) {
  const PublicationLog log = fresh();
  EXPECT_EQ(log.checkpoint(), (Checkpoint{origin, 0, crypto::MerkleTree().root()}));
  EXPECT_EQ(log.entries(), "");
  EXPECT_EQ(log.note(), "");
  EXPECT_FALSE(log.find("criteria/pack0.json", "sha256:").has_value());
}

TEST_F(PublicationLogTest, FollowsALogAsItGrows) {
  PublicationLog log = fresh();
  for (const std::size_t more : std::vector<std::size_t>{1, 1, 253, 1, 1, 255, 300, 0, 700}) {
    grow(more);
    ASSERT_TRUE(log.update(server).ok());
    ASSERT_EQ(log.checkpoint(), server.checkpoint());
    EXPECT_EQ(log.note(), server.files["log/checkpoint"]);
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(log.entries(), '\n')), server.entries().size());
  }
}

TEST_F(PublicationLogTest, FetchesOnlyWhatIsNew) {
  grow(600);
  PublicationLog log = follower();
  server.fetched.clear();
  ASSERT_TRUE(log.update(server).ok());
  EXPECT_EQ(server.fetched, std::vector<std::string>{"log/checkpoint"});
  grow(1);
  server.fetched.clear();
  ASSERT_TRUE(log.update(server).ok());
  EXPECT_EQ(server.fetched, (std::vector<std::string>{"log/checkpoint", "log/tile/entries/002.p/89"}));
}

TEST_F(PublicationLogTest, TakesTheFullBundleWhereThePartialOneIsGone) {
  grow(100);
  const std::string old_note = server.files["log/checkpoint"];
  grow(200);
  server.files["log/checkpoint"] = old_note;
  server.files.erase("log/tile/entries/000.p/100");
  PublicationLog log = fresh();
  const auto updated = log.update(server);
  ASSERT_TRUE(updated.ok()) << updated.error().to_text();
  EXPECT_EQ(log.checkpoint().size, 100u);
}

TEST_F(PublicationLogTest, FindsPublicationsAndProvesThem) {
  grow(300);
  const PublicationLog log = follower();
  for (const std::size_t number : {std::size_t{0}, std::size_t{255}, std::size_t{299}}) {
    const Publication publication = Publication::read(server.entries()[number]).value();
    ASSERT_EQ(log.find(publication.path, publication.digest), number);
    EXPECT_TRUE(crypto::verify_inclusion(crypto::leaf_hash(server.entries()[number]), number, 300, log.inclusion_proof(number), log.checkpoint().root));
    EXPECT_FALSE(log.find(publication.path, "sha256:" + std::string(64, '0')).has_value());
  }
  EXPECT_FALSE(log.find("criteria/pack300.json", "sha256:" + crypto::sha256_hex("criteria/pack300")).has_value());
}

TEST_F(PublicationLogTest, IsTheSameWhenItIsOpenedAgain) {
  grow(300);
  const PublicationLog log = follower();
  const auto again = reopened(log.entries(), log.note());
  ASSERT_TRUE(again.ok()) << again.error().to_text();
  expect_unchanged(*again, log);
  EXPECT_EQ(again->find("criteria/pack7.json", "sha256:" + crypto::sha256_hex("criteria/pack7")), 7u);
}

TEST_F(PublicationLogTest, OfNothingIsKeptToo) {
  server.publish(key);
  const PublicationLog log = follower();
  EXPECT_NE(log.note(), "");
  EXPECT_TRUE(reopened(log.entries(), log.note()).ok());
}

TEST_F(PublicationLogTest, ThatIsKeptIsRefusedWhereSomebodyChangedIt) {
  grow(3);
  const std::string old_note = server.files["log/checkpoint"];
  grow(2);
  const PublicationLog log = follower();
  const std::string entries = log.entries();
  std::string swapped = server.entries()[1] + '\n' + server.entries()[0] + '\n';
  swapped += entries.substr(swapped.size());
  for (const auto& [kept, note] : std::vector<std::pair<std::string, std::string>>{
           {entries, old_note}, {entries, ""}, {"", log.note()}, {entries + entry_number(5) + '\n', log.note()},
           {entries.substr(0, entries.size() - 1), log.note()}, {entries.substr(entries.find('\n') + 1), log.note()}, {swapped, log.note()},
           {entries + "\n", log.note()}, {entries + "{}", log.note()}}) {
    const auto again = reopened(kept, note);
    ASSERT_FALSE(again.ok());
    EXPECT_TRUE(again.error().code == ErrorCode::not_trusted || note.empty()) << again.error().to_text();
  }
}

TEST_F(PublicationLogTest, ThatIsKeptIsNotTakenForAnotherLog) {
  grow(3);
  const PublicationLog log = follower();
  EXPECT_EQ(code_of(PublicationLog::open(log.entries(), log.note(), "customs.example/other", {public_key(key)})), ErrorCode::not_trusted);
  EXPECT_EQ(code_of(PublicationLog::open(log.entries(), log.note(), origin, {public_key(new_key())})), ErrorCode::not_trusted);
}

TEST_F(PublicationLogTest, ThatAnEarlierKeySignedIsKeptButGrowsUnderThePresentOnly) {
  grow(3);
  const PublicationLog old = follower();
  auto next_key = new_key();
  auto log = PublicationLog::open(old.entries(), old.note(), origin, {public_key(next_key)}, {public_key(key)});
  ASSERT_TRUE(log.ok()) << log.error().to_text();
  EXPECT_TRUE(log->compare(old.note()).ok());
  grow(1);
  expect_refused(*log, server);
  server.publish(next_key);
  EXPECT_TRUE(log->update(server).ok());
}

TEST_F(PublicationLogTest, CannotBeReadWithoutItsFiles) {
  PublicationLog log = fresh();
  expect_refused(log, server, ErrorCode::unreachable);
  grow(300);
  server.files.erase("log/tile/entries/001.p/44");
  expect_refused(log, server, ErrorCode::unreachable);
  const auto again = log.update(server);
  EXPECT_TRUE(!again.ok() && again.error().retryable);
}

TEST_F(PublicationLogTest, ThatBecomesShorterIsRefused) {
  grow(3);
  const std::string old_note = server.files["log/checkpoint"];
  grow(2);
  PublicationLog log = follower();
  server.files["log/checkpoint"] = old_note;
  expect_refused(log, server);
  EXPECT_EQ(log.refused_note(), old_note);
  const std::string said = message_of(log.update(server));
  EXPECT_NE(said.find("seen were 5 entries"), std::string::npos) << said;
  EXPECT_NE(said.find("shown are 3 entries"), std::string::npos) << said;
  for (const Checkpoint& checkpoint : {log.checkpoint(), verify_checkpoint(old_note, origin, {public_key(key)}).value()}) {
    EXPECT_NE(said.find(encode_base64(crypto::bytes_of(checkpoint.root))), std::string::npos) << said;
  }
  EXPECT_NE(said.find("keep both checkpoints as evidence"), std::string::npos) << said;
}

TEST_F(PublicationLogTest, WithAnotherPastIsRefusedWhateverItsLength) {
  grow(300);
  PublicationLog log = follower();
  for (const auto& [common, others] : std::vector<std::pair<std::size_t, std::size_t>>{
           {299, 1}, {0, 300}, {256, 44}, {0, 1}, {299, 0}, {200, 50}, {299, 2}, {0, 301}, {255, 100}, {256, 100}, {100, 1'000}}) {
    LogServer fork = forked(common, others);
    expect_refused(log, fork);
    EXPECT_EQ(log.refused_note(), fork.files["log/checkpoint"]) << "what was refused is kept as evidence";
  }
  LogServer fork = forked(123, 500);
  const std::string said = message_of(log.update(fork));
  EXPECT_NE(said.find("entry 123 is another"), std::string::npos) << said;
  grow(1);
  EXPECT_TRUE(log.update(server).ok());
  EXPECT_EQ(log.refused_note(), "");
}

TEST_F(PublicationLogTest, WithAnotherPastIsRefusedWhereTheOldEntriesAreHidden) {
  grow(256);
  PublicationLog log = follower();
  // The fork serves only what comes behind, so that its own history cannot be shown.
  LogServer fork = forked(100, 300);
  fork.files.erase("log/tile/entries/000");
  expect_refused(log, fork);
}

TEST_F(PublicationLogTest, WhoseEntriesWereChangedOnTheWayIsRefused) {
  grow(300);
  PublicationLog log = fresh();
  std::string& bundle = server.files["log/tile/entries/001.p/44"];
  const std::string good = bundle;
  bundle[bundle.find("criteria")] = 'C';
  expect_refused(log, server);
  bundle = good + good;
  expect_refused(log, server, ErrorCode::invalid_document);
  bundle = good;
  EXPECT_TRUE(log.update(server).ok());
}

TEST_F(PublicationLogTest, OfAnotherKeyOrOriginIsRefused) {
  grow(3);
  PublicationLog log = fresh();
  auto stranger = new_key();
  server.publish(stranger);
  expect_refused(log, server);
  EXPECT_EQ(log.refused_note(), "") << "a stranger's note is no evidence";
  server.files["log/checkpoint"] = sign_checkpoint({"customs.example/other", 3, server.checkpoint().root}, {&key}).value();
  expect_refused(log, server);
}

TEST_F(PublicationLogTest, WithEntriesThatAreNoPublicationsIsRefused) {
  const std::string good = entry_number(0);
  const auto with = [&](std::string_view old, std::string_view by) {
    std::string entry = good;
    return entry.replace(entry.find(old), old.size(), by);
  };
  for (const std::string& entry :
       {std::string("{}"), std::string("text"), ' ' + good, good + ' ', with("\"length\":1000", "\"length\":1e3"), with("\"length\":1000", "\"length\":-1"),
        with("\"length\":1000", "\"length\":\"1000\""), with(",\"length\":1000", ""), with("sha256:", "sha512:"), with("sha256:", "sha256:0"),
        with("\"path\":\"", "\"path\":\"\\u0061"), with("criteria/pack0.json", ""), with("criteria", "\\n"), with("00Z", "00+00:00"),
        with("\"digest\"", "\"alg\":1,\"digest\""), with("{\"digest\"", "{\"digest\":\"x\",\"digest\"")}) {
    LogServer bad(origin);
    bad.append(good);
    bad.append(entry);
    bad.publish(key);
    PublicationLog log = fresh();
    const auto updated = log.update(bad);
    ASSERT_FALSE(updated.ok()) << entry;
    EXPECT_TRUE(updated.error().code == ErrorCode::invalid_document || updated.error().code == ErrorCode::invalid_json) << updated.error().to_text();
    EXPECT_EQ(updated.error().source, "entry 1 of the log");
    EXPECT_EQ(log.checkpoint().size, 0u);
  }
}

TEST_F(PublicationLogTest, HasItsBounds) {
  server.files["log/checkpoint"] = sign_checkpoint({origin, max_log_entries + 1, {}}, {&key}).value();
  PublicationLog log = fresh();
  expect_refused(log, server, ErrorCode::limit_exceeded);
  EXPECT_EQ(server.fetched, std::vector<std::string>{"log/checkpoint"});
  server.files["log/checkpoint"] = std::string(1'000'000, 'x');
  expect_refused(log, server, ErrorCode::limit_exceeded);
  EXPECT_EQ(code_of(reopened(std::string(max_log_entries + 1, '\n'), sign_checkpoint({origin, 1, {}}, {&key}).value())), ErrorCode::limit_exceeded);
}

TEST_F(PublicationLogTest, OfManyLongEntriesIsRefusedBeforeTheyFillTheMemory) {
  // Bundles are not trusted before the last of them is there.
  const std::string bundle = bundle_of(std::vector<std::string>(tile_width, std::string(max_entry_bytes, 'x'))).value();
  for (std::uint64_t index = 0; index < max_log_entries / tile_width; ++index) server.files["log/" + bundle_path(index, tile_width)] = bundle;
  server.files["log/checkpoint"] = sign_checkpoint({origin, max_log_entries, {}}, {&key}).value();
  PublicationLog log = fresh();
  expect_refused(log, server, ErrorCode::limit_exceeded);
  EXPECT_LE(server.fetched.size(), 66u);
}

TEST_F(PublicationLogTest, ComparesWithWhatOthersSaw) {
  grow(3);
  const PublicationLog early = follower();
  grow(2);
  const PublicationLog late = follower();
  EXPECT_TRUE(late.compare(early.note()).ok());
  EXPECT_TRUE(late.compare(late.note()).ok());
  const auto ahead = early.compare(late.note());
  ASSERT_FALSE(ahead.ok());
  EXPECT_EQ(ahead.error().code, ErrorCode::unreachable);
  EXPECT_TRUE(ahead.error().retryable);
}

TEST_F(PublicationLogTest, ShowsThatTwoClientsWereShownDifferentHistories) {
  grow(10);
  const PublicationLog common = follower();
  LogServer fork = forked(10, 3);
  grow(3);
  PublicationLog one = common, other = common;
  ASSERT_TRUE(one.update(server).ok());
  ASSERT_TRUE(other.update(fork).ok()) << "each history grows from what its client has seen";
  for (const auto& [here, there] : {std::pair{&one, &other}, {&other, &one}}) {
    const auto compared = here->compare(there->note());
    ASSERT_FALSE(compared.ok());
    EXPECT_EQ(compared.error().code, ErrorCode::not_trusted);
    EXPECT_NE(compared.error().message.find("two histories"), std::string::npos);
    EXPECT_NE(compared.error().message.find(encode_base64(crypto::bytes_of(there->checkpoint().root))), std::string::npos);
  }
  // Later as well, at other sizes, and the server cannot join the histories again.
  grow(20);
  ASSERT_TRUE(one.update(server).ok());
  EXPECT_EQ(code_of(one.compare(other.note())), ErrorCode::not_trusted);
  expect_refused(other, server);
}

TEST_F(PublicationLogTest, ComparesSignedCheckpointsOfTheSameLogOnly) {
  grow(3);
  const PublicationLog log = follower();
  auto stranger = new_key();
  for (const std::string& note : {sign_checkpoint(log.checkpoint(), {&stranger}).value(), std::string("nothing"),
                                  sign_checkpoint({"customs.example/other", 3, log.checkpoint().root}, {&key}).value()}) {
    EXPECT_FALSE(log.compare(note).ok());
  }
}

TEST_F(PublicationLogTest, DamageToWhatIsKeptIsNeverTakenForTheLog) {
  grow(30);
  const PublicationLog log = follower();
  test::Damage damage(1);
  const unsigned rounds = test::rounds(2'000, 200'000);
  for (unsigned i = 0; i < rounds; ++i) {
    const bool in_note = i % 4 == 0;
    const auto again = in_note ? reopened(log.entries(), damage.of(log.note())) : reopened(damage.of(log.entries()), log.note());
    ASSERT_TRUE(!again.ok() || (in_note && again->checkpoint() == log.checkpoint() && again->entries() == log.entries()));
  }
}

TEST_F(PublicationLogTest, DamageToWhatIsServedIsNeverTakenForTheLog) {
  grow(20);
  const PublicationLog before = follower();
  grow(10);
  std::string entries;
  for (const std::string& entry : server.entries()) entries += entry + '\n';
  test::Damage damage(2);
  const unsigned rounds = test::rounds(2'000, 200'000);
  for (unsigned i = 0; i < rounds; ++i) {
    PublicationLog log = i % 2 == 0 ? before : fresh();
    const Checkpoint start = log.checkpoint();
    std::string& file = server.files[i % 3 == 0 ? "log/checkpoint" : "log/tile/entries/000.p/30"];
    const std::string whole = file;
    file = damage.of(file);
    const auto updated = log.update(server);
    file = whole;
    if (updated.ok()) {
      ASSERT_EQ(log.checkpoint(), server.checkpoint());
      ASSERT_EQ(log.entries(), entries);
    } else {
      ASSERT_EQ(log.checkpoint(), start);
    }
  }
}

TEST(Publication, IsALineOfCanonicalJson) {
  const Publication publication{.path = "criteria/\"\xE5\x85\xB3\".json", .digest = "sha256:" + std::string(64, 'a'), .length = 5, .published_at = "2026-06-01T00:00:00Z"};
  const std::string entry = publication.to_entry();
  EXPECT_EQ(entry, "{\"digest\":\"sha256:" + std::string(64, 'a') + "\",\"length\":5,\"path\":\"criteria/\\\"\xE5\x85\xB3\\\".json\",\"published_at\":\"2026-06-01T00:00:00Z\"}");
  const Publication again = Publication::read(entry).value();
  EXPECT_EQ(again.path, publication.path);
  EXPECT_EQ(again.digest, publication.digest);
  EXPECT_EQ(again.length, publication.length);
  EXPECT_EQ(again.published_at, publication.published_at);
}

}  // namespace
}  // namespace greenlane::trust
