// Random documents, sound and damaged, come out of both lanes alike.
#include <gtest/gtest.h>

#include <filesystem>

#include "table_fixture.h"
#include "tests/support/both_lanes.h"
#include "tests/support/long_form.h"
#include "tests/support/random_documents.h"
#include "tests/support/test_data.h"

namespace greenlane::document {
namespace {

using greenlane::test::BothLanes;
using greenlane::test::RandomDocuments;
using greenlane::test::rounds;

std::shared_ptr<const FieldTable> declarations() { return builtin_table("greenlane.declaration/1").value(); }

std::vector<std::string> sample_texts() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(greenlane::test::source_root() / "samples/declarations")) {
    if (entry.path().extension() == ".json") texts.push_back(greenlane::test::read_file(entry.path()));
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

/// The declaration's schema without one keyword, wherever it stands.
json::Value without(std::string_view keyword, const json::Value& schema) {
  if (schema.is_array()) {
    json::Array all;
    for (const json::Value& element : schema.array()) all.push_back(without(keyword, element));
    return all;
  }
  if (!schema.is_object()) return schema;
  json::Object kept;
  for (const json::Member& member : schema.object()) {
    if (member.key != keyword || member.value.is_object()) kept.push_back({member.key, without(keyword, member.value)});
  }
  return kept;
}

TEST(BothLanes, AgreeOnRandomDeclarations) {
  const auto table = declarations();
  BothLanes lanes(table);
  RandomDocuments documents(*table, 1);
  const unsigned count = rounds(10'000, 400'000);
  unsigned fast = 0;
  for (unsigned i = 0; i < count; ++i) {
    const std::string text = documents.next(i % 4 == 0 ? 20 : 0);
    const std::string difference = lanes.difference(text);
    ASSERT_EQ(difference, "") << text;
    fast += lanes.was_fast() ? 1u : 0u;
  }
  EXPECT_GT(fast, count / 10) << "both lanes have been tried";
  EXPECT_LT(fast, count - count / 10);
}

TEST(BothLanes, AgreeOnRandomOrders) {
  const auto table = test::small_table();
  BothLanes lanes(table);
  RandomDocuments documents(*table, 2);
  for (unsigned i = 0; i < rounds(5'000, 400'000); ++i) {
    const std::string text = documents.next(i % 2 == 0 ? 30 : 0);
    ASSERT_EQ(lanes.difference(text), "") << text;
    const std::string damaged = documents.damaged(text);
    ASSERT_EQ(lanes.difference(damaged), "") << damaged;
  }
}

TEST(BothLanes, AgreeOnDamagedSamples) {
  const auto table = declarations();
  BothLanes lanes(table);
  RandomDocuments documents(*table, 3);
  const auto samples = sample_texts();
  unsigned fast = 0;
  for (unsigned i = 0; i < rounds(5'000, 200'000); ++i) {
    const std::string text = documents.damaged(samples[i % samples.size()]);
    ASSERT_EQ(lanes.difference(text), "") << text;
    fast += lanes.was_fast() ? 1u : 0u;
  }
  EXPECT_GT(fast, 100u);
}

TEST(BothLanes, WouldShowALaneThatIsSloppy) {
  const auto table = declarations();
  for (const std::string_view keyword : {"maxLength", "pattern", "maximum", "required", "additionalProperties"}) {
    const auto sloppy = FieldTable::from_schema(without(keyword, table->schema())).value();
    BothLanes lanes(table, sloppy);
    RandomDocuments documents(*table, 4);
    unsigned tried = 0;
    while (tried < 20'000 && lanes.difference(documents.next(20)).empty()) ++tried;
    EXPECT_LT(tried, 20'000u) << keyword;
  }
}

}  // namespace
}  // namespace greenlane::document
