// What somebody would try who wants other criteria, older criteria or none to be used. Each has been seen to work against a weaker
// client (tests/fault/home_weakenings.py).
#include <gtest/gtest.h>

#include "client/kept_packs.h"
#include "client/published_pack.h"
#include "tests/support/damage.h"
#include "tests/support/long_form.h"
#include "tests/support/test_authority.h"

namespace greenlane::test {
namespace {

constexpr std::string_view jan_3 = "2026-01-03T00:00:00Z";

/// Revision 5 as somebody would like it who can write into the home: as long as the real one, but it never hits.
std::string tampered() { return built_pack("goods", 5, {.when = "1==2"}); }

class CriteriaAttack : public testing::Test {
 protected:
  CriteriaAttack() : home_(authority_) {
    authority_.publish("goods", 5);
    EXPECT_EQ(home_.updated(authority_), "goods@5 activated");
  }

  void expect_refused(const std::string& outcomes, ErrorCode code, std::string_view words) {
    EXPECT_EQ(home_.updated(authority_, jan_3), outcomes);
    const CriteriaStatus status = home_.status(jan_3);
    ASSERT_FALSE(status.refusals.empty());
    EXPECT_EQ(status.refusals.front().error.code, code);
    EXPECT_NE(status.refusals.front().error.message.find(words), std::string::npos) << status.refusals.front().error.message;
    EXPECT_EQ(status.refusals.front().last_at, time(jan_3));
    EXPECT_EQ(home_.in_use(jan_3).substr(0, 13), "goods@5 fresh");
  }

  TestAuthority authority_;
  TestHome home_;
};

TEST_F(CriteriaAttack, TheSameRevisionWithAnotherContentIsRefused) {
  authority_.publish("goods", 5, {.when = "false"});
  expect_refused("goods@5 refused", ErrorCode::not_trusted, "was published before with another content");
}

TEST_F(CriteriaAttack, ALowerRevisionIsRefused) {
  authority_.withdraw(target_of("goods", 5));
  authority_.publish("goods", 4);
  expect_refused("goods@4 refused", ErrorCode::not_trusted, "but revision 5 is in use");
}

TEST_F(CriteriaAttack, APackThatIsNotInThePublicationLogIsRefused) {
  authority_.list_pack("goods", 6, built_pack("goods", 6), false);
  authority_.release();
  expect_refused("goods@6 refused", ErrorCode::not_trusted, "not in the authority's publication log");
}

TEST_F(CriteriaAttack, AnotherPackThanTheListSaysIsRefused) {
  authority_.list_pack("goods", 6, built_pack("tax", 6));
  authority_.release();
  expect_refused("goods@6 refused", ErrorCode::not_trusted, "the file holds tax revision 6, but is listed as goods revision 6");
}

TEST_F(CriteriaAttack, AnotherRevisionThanTheListSaysIsRefused) {
  authority_.list_pack("goods", 6, built_pack("goods", 3));
  authority_.release();
  expect_refused("goods@6 refused", ErrorCode::not_trusted, "the file holds goods revision 3");
}

TEST_F(CriteriaAttack, APathThatIsNotThatOfThePackIsRefused) {
  authority_.list("criteria/goods/7.json", built_pack("goods", 6), json::Object{{"pack", "goods"}, {"revision", 6}});
  authority_.list("criteria/x.json", built_pack("goods", 8), json::Object{{"pack", "../../goods"}, {"revision", 8}});
  authority_.list("criteria/y.json", built_pack("goods", 8), json::Object{{"pack", "goods"}, {"revision", "8"}});
  authority_.list("criteria/z.json", built_pack("goods", 8), nullptr);
  authority_.release();
  EXPECT_EQ(home_.updated(authority_, jan_3), "goods@5 unchanged, @0 refused, @0 refused, @0 refused, @0 refused");
  EXPECT_EQ(home_.status(jan_3).refusals.size(), 4u);
  EXPECT_EQ(home_.in_use(jan_3), "goods@5 fresh");
}

TEST_F(CriteriaAttack, APackThatDoesNotCompileIsRefused) {
  authority_.publish("goods", 6, {.when = "no_such_name"});
  expect_refused("goods@6 refused", ErrorCode::invalid_expression, "no_such_name");
}

TEST_F(CriteriaAttack, APackThatFailsItsOwnTestsIsRefused) {
  authority_.publish("goods", 6, {.when = "false", .tests = R"([{"name": "hits", "expect": "hit", "declaration": {}}])"});
  expect_refused("goods@6 refused", ErrorCode::failed_test, "a pack whose own tests fail is not used");
}

TEST_F(CriteriaAttack, ARefusalStopsNoOtherPack) {
  authority_.list_pack("goods", 6, "{}");
  authority_.publish("tax", 1);
  EXPECT_EQ(home_.updated(authority_, jan_3), "goods@6 refused, tax@1 activated");
  EXPECT_EQ(home_.in_use(jan_3), "goods@5 fresh, tax@1 fresh");
}

TEST_F(CriteriaAttack, ChangedBytesOnTheWayAreRefused) {
  authority_.publish("goods", 6);
  for (auto& [path, bytes] : authority_.repository.files) {
    if (path.find("6.json") != std::string::npos) bytes.back() = ' ';
  }
  expect_refused("goods@6 refused", ErrorCode::not_trusted, "");
}

TEST_F(CriteriaAttack, AnOldTimestampServedAgainIsRefused) {
  const auto old = authority_.repository.files.at("metadata/timestamp.json");
  authority_.publish("goods", 6);
  ASSERT_EQ(home_.updated(authority_, jan_3), "goods@6 activated");
  authority_.repository.files["metadata/timestamp.json"] = old;
  expect_error(home_.update(authority_, jan_3), ErrorCode::not_trusted, "timestamp");
  EXPECT_EQ(home_.in_use(jan_3), "goods@6 fresh");
}

TEST_F(CriteriaAttack, AFrozenTimestampIsRefusedOnceItHasExpired) {
  const auto update = home_.update(authority_, "2026-02-01T00:00:00Z");
  expect_error(update, ErrorCode::not_trusted, "expired");
  EXPECT_EQ(home_.in_use("2026-02-01T00:00:00Z"), "goods@5 expired since 2026-02-01T00:00:00Z");
}

TEST_F(CriteriaAttack, AnotherHistoryOfTheLogIsRefusedAndKeptAsEvidence) {
  TestAuthority other;  // other keys, and so another log; what it serves is signed by the first authority's key below
  LogServer fork{std::string(log_origin)};
  fork.append_many(9);
  fork.publish(authority_.log_key());
  authority_.log.files = fork.files;
  expect_error(home_.update(authority_, jan_3), ErrorCode::not_trusted, "is not the one seen before");
  EXPECT_EQ(home_.read("log/refused"), fork.files.at("log/checkpoint"));
  EXPECT_EQ(home_.in_use(jan_3), "goods@5 fresh");
}

TEST_F(CriteriaAttack, AnotherHistoryOfTheLogIsRefusedAlsoWhereTheOneKeptHereIsGone) {
  LogServer fork{std::string(log_origin)};
  fork.append_many(9);
  fork.publish(authority_.log_key());
  authority_.log.files = fork.files;
  std::filesystem::remove(home_.path("log/publications"));
  expect_error(home_.update(authority_, jan_3), ErrorCode::not_trusted, "two histories");
}

TEST_F(CriteriaAttack, ALogOfAnotherNameIsRefused) {
  authority_.set_keys({record_of(authority_.log_key(), {trust::KeyUse::checkpoint})}, "other.example/criteria");
  LogServer other("other.example/criteria");
  other.append_many(3);
  other.publish(authority_.log_key());
  authority_.release();
  authority_.log.files = other.files;
  expect_error(home_.update(authority_, jan_3), ErrorCode::not_trusted, "");
  EXPECT_EQ(home_.in_use(jan_3), "goods@5 fresh");
}

TEST_F(CriteriaAttack, AnAuthorityWithoutALogOrItsKeyIsRefused) {
  authority_.set_keys({record_of(authority_.log_key(), {trust::KeyUse::receipt})});
  authority_.release();
  expect_error(home_.update(authority_, jan_3), ErrorCode::not_trusted);
  authority_.set_keys({record_of(authority_.log_key(), {trust::KeyUse::checkpoint})}, "");
  authority_.release();
  expect_error(home_.update(authority_, jan_3), ErrorCode::not_trusted, "names no publication log");
  authority_.withdraw(std::string(trust::keys_target));
  authority_.release();
  expect_error(home_.update(authority_, jan_3), ErrorCode::not_trusted, "lists no keys");
}

TEST_F(CriteriaAttack, APackFileThatWasChangedHereIsRefusedAndNamed) {
  home_.write("packs/goods@5.json", tampered());
  const auto packs = home_.home->packs(time(jan_3));
  expect_error(packs, ErrorCode::not_trusted, "goods revision 5");
  EXPECT_NE(packs.error().source.find("packs/goods@5.json"), std::string::npos);
  EXPECT_EQ(home_.status(jan_3).problems.size(), 1u);
}

TEST_F(CriteriaAttack, AChangedPackFileIsRefusedAlsoWithAnIndexThatNamesIt) {
  const std::string bytes = tampered();
  std::string index = home_.read("packs/index.json");
  const std::string before = crypto::sha256_hex(built_pack("goods", 5));
  index.replace(index.find(before), before.size(), crypto::sha256_hex(bytes));
  home_.write("packs/index.json", index);
  home_.write("packs/goods@5.json", bytes);
  expect_error(home_.home->packs(time(jan_3)), ErrorCode::not_trusted, "goods revision 5");
}

TEST_F(CriteriaAttack, AFileThatIsReplacedAfterItWasVerifiedDoesNotMatter) {
  int reads = 0;
  const auto replace_after = [&](const std::string& path, std::size_t most) {
    ++reads;
    auto bytes = client::read_file(path, most);
    home_.write("packs/goods@5.json", tampered());
    return bytes;
  };
  auto packs = client::KeptPacks::open(home_.paths(), time(jan_3), replace_after);
  ASSERT_TRUE(packs.ok());
  const auto pack = packs->load(*packs->active().front());
  ASSERT_TRUE(pack.ok()) << pack.error().to_text();
  EXPECT_EQ(reads, 1);
  EXPECT_EQ(pack->identity().digest, client::pack_digest(built_pack("goods", 5)));
  EXPECT_EQ(pack->compiled()->criteria().front().source.when, "true");
}

TEST_F(CriteriaAttack, AnOlderFolderOfPacksPutBackAloneIsRefused) {
  Folder copy;
  std::filesystem::copy(home_.path("packs"), copy.path("packs"), std::filesystem::copy_options::recursive);
  authority_.publish("goods", 6);
  ASSERT_EQ(home_.updated(authority_), "goods@6 activated");
  std::filesystem::copy(copy.path("packs"), home_.path("packs"), std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  expect_error(home_.home->packs(time(jan_3)), ErrorCode::not_trusted, "the folder is an older copy");
  EXPECT_FALSE(home_.status(jan_3).problems.empty());
  // The same update that says so mends it.
  const auto update = home_.update(authority_, jan_3);
  ASSERT_TRUE(update.ok()) << update.error().to_text();
  EXPECT_EQ(update->problems.size(), 1u);
  EXPECT_EQ(home_.in_use(jan_3), "goods@6 fresh");
  EXPECT_TRUE(home_.status(jan_3).problems.empty());
}

TEST_F(CriteriaAttack, MetadataThatIsGoneOrDamagedIsFetchedAnew) {
  for (const std::string file : {"/targets.json", "/keys.json", "generation", "timestamp"}) {
    const auto index = client::PackIndex::read(home_.read("packs/index.json"), "index.json");
    const std::string set = "trusted/" + std::to_string(index->sets.back().number);
    const std::string name = file == "generation" ? "trusted/generation" : file == "timestamp" ? "trust/timestamp.json" : set + file;
    home_.write(name, "damaged");
    const auto update = home_.update(authority_, jan_3);
    ASSERT_TRUE(update.ok()) << name << ": " << update.error().to_text();
    EXPECT_FALSE(update->problems.empty()) << name;
    EXPECT_TRUE(home_.status(jan_3).problems.empty()) << name;
    EXPECT_EQ(home_.in_use(jan_3), "goods@5 fresh") << name;
  }
}

TEST_F(CriteriaAttack, OlderMetadataPutUnderThePacksIsRefused) {
  Folder copy;
  std::filesystem::copy(home_.path("trusted/1"), copy.path("1"), std::filesystem::copy_options::recursive);
  authority_.publish("tax", 1);
  ASSERT_EQ(home_.updated(authority_), "goods@5 unchanged, tax@1 activated");
  std::filesystem::copy(copy.path("1"), home_.path("trusted/2"), std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  const auto pack = home_.home->pack("goods", {}, time(jan_3));
  expect_error(pack, ErrorCode::not_trusted, "older or newer than the packs that rest on it");
}

TEST_F(CriteriaAttack, AnOlderFolderOfTrustPutBackAloneIsNoticed) {
  Folder copy;
  std::filesystem::copy(home_.path("trust"), copy.path("trust"), std::filesystem::copy_options::recursive);
  const auto old = authority_.repository.files;
  authority_.publish("goods", 6);
  ASSERT_EQ(home_.updated(authority_), "goods@6 activated");
  std::filesystem::copy(copy.path("trust"), home_.path("trust"), std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  const auto problems = home_.status(jan_3).problems;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems.front().code, ErrorCode::not_trusted);
  EXPECT_NE(problems.front().message.find("its timestamp is version"), std::string::npos) << problems.front().message;
  // With an authority that plays along and serves what it served then.
  TestAuthority& rolled_back = authority_;
  rolled_back.repository.files = old;
  expect_error(home_.update(rolled_back, jan_3), ErrorCode::not_trusted, "older than what this home has seen before");
  EXPECT_EQ(home_.in_use(jan_3), "goods@6 fresh");
}

TEST_F(CriteriaAttack, AnOlderLogPutBackAloneIsNoticed) {
  const std::string old = home_.read("log/publications");
  authority_.publish("goods", 6);
  ASSERT_EQ(home_.updated(authority_), "goods@6 activated");
  home_.write("log/publications", old);
  const auto problems = home_.status(jan_3).problems;
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems.front().source.find("log/publications"), std::string::npos);
}

TEST_F(CriteriaAttack, AnOldHomeShowsByTheCheckpointOfAnother) {
  TestHome other(authority_);
  authority_.publish("goods", 6);
  ASSERT_EQ(other.updated(authority_), "goods@6 activated");
  const auto theirs = other.home->checkpoint();
  ASSERT_TRUE(theirs.ok());
  expect_error(home_.home->compare_checkpoint(*theirs), ErrorCode::unreachable, "update the criteria first");
  EXPECT_TRUE(other.home->compare_checkpoint(*home_.home->checkpoint()).ok());
  ASSERT_EQ(home_.updated(authority_), "goods@6 activated");
  EXPECT_TRUE(home_.home->compare_checkpoint(*theirs).ok());
}

TEST_F(CriteriaAttack, TwoHistoriesShowByTheCheckpointOfAnother) {
  LogServer fork{std::string(log_origin)};
  fork.append_many(1);
  fork.publish(authority_.log_key());
  expect_error(home_.home->compare_checkpoint(fork.files.at("log/checkpoint")), ErrorCode::not_trusted, "two histories");
  crypto::PrivateKey stranger = new_key();
  expect_error(home_.home->compare_checkpoint(trust::sign_checkpoint(authority_.log.checkpoint(), {&stranger}).value()), ErrorCode::not_trusted);
}

TEST_F(CriteriaAttack, DamageToTheHomeIsNeverTakenForCriteria) {
  authority_.publish("tax", 1);
  ASSERT_EQ(home_.updated(authority_), "goods@5 unchanged, tax@1 activated");
  const std::vector<std::string> names = {"packs/goods@5.json", "packs/tax@1.json", "packs/index.json",        "trusted/2/root.json",
                                          "trusted/2/timestamp.json", "trusted/2/snapshot.json", "trusted/2/targets.json", "trusted/2/keys.json",
                                          "trusted/generation", "trust/root.json", "trust/timestamp.json", "log/publications"};
  const std::string good = home_.in_use(jan_3);
  ASSERT_EQ(good, "goods@5 fresh, tax@1 fresh");
  Damage damage(20'260'103);
  for (unsigned round = 0; round < rounds(1'200, 60'000); ++round) {
    const std::string& name = names[damage.random().below(names.size())];
    const std::string before = home_.read(name);
    home_.write(name, damage.of(before));
    const auto packs = home_.home->packs(time(jan_3));
    if (packs.ok()) {
      for (const Pack& pack : *packs) {
        const std::string& id = pack.identity().id;
        const std::int64_t revision = id == "goods" ? 5 : 1;
        EXPECT_EQ(pack.identity().digest, client::pack_digest(built_pack(id, revision))) << name << " round " << round;
      }
    } else {
      EXPECT_NE(packs.error().code, ErrorCode::internal) << packs.error().to_text();
    }
    if (round % 10 == 0) (void)home_.home->criteria_status(time(jan_3));
    home_.write(name, before);
  }
  EXPECT_EQ(home_.in_use(jan_3), good);
}

}  // namespace
}  // namespace greenlane::test
