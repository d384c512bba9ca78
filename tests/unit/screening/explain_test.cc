// Why a criterion hit, did not hit, or could not be decided.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

const Draft condition{.when =
                          "item.origin.country_code == 'JP' && (item.hs.under('03') || item.used) && "
                          "item.origin.region_id == 'JP-12'",
                      .each = "items"};

Result<Explanation> explained(const Compiled& pack, std::string_view members,
                              screening::ExplainRequest request) {
  if (!request.as_of) request.as_of = test_day();
  return screening::explain(pack.pack, pack.identity, *declaration(members), request);
}

Explanation one(const Draft& draft, std::string_view members, std::string at = {}) {
  auto made = explained(good({draft}), members, {.criterion = "T.ONE", .at = std::move(at), .as_of = {}});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().to_text());
  return made.ok() ? *std::move(made) : Explanation{};
}

/// "text = value" of every part, children behind their parents.
std::string tree(const ExplainedPart& part) {
  std::string out = part.label + part.text + " = ";
  if (!part.missing.empty()) out += "?";
  for (const std::string& pointer : part.missing) out += " " + pointer;
  if (!part.error.empty()) out += "error: " + part.error;
  out += part.value + "\n";
  for (const ExplainedPart& child : part.children) out += tree(child);
  return out;
}

TEST(Explain, ShowsEveryPartOfAHit) {
  const Explanation e = one(
      condition,
      R"("items": [{"hs": "0307", "used": false, "origin": {"country_code": "JP", "region_id": "JP-12"}}])");
  EXPECT_EQ(e.outcome, "hit");
  ASSERT_EQ(e.evaluations.size(), 1u);
  EXPECT_EQ(e.evaluations[0].at, "/items/0");
  EXPECT_EQ(tree(e.evaluations[0].tree),
            "item.origin.country_code == 'JP' && (item.hs.under('03') || item.used) && item.origin.region_id "
            "== 'JP-12' = true\n"
            "item.origin.country_code == 'JP' = true\n"
            "item.origin.country_code = \"JP\"\n"
            "item.hs.under('03') || item.used = true\n"
            "item.hs.under('03') = true\n"
            "item.hs = \"0307\"\n"
            "item.used = false\n"
            "item.origin.region_id == 'JP-12' = true\n"
            "item.origin.region_id = \"JP-12\"\n");
}

TEST(Explain, ShowsEveryPartOfWhatDidNotHitAlsoBehindThePartThatDecided) {
  const Explanation e = one(
      condition,
      R"("items": [{"hs": "0307", "used": false, "origin": {"country_code": "US", "region_id": "JP-12"}}])");
  EXPECT_EQ(e.outcome, "clear");
  ASSERT_EQ(e.evaluations.size(), 1u);
  const std::string shown_tree = tree(e.evaluations[0].tree);
  EXPECT_NE(shown_tree.find("item.origin.country_code == 'JP' = false"), std::string::npos) << shown_tree;
  EXPECT_NE(shown_tree.find("item.origin.region_id == 'JP-12' = true"), std::string::npos) << shown_tree;
}

TEST(Explain, ShowsWhichPartCouldNotBeDecidedAndWhy) {
  const Explanation e = one(condition, R"("items": [{"hs": "0307", "origin": {"country_code": "JP"}}])");
  EXPECT_EQ(e.outcome, "undetermined");
  ASSERT_EQ(e.evaluations.size(), 1u);
  EXPECT_EQ(e.evaluations[0].missing, std::vector<std::string>{"/items/0/origin/region_id"});
  const std::string shown_tree = tree(e.evaluations[0].tree);
  EXPECT_NE(shown_tree.find("item.origin.region_id == 'JP-12' = ? /items/0/origin/region_id"),
            std::string::npos)
      << shown_tree;
  EXPECT_NE(shown_tree.find("item.used = ? /items/0/used"), std::string::npos) << shown_tree;
}

TEST(Explain, SaysWhenACriterionIsNotInForce) {
  const Draft old{.when = "true", .from = "2020-01-01", .to = "2020-12-31"};
  EXPECT_EQ(one(old, "").outcome, "not_in_force");
  EXPECT_EQ(one(old, "").evaluations.size(), 0u);
}

TEST(Explain, TakesTheVersionInForceOrTheOneAskedFor) {
  const Compiled pack = good({{.when = "true", .version = 1, .from = "2020-01-01", .to = "2025-06-28"},
                              {.when = "false", .version = 2, .from = "2025-06-29"}});
  EXPECT_EQ(explained(pack, "", {.criterion = "T.ONE", .at = {}, .as_of = {}}).value().criterion->version, 2);
  EXPECT_EQ(explained(pack, "", {.criterion = "T.ONE", .at = {}, .as_of = Date::parse("2025-06-28")})
                .value()
                .criterion->version,
            1);
  EXPECT_EQ(explained(pack, "", {.criterion = "T.ONE", .at = {}, .as_of = Date::parse("2019-01-01")})
                .value()
                .outcome,
            "not_in_force");
  const auto asked = explained(pack, "", {.criterion = "T.ONE@1", .at = {}, .as_of = {}}).value();
  EXPECT_EQ(asked.criterion->version, 1);
  EXPECT_EQ(asked.outcome, "not_in_force");
}

TEST(Explain, OfOneElementSaysNothingOfTheOthers) {
  const std::string_view members =
      R"("items": [{"origin": {"country_code": "US"}}, {"hs": "0307", "origin": {"country_code": "JP", "region_id": "JP-12"}}])";
  const Explanation first = one(condition, members, "/items/0");
  ASSERT_EQ(first.evaluations.size(), 1u);
  EXPECT_EQ(first.evaluations[0].outcome, "clear");
  EXPECT_EQ(first.outcome, "clear");
  EXPECT_EQ(one(condition, members, "/items/1").outcome, "hit");
  EXPECT_EQ(one(condition, members).outcome, "hit");
}

TEST(Explain, OfAnElementOrACriterionThatIsNotThereIsAnErrorWithHelp) {
  const Compiled pack = good({condition});
  const auto nowhere =
      explained(pack, R"("items": [])", {.criterion = "T.ONE", .at = "/items/3", .as_of = {}});
  ASSERT_FALSE(nowhere.ok());
  EXPECT_EQ(nowhere.error().code, ErrorCode::not_found);
  EXPECT_NE(nowhere.error().message.find("/items/3"), std::string::npos);
  const auto nobody = explained(pack, "", {.criterion = "T.OEN", .at = {}, .as_of = {}});
  ASSERT_FALSE(nobody.ok());
  EXPECT_NE(nobody.error().message.find("did you mean 'T.ONE'?"), std::string::npos)
      << nobody.error().message;
}

TEST(Explain, NamesArraysThatWereNotDeclared) {
  const Explanation e = one(condition, "");
  EXPECT_EQ(e.outcome, "undetermined");
  EXPECT_EQ(e.missing, std::vector<std::string>{"/items"});
}

TEST(Explain, ShowsTheTurnsOfAQuantifier) {
  const Explanation e = one({.when = "declaration.documents.exists(d, d.type == 'HEALTH_CERT')"},
                            R"("documents": [{"type": "INVOICE"}, {}])");
  ASSERT_EQ(e.evaluations.size(), 1u);
  const std::string shown_tree = tree(e.evaluations[0].tree);
  EXPECT_NE(shown_tree.find("d = [0]"), std::string::npos) << shown_tree;
  EXPECT_NE(shown_tree.find("? /documents/1/type"), std::string::npos) << shown_tree;
}

TEST(Explain, ShowsTheRowsThatWereLookedAtAndCountsTheClearOnesItLeavesOut) {
  std::string rows;
  for (int i = 0; i < 40; ++i)
    rows +=
        std::string(i > 0 ? "," : "") + "[\"" + (i == 30 ? "JP" : "US") + "\",\"" + std::to_string(i) + "\"]";
  const std::string lists =
      R"({"t": {"columns": [{"name": "o", "type": "country"}, {"name": "n", "type": "decimal"}], "rows": [)" +
      rows + "]}}";
  const auto made = explained(good({{.when = "row.o != 'US'", .rows = "t"}}, lists), "",
                              {.criterion = "T.ONE", .at = {}, .as_of = {}});
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->outcome, "hit");
  std::size_t hits = 0;
  for (const auto& evaluation : made->evaluations) {
    ASSERT_TRUE(evaluation.row.has_value());
    if (evaluation.outcome != "hit") continue;
    ++hits;
    EXPECT_EQ(evaluation.row->line, 31u);
  }
  EXPECT_EQ(hits, 1u);
  EXPECT_EQ(made->evaluations.size() + made->omitted, 40u);
}

TEST(Explain, AgreesWithScreening) {
  const std::vector<std::string> members = {
      "", R"("items": [])", R"("items": [{}])",
      R"("items": [{"hs": "0307", "origin": {"country_code": "JP", "region_id": "JP-12"}}, {}])",
      R"("items": [{"origin": {"country_code": "JP", "region_id": null}}])"};
  const Compiled pack = good({condition});
  for (const std::string& text : members) {
    const std::string screened = verdict(assess(pack, text));
    const std::string told =
        explained(pack, text, {.criterion = "T.ONE", .at = {}, .as_of = {}}).value().outcome;
    EXPECT_EQ(told, screened.substr(0, screened.find(' '))) << text;
  }
}

TEST(Explain, IsAlwaysValidJson) {
  const Explanation e =
      one({.when = "declaration.lrn.matches('^[\"\\\\\\\\]+$') || true", .message = "x"}, R"("lrn": "\"\\")");
  EXPECT_TRUE(json::parse(e.to_json()).ok()) << e.to_json();
}

}  // namespace
}  // namespace greenlane::test
