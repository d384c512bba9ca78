#include "trust/key_ring.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <sstream>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "tests/support/damage.h"
#include "tests/support/long_form.h"
#include "tests/support/test_data.h"
#include "tests/support/trust_keys.h"

namespace greenlane::trust {
namespace {

using test::new_key;
using test::record_of;
using test::time;

const std::filesystem::path examples = test::source_root() / "schema/examples/keys";

std::string good_text() { return test::read_file(examples / "valid/three-algorithms.json"); }

/// The example with another value at a place.
std::string with(const std::function<void(json::Value&)>& change) {
  json::Value document = json::parse(good_text()).value();
  change(document);
  return json::compact(document);
}

json::Value& key_in(json::Value& document, std::size_t index) { return document.find("keys")->array()[index]; }

TEST(KeyRing, ReadsTheExamplesOfTheSchemaThatAreValid) {
  for (const auto& entry : std::filesystem::directory_iterator(examples / "valid")) {
    const auto ring = KeyRing::read(test::read_file(entry.path()));
    EXPECT_TRUE(ring.ok()) << entry.path() << ": " << (ring.ok() ? "" : ring.error().to_text());
  }
}

TEST(KeyRing, RefusesTheExamplesThatAreNotAndSaysTheSamePlace) {
  std::istringstream lines(test::read_file(examples / "invalid/expected.tsv"));
  std::string line;
  std::getline(lines, line);
  std::size_t count = 0;
  while (std::getline(lines, line)) {
    const auto cells = text::split(line, '\t');
    const auto ring = KeyRing::read(test::read_file(examples / "invalid" / cells[0]));
    ASSERT_FALSE(ring.ok()) << cells[0];
    EXPECT_EQ(ring.error().pointer, cells[1]) << cells[0] << ": " << ring.error().to_text();
    EXPECT_EQ(ring.error().code, ErrorCode::invalid_document) << cells[0];
    ++count;
  }
  EXPECT_GE(count, 25u);
}

TEST(KeyRing, HasWhatTheDocumentSays) {
  const KeyRing ring = KeyRing::read(good_text()).value();
  EXPECT_EQ(ring.log_origin(), "customs.example/criteria");
  ASSERT_EQ(ring.records().size(), 3u);
  const KeyRecord& sm2 = ring.records()[2];
  EXPECT_EQ(sm2.key.scheme(), crypto::Scheme::sm2_sm3);
  EXPECT_EQ(sm2.key.sm2_user_id(), "1234567812345678");
  EXPECT_EQ(sm2.owner, "110000XXXXXX0001");
  EXPECT_EQ(sm2.uses, std::vector{KeyUse::submission});
  EXPECT_EQ(sm2.not_before, time("2026-02-01T00:00:00Z"));
  EXPECT_EQ(sm2.not_after, time("2028-01-31T23:59:59Z"));
  EXPECT_EQ(sm2.revoked_at, time("2026-05-02T10:00:00Z"));
  EXPECT_EQ(sm2.compromised_at, time("2026-04-30T00:00:00Z"));
  EXPECT_FALSE(ring.records()[0].revoked_at.has_value());
}

TEST(KeyRing, WritesWhatItReads) {
  const KeyRing ring = KeyRing::read(good_text()).value();
  EXPECT_EQ(json::parse(ring.to_json()).value(), json::parse(good_text()).value());
  EXPECT_EQ(KeyRing::read(KeyRing().to_json()).value().records().size(), 0u);
}

TEST(KeyRing, NeedsTheIdThatTheKeyHas) {
  const auto other_id = KeyRing::read(with([](json::Value& all) { key_in(all, 1).set("key_id", std::string(64, '0')); }));
  ASSERT_FALSE(other_id.ok());
  EXPECT_EQ(other_id.error().code, ErrorCode::invalid_key);
  EXPECT_EQ(other_id.error().pointer, "/keys/1/key_id");
}

TEST(KeyRing, RefusesAKeyUnderTheNameOfAnotherAlgorithm) {
  for (const auto& [index, algorithm] : {std::pair{0, "ecdsa_p256_sha256"}, {1, "ed25519"}, {2, "ecdsa_p256_sha256"}}) {
    const auto ring = KeyRing::read(with([&](json::Value& all) {
      json::Value& key = key_in(all, static_cast<std::size_t>(index));
      key.set("algorithm", algorithm);
      std::erase_if(key.object(), [](const json::Member& member) { return member.key == "sm2_user_id"; });
    }));
    ASSERT_FALSE(ring.ok()) << algorithm;
    EXPECT_EQ(ring.error().code, ErrorCode::invalid_key);
    EXPECT_EQ(ring.error().pointer, json::pointer_child("/keys", static_cast<std::size_t>(index)) + "/public_key");
  }
}

TEST(KeyRing, RefusesASecondSpellingOfTheBase64OfAKey) {
  const auto ring = KeyRing::read(with([](json::Value& all) {
    std::string& pem = key_in(all, 1).find("public_key")->string();
    ++pem[pem.find("==") - 1];
  }));
  ASSERT_FALSE(ring.ok());
  EXPECT_EQ(ring.error().pointer, "/keys/1/public_key");
}

TEST(KeyRing, RefusesAKeyThatStandsThereTwice) {
  const auto twice = KeyRing::read(with([](json::Value& all) {
    json::Value again = key_in(all, 2);
    again.set("sm2_user_id", "another");
    all.find("keys")->array().push_back(again);
  }));
  ASSERT_FALSE(twice.ok());
  EXPECT_EQ(twice.error().pointer, "/keys/3/key_id");
}

TEST(KeyRing, RefusesAMemberThatStandsThereTwice) {
  std::string text = good_text();
  text.insert(text.find("\"owner\""), R"("owner": "somebody", )");
  const auto ring = KeyRing::read(text);
  ASSERT_FALSE(ring.ok());
  EXPECT_EQ(ring.error().code, ErrorCode::invalid_json);
}

TEST(KeyRing, RefusesAKeyThatEndsBeforeItBegins) {
  const auto ring = KeyRing::read(with([](json::Value& all) { key_in(all, 0).set("not_after", "2025-12-31T23:59:59Z"); }));
  ASSERT_FALSE(ring.ok());
  EXPECT_EQ(ring.error().pointer, "/keys/0/not_after");
}

TEST(KeyRing, TakesAThousandKeysAndNoMore) {
  const auto many = [](std::size_t count) {
    std::vector<KeyRecord> records;
    for (std::size_t i = 0; i < count; ++i) records.push_back(record_of(new_key()));
    return KeyRing(std::move(records)).to_json();
  };
  EXPECT_TRUE(KeyRing::read(many(1'000)).ok());
  const auto more = KeyRing::read(many(1'001));
  ASSERT_FALSE(more.ok());
  EXPECT_EQ(more.error().pointer, "/keys");
}

TEST(KeyRing, GivesTheKeysOfAUseAndAnOwner) {
  const auto a = new_key(), b = new_key(), c = new_key();
  const KeyRing ring({record_of(a, {KeyUse::receipt, KeyUse::warning}), record_of(b, {KeyUse::receipt}, "other.example"), record_of(c, {KeyUse::criteria})});
  const auto at = time("2026-06-01T00:00:00Z");
  EXPECT_EQ(ring.usable(KeyUse::receipt, "", at).size(), 2u);
  ASSERT_EQ(ring.usable(KeyUse::receipt, "customs.example", at).size(), 1u);
  EXPECT_EQ(ring.usable(KeyUse::receipt, "customs.example", at)[0]->key, test::public_key(a));
  EXPECT_EQ(ring.usable(KeyUse::receipt, "customs", at).size(), 0u);
  EXPECT_EQ(ring.usable(KeyUse::warning, "", at).size(), 1u);
  EXPECT_EQ(ring.usable(KeyUse::checkpoint, "", at).size(), 0u);
}

TEST(KeyRing, GivesAKeyFromItsFirstSecondToItsLast) {
  const KeyRing ring({record_of(new_key())});
  const auto usable = [&](std::string_view at) { return ring.usable(KeyUse::receipt, "", time(at)).size() == 1; };
  EXPECT_FALSE(usable("2025-12-31T23:59:59Z"));
  EXPECT_TRUE(usable("2026-01-01T00:00:00Z"));
  EXPECT_TRUE(usable("2026-12-31T23:59:59Z"));
  EXPECT_FALSE(usable("2027-01-01T00:00:00Z"));
  EXPECT_FALSE(usable("2036-01-01T00:00:00Z"));
}

TEST(KeyRing, GivesNoKeyFromItsRevocationOrCompromiseOn) {
  KeyRecord revoked = record_of(new_key()), compromised = record_of(new_key());
  revoked.revoked_at = time("2026-06-01T00:00:00Z");
  compromised.compromised_at = time("2026-06-01T00:00:00Z");
  for (const KeyRecord& record : {revoked, compromised}) {
    const KeyRing ring({record});
    EXPECT_EQ(ring.usable(KeyUse::receipt, "", time("2026-05-31T23:59:59Z")).size(), 1u);
    EXPECT_EQ(ring.usable(KeyUse::receipt, "", time("2026-06-01T00:00:00Z")).size(), 0u);
    EXPECT_EQ(ring.usable(KeyUse::receipt, "", time("2026-09-01T00:00:00Z")).size(), 0u);
  }
}

/// With lines of the keys of any length.
json::Value without_line_breaks(std::string_view text) {
  json::Value document = json::parse(text).value();
  for (json::Value& key : document.find("keys")->array()) std::erase(key.find("public_key")->string(), '\n');
  return document;
}

TEST(KeyRing, ThatIsDamagedIsRefusedOrReadAsItStands) {
  const std::string good = good_text();
  test::Damage damage(5280);
  const unsigned rounds = test::rounds(2'000, 200'000);
  for (unsigned i = 0; i < rounds; ++i) {
    const std::string changed = damage.of(good);
    const auto ring = KeyRing::read(changed);
    // A changed digit of a date is a list as well; a changed key is none, because its id no longer fits.
    if (!ring.ok()) continue;
    ASSERT_EQ(without_line_breaks(ring->to_json()), without_line_breaks(changed)) << changed;
    for (const KeyRecord& record : ring->records()) ASSERT_NE(good.find(record.key.id()), std::string::npos) << changed;
  }
}

TEST(KeyUses, AreSpelledAsInDocuments) {
  for (const KeyUse use : {KeyUse::criteria, KeyUse::submission, KeyUse::warning, KeyUse::receipt, KeyUse::checkpoint}) {
    EXPECT_EQ(key_use(to_string(use)), use);
  }
  EXPECT_FALSE(key_use("Receipt").has_value());
  EXPECT_FALSE(key_use("").has_value());
}

}  // namespace
}  // namespace greenlane::trust
