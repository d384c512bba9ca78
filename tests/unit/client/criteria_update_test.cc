// Following an authority from a home: what is taken into use, kept and recorded.
#include <gtest/gtest.h>

#include "base/base64.h"
#include "greenlane/screening.h"
#include "tests/support/test_authority.h"

namespace greenlane::test {
namespace {

std::string names_of(const Result<std::vector<Pack>>& packs) {
  if (!packs.ok()) return "error: " + packs.error().to_text();
  std::string text;
  for (const Pack& pack : *packs) text += (text.empty() ? "" : " ") + pack.identity().id + "@" + std::to_string(pack.identity().revision);
  return text;
}

TEST(CriteriaUpdate, TakesTheHighestRevisionOfEveryPackIntoUse) {
  TestAuthority authority;
  authority.list_pack("goods", 1, built_pack("goods", 1));
  authority.list_pack("goods", 3, built_pack("goods", 3));
  authority.list_pack("goods", 2, built_pack("goods", 2));
  authority.publish("tax", 9);
  TestHome home(authority);
  EXPECT_EQ(home.updated(authority), "goods@3 activated, tax@9 activated");
  EXPECT_EQ(home.in_use(), "goods@3 fresh, tax@9 fresh");
  EXPECT_EQ(home.updated(authority), "goods@3 unchanged, tax@9 unchanged");
}

TEST(CriteriaUpdate, GivesPacksThatSayWhoPublishedThem) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority), "goods@1 activated");
  const auto pack = home.home->pack("goods", {}, time("2026-01-02T00:00:00Z"));
  ASSERT_TRUE(pack.ok()) << pack.error().to_text();
  EXPECT_EQ(pack->identity().provenance, "published");
  EXPECT_EQ(pack->identity().digest, "sha256:" + crypto::sha256_hex(built_pack("goods", 1)));
  const auto declaration = Declaration::parse(R"({"format": "greenlane.declaration/1", "declared_on": "2026-01-02"})");
  const auto assessment = screen(*pack, *declaration);
  ASSERT_TRUE(assessment.ok()) << assessment.error().to_text();
  EXPECT_EQ(assessment->level, Level::high);
  EXPECT_NE(assessment->to_json().find(R"("provenance":"published","freshness":"fresh")"), std::string::npos);
}

TEST(CriteriaUpdate, KeepsWhatWasInUseBefore) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority, "2026-01-02T10:00:00Z"), "goods@1 activated");
  authority.publish("goods", 2, {.when = "false"});
  ASSERT_EQ(home.updated(authority, "2026-01-05T10:00:00Z"), "goods@2 activated");

  const Moment now = time("2026-01-06T00:00:00Z");
  EXPECT_EQ(names_of(home.home->packs(now)), "goods@2");
  const auto day = [&](const char* text) { return names_of(home.home->packs_known_on(*Date::parse(text), now)); };
  EXPECT_EQ(day("2026-01-02"), "goods@1");
  EXPECT_EQ(day("2026-01-04"), "goods@1");
  EXPECT_EQ(day("2026-01-05"), "goods@2");
  EXPECT_NE(day("2026-01-01").find("no pack was in use here on 2026-01-01; the first was taken into use at 2026-01-02T10:00:00Z"), std::string::npos);

  const auto old = home.home->pack("goods", 1, now);
  ASSERT_TRUE(old.ok()) << old.error().to_text();
  EXPECT_EQ(old->identity().freshness, "stale since 2026-01-05T10:00:00Z");
  expect_error(home.home->pack("goods", 3, now), ErrorCode::not_found, "it has goods@1, goods@2");
  const auto kept = home.home->kept_packs();
  ASSERT_TRUE(kept.ok());
  ASSERT_EQ(kept->size(), 2u);
  EXPECT_EQ(kept->front().superseded_at, time("2026-01-05T10:00:00Z"));
}

TEST(CriteriaUpdate, ShowsThatAPackIsInThePublicationLog) {
  TestAuthority authority;
  authority.publish("goods", 1);
  authority.publish("goods", 2);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority), "goods@2 activated");
  const auto proof = home.home->publication_proof("goods", 2);
  ASSERT_TRUE(proof.ok()) << proof.error().to_text();
  EXPECT_EQ(proof->index, 2u);
  const auto checkpoint = trust::verify_checkpoint(proof->checkpoint, log_origin, {public_key(authority.log_key())});
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().to_text();
  std::vector<crypto::Hash> hashes;
  for (const std::string& text : proof->hashes) {
    const auto bytes = decode_base64(text);
    ASSERT_TRUE(bytes && bytes->size() == 32);
    std::copy(bytes->begin(), bytes->end(), hashes.emplace_back().begin());
  }
  EXPECT_TRUE(crypto::verify_inclusion(crypto::leaf_hash(proof->entry), proof->index, checkpoint->size, hashes, checkpoint->root));
  EXPECT_NE(proof->entry.find(crypto::sha256_hex(built_pack("goods", 2))), std::string::npos);
}

TEST(CriteriaUpdate, GetsAnewWhatWasDamagedHere) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority), "goods@1 activated");
  std::filesystem::remove(home.path("packs/goods@1.json"));
  std::filesystem::remove(home.path("log/publications"));
  EXPECT_EQ(home.updated(authority), "goods@1 unchanged, goods@1 restored");
  EXPECT_EQ(home.in_use(), "goods@1 fresh");
  EXPECT_TRUE(home.status().problems.empty());
}

TEST(CriteriaUpdate, LeavesEverythingInUseWhereNothingAnswers) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority), "goods@1 activated");
  authority.repository.offline = true;
  expect_error(home.update(authority, "2026-01-03T00:00:00Z"), ErrorCode::unreachable, "no network");
  EXPECT_EQ(home.in_use(), "goods@1 fresh");
  const CriteriaStatus status = home.status("2026-01-03T00:00:00Z");
  ASSERT_TRUE(status.failed.has_value());
  EXPECT_EQ(status.failed->at, time("2026-01-03T00:00:00Z"));
  EXPECT_EQ(status.to_do(), std::vector<std::string>{"update"});
  authority.repository.offline = false;
  ASSERT_EQ(home.updated(authority, "2026-01-03T00:00:01Z"), "goods@1 unchanged");
  EXPECT_FALSE(home.status("2026-01-03T00:00:01Z").failed.has_value());
}

TEST(CriteriaUpdate, TakesTheOtherPacksWhereOneCannotBeHad) {
  TestAuthority authority;
  authority.publish("goods", 1);
  authority.publish("tax", 1);
  std::erase_if(authority.repository.files, [](const auto& file) { return file.first.find("goods") != std::string::npos; });
  TestHome home(authority);
  EXPECT_EQ(home.updated(authority), "goods@1 missing, tax@1 activated");
  EXPECT_TRUE(home.status().refusals.empty());
}

TEST(CriteriaUpdate, RunsOneAtATime) {
  TestAuthority authority;
  TestHome home(authority);
  const auto lock = client::FolderLock::take(home.path(".lock"));
  ASSERT_TRUE(lock.ok());
  const auto update = home.update(authority);
  expect_error(update, ErrorCode::io, "another process");
  EXPECT_TRUE(update.error().retryable);
}

TEST(CriteriaUpdate, FollowsANewRootAndKeepsEveryOne) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority), "goods@1 activated");
  authority.repository.authorize("timestamp", tuf_keys({7}), 1);
  authority.repository.publish({"root"});
  authority.publish("goods", 2);
  EXPECT_EQ(home.updated(authority), "goods@2 activated");
  EXPECT_EQ(home.read("trust/roots/1.root.json"), authority.repository.files.at("metadata/1.root.json"));
  EXPECT_EQ(home.read("trust/roots/2.root.json"), authority.repository.files.at("metadata/2.root.json"));
  EXPECT_TRUE(home.status().problems.empty());
}

TEST(CriteriaUpdate, SaysWhatItIsDoing) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  std::string steps;
  const auto on_step = [&steps](const UpdateStep& step) { steps += std::string(step.what) + " " + std::string(step.pack) + ";"; };
  ASSERT_TRUE(client::CriteriaUpdater(home.paths(), authority, {.now = time("2026-01-02T00:00:00Z"), .on_step = on_step}).run().ok());
  EXPECT_EQ(steps, "metadata ;log ;download goods@1;check goods@1;write ;");
}

}  // namespace
}  // namespace greenlane::test
