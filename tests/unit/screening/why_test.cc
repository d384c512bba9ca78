// What `screen --why` adds: near misses of all criteria, and what lowers the level.
#include "screening/why.h"

#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

Assessment assessed(const std::vector<Draft>& drafts, std::string_view members, std::string_view lists = "{}") {
  const Compiled pack = good(drafts, lists);
  const auto document = declaration(members);
  auto made = screening::screen(pack.pack, pack.identity, *document, test_day());
  EXPECT_TRUE(made.ok());
  if (!made.ok()) return {};
  made->why = screening::why(pack.pack, *document, *made);
  return *std::move(made);
}

std::string lower(const Assessment& a) {
  std::string out;
  for (const ChangeSet& set : a.why->lower) {
    for (const Change& change : set.changes) out += change.kind + " " + (change.code.empty() ? change.pointer : change.code) + "; ";
    out += set.certain ? "certain\n" : "open\n";
  }
  return out;
}

std::string near_misses(const Assessment& a) {
  std::string out;
  for (const NearMiss& miss : a.why->near_misses) {
    out += miss.criterion->id + " " + miss.at + " " + (miss.margin ? miss.margin->distance : "-") + "\n";
  }
  return out;
}

std::string document_remedy(const std::string& code) {
  return R"([{"kind": "document", "code": ")" + code + R"(", "text": {"en": "add", "zh": "补充"}}])";
}
const std::string mass_remedy = R"([{"kind": "correct", "field": "declaration.totals.gross_kg", "text": {"en": "weigh", "zh": "称重"}}])";

Draft wants(const std::string& id, const std::string& code, const std::string& level = "high") {
  return {.when = "!declaration.documents.exists(d, d.type == '" + code + "')", .id = id, .level = level, .remedies = document_remedy(code)};
}

TEST(Why, LowersTheLevelByAllThatMakesIt) {
  const Assessment a = assessed({wants("T.A", "A"), wants("T.B", "B"), wants("T.C", "C", "low")}, R"("documents": [])");
  EXPECT_EQ(lower(a), "add A; add B; certain\n");
}

TEST(Why, NamesNoChangeThatMakesAnotherCriterionOfThatLevelHit) {
  const Draft either{.when = "declaration.documents.all(d, d.type != 'A' && d.type != 'B')",
                     .id = "T.E",
                     .remedies = R"([{"kind": "document", "code": "A", "text": {"en": "a", "zh": "a"}},
                                     {"kind": "document", "code": "B", "text": {"en": "b", "zh": "b"}}])"};
  const Draft not_a{.when = "declaration.documents.exists(d, d.type == 'A')", .id = "T.N", .level = "high"};
  EXPECT_EQ(lower(assessed({either, not_a}, R"("documents": [])")), "add B; certain\n");
  Draft low = not_a;
  low.level = "low";
  EXPECT_EQ(lower(assessed({either, low}, R"("documents": [])")), "add A; certain\nadd B; certain\n");
}

TEST(Why, SaysWhenAnotherCriterionMightHitAfterTheChange) {
  const Draft net{.when = "declaration.totals.net_kg > declaration.totals.gross_kg", .id = "T.N", .remedies = mass_remedy};
  const Draft heavy{.when = "declaration.totals.gross_kg > 1000", .id = "T.H"};
  const Assessment a = assessed({net, heavy}, R"("totals": {"net_kg": "10", "gross_kg": "9"})");
  EXPECT_EQ(lower(a), "correct /totals/gross_kg; open\n");
  EXPECT_EQ(a.why->lower[0].depends_on, std::vector<std::string>{"/totals/gross_kg"});
}

TEST(Why, HasNothingToLowerWhereNothingHits) {
  EXPECT_EQ(lower(assessed({wants("T.A", "A")}, R"("documents": [{"type": "A"}])")), "");
  EXPECT_EQ(lower(assessed({wants("T.A", "A")}, "")), "") << "undetermined is no level";
}

TEST(Why, ListsWhatIsNearTheNearestFirst) {
  const auto above = [](const std::string& id, const std::string& bound) {
    return Draft{.when = "declaration.direction == 'import' && declaration.totals.gross_kg > " + bound, .id = id};
  };
  const Assessment a = assessed({above("T.A", "105"), above("T.B", "101"), above("T.C", "200"), wants("T.D", "A"),
                                 {.when = "declaration.direction == 'export' && declaration.lrn == 'x'", .id = "T.E"},
                                 {.when = "declaration.declared_on > as_of && declaration.direction == 'import'", .id = "T.F"}},
                                R"("direction": "import", "lrn": "x", "declared_on": "2025-06-20", "totals": {"gross_kg": "100"},
                                   "documents": [{"type": "A"}])");
  EXPECT_EQ(near_misses(a), "T.B  1\nT.A  5\nT.F  11\n") << "T.C is far, T.E a matter of kind, T.D one part only";
}

TEST(Why, NamesDocumentsThatAreAllThatKeepsACriterionFromHitting) {
  const Draft wanted{.when = "declaration.direction == 'import' && !declaration.documents.exists(d, d.type == 'A')"};
  EXPECT_EQ(near_misses(assessed({wanted}, R"("direction": "import", "documents": [{"type": "A"}])")), "T.ONE  -\n");
}

TEST(Why, BoundsTheNearMissesAndSaysSo) {
  std::string items;
  for (int i = 0; i < 30; ++i) items += (i > 0 ? "," : "") + std::string(R"({"measure": {"net_kg": ")") + std::to_string(70 + i) + "\"}}";
  const Assessment a = assessed({{.when = "item.measure.net_kg > 100", .each = "items"}}, "\"items\": [" + items + "]");
  EXPECT_EQ(a.why->near_misses.size(), 10u) << "those within a tenth";
  EXPECT_EQ(a.why->near_misses.front().at, "/items/29");
  const Assessment many = assessed({{.when = "item.measure.net_kg > 100", .each = "items"}, {.when = "item.measure.net_kg > 101", .id = "T.TWO", .each = "items"},
                                    {.when = "item.measure.net_kg > 102", .id = "T.THREE", .each = "items"}}, "\"items\": [" + items + "]");
  EXPECT_EQ(many.why->near_misses.size(), 20u);
  EXPECT_TRUE(many.why->near_misses_omitted);
}

TEST(Why, StandsBehindTheAssessmentThatItDoesNotChange) {
  const Compiled pack = good({wants("T.A", "A")});
  const auto document = declaration(R"("documents": [])");
  Assessment plain = screening::screen(pack.pack, pack.identity, *document, test_day()).value();
  const std::string before = plain.to_json();
  plain.why = screening::why(pack.pack, *document, plain);
  const std::string after = plain.to_json();
  EXPECT_TRUE(after.starts_with(before.substr(0, before.size() - 1)));
  EXPECT_EQ(after.substr(before.size() - 1),
            R"(,"near_misses":[],"lower":[{"changes":[{"kind":"add","pointer":"/documents","code":"A"}],"certain":true}]})");
}

}  // namespace
}  // namespace greenlane::test
