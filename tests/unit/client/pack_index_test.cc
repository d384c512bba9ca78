// The index of packs as a document.
#include <gtest/gtest.h>

#include "client/pack_index.h"
#include "tests/support/damage.h"
#include "tests/support/test_authority.h"

namespace greenlane::test {
namespace {

using client::IndexedPack;
using client::PackIndex;

IndexedPack indexed(const std::string& id, std::int64_t revision, std::string_view at) {
  return {.pack = {.id = id,
                   .revision = revision,
                   .digest = "sha256:" + std::string(64, 'a'),
                   .target = target_of(id, revision),
                   .length = 10,
                   .activated_at = time(at),
                   .superseded_at = {},
                   .log_index = 4},
          .set = 2};
}

PackIndex index() {
  PackIndex index;
  index.generation = 3;
  index.updated_at = time("2026-01-02T00:00:00Z");
  index.checkpoint = "a note\n";
  index.sets = {{.number = 2, .root = 1, .timestamp = 5, .snapshot = 4, .targets = 3}};
  index.activate(indexed("tax", 1, "2026-01-02T00:00:00Z"));
  index.activate(indexed("goods", 1, "2026-01-01T00:00:00Z"));
  index.activate(indexed("goods", 2, "2026-01-02T00:00:00Z"));
  index.failed = FailedUpdate{time("2026-01-03T00:00:00Z"), {.code = ErrorCode::unreachable, .message = "no network", .retryable = true}};
  index.refuse({.target = "criteria/x/1.json", .pack = "x", .revision = 1, .digest = "sha256:" + std::string(64, 'b'), .first_at = time("2026-01-02T00:00:00Z"),
                .last_at = time("2026-01-02T00:00:00Z"), .error = {.code = ErrorCode::failed_test, .message = "it fails", .source = "criteria/x/1.json", .line = 3, .column = 4}});
  return index;
}

TEST(PackIndexDocument, IsReadAsItWasWritten) {
  const std::string text = index().to_json();
  const auto read = PackIndex::read(text, "index.json");
  ASSERT_TRUE(read.ok()) << read.error().to_text();
  EXPECT_EQ(read->to_json(), text);
  EXPECT_EQ(read->active("goods")->pack.revision, 2);
  EXPECT_EQ(read->find("goods", 1)->pack.superseded_at, time("2026-01-02T00:00:00Z"));
  EXPECT_EQ(read->find("wine", 1), nullptr);
}

TEST(PackIndexDocument, IsRefusedWhereItContradictsItself) {
  const auto refused = [](const char* from, const std::string& to, std::string_view words) {
    std::string text = index().to_json();
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, std::string_view(from).size(), to);
    expect_error(PackIndex::read(text, "index.json"), ErrorCode::invalid_document, words);
  };
  refused(R"("metadata": 2)", R"("metadata": 9)", "rests on metadata that is not listed");
  refused(R"(      "superseded_at": "2026-01-02T00:00:00Z",)", "", "two revisions of goods are in use");
  refused(R"("revision": 2)", R"("revision": 1)", "in order");
  refused(R"("id": "tax")", R"("id": "../tax")", "no id of a pack");
  refused(R"("generation": 3)", R"("generation": 0)", "at least 1");
  refused(R"("log_index": 4)", R"("log_index": 4, "other": 1)", "not known");
  refused(R"("code": "failed_test")", R"("code": "none")", "no code of an error");
  refused("greenlane.pack_index/1", "greenlane.pack_index/2", "greenlane.pack_index/1");
}

TEST(PackIndexDocument, KeepsTheLatestRefusalsAndCountsNoneTwice) {
  PackIndex index;
  for (int i = 0; i < 150; ++i) {
    index.refuse({.target = "criteria/x/" + std::to_string(i) + ".json", .pack = {}, .revision = 0, .digest = {}, .first_at = {}, .last_at = {}, .error = {.message = "no"}});
  }
  EXPECT_EQ(index.refusals.size(), PackIndex::max_refusals);
  Refusal again = index.refusals[10];
  again.first_at = again.last_at = time("2026-01-09T00:00:00Z");
  index.refuse(again);
  EXPECT_EQ(index.refusals.size(), PackIndex::max_refusals);
  EXPECT_EQ(index.refusals.back().last_at, time("2026-01-09T00:00:00Z"));
  EXPECT_EQ(index.refusals.back().first_at, std::chrono::sys_seconds());
}

TEST(PackIndexDocument, CanBeReadWhateverTextARefusalHas) {
  PackIndex index;
  index.generation = 1;
  index.refuse({.target = "criteria/x", .pack = {}, .revision = 0, .digest = {}, .first_at = {}, .last_at = {}, .error = {.code = ErrorCode::not_trusted, .message = "\xff\xfe"}});
  index.refuse({.target = "criteria/y", .pack = {}, .revision = 0, .digest = {}, .first_at = {}, .last_at = {}, .error = {.code = ErrorCode::not_trusted, .message = std::string(100'000, 'a')}});
  const auto read = PackIndex::read(index.to_json(), "index.json");
  ASSERT_TRUE(read.ok()) << read.error().to_text();
  EXPECT_EQ(read->refusals.size(), 2u);
}

TEST(PackIndexDocument, ForgetsMetadataThatNothingRestsOn) {
  PackIndex index = test::index();
  index.sets.push_back({.number = 7, .root = 1, .timestamp = 6, .snapshot = 5, .targets = 4});
  index.sets.push_back({.number = 8, .root = 1, .timestamp = 7, .snapshot = 6, .targets = 5});
  index.drop_unused_sets();
  ASSERT_EQ(index.sets.size(), 2u);
  EXPECT_NE(index.set(2), nullptr);
  EXPECT_NE(index.set(8), nullptr);
}

}  // namespace
}  // namespace greenlane::test
