// What is wrong in a pack is told with its place: the list of the language, of periods, of lists, of costs.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

std::string told(const std::vector<Draft>& criteria, std::string_view lists = "{}") {
  return compile(criteria, lists).mistake();
}

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(PackMistakes, IncludeConditionsThatDoNotTypeCheck) {
  const std::string mistake =
      told({{.when = "true"}, {.when = "item.origin.contry_code == 'JP'", .id = "T.TWO", .each = "items"}});
  EXPECT_EQ(mistake,
            "invalid_expression /criteria/1/when criterion T.TWO@1: line 1, column 1 of its condition: "
            "'origin' has no field "
            "'contry_code'; did you mean 'country_code'?");
  EXPECT_TRUE(says(told({{.when = "declaration.direction"}}), "should be a bool, but it is a string"));
  EXPECT_TRUE(says(told({{.when = "item.hs == '0307'"}}), "there is no 'item' here"));
  EXPECT_TRUE(says(told({{.when = "row.x == 'a'"}}), "there is no 'row' here"));
}

TEST(PackMistakes, IncludeTablesAndArraysThatAreNotThere) {
  EXPECT_TRUE(says(told({{.when = "true", .rows = "bands"}}),
                   "invalid_pack /criteria/0/rows criterion T.ONE@1: there is no table 'bands'"));
  EXPECT_TRUE(
      says(told({{.when = "true", .rows = "codes"}}, R"({"codes": {"type": "string", "values": []}})"),
           "there is no table 'codes'"));
  EXPECT_TRUE(says(told({{.when = "true", .each = "itmes"}}),
                   "invalid_pack /criteria/0/each criterion T.ONE@1: there is no field 'itmes' in 'itmes'; "
                   "did you mean 'items'?"));
  EXPECT_TRUE(says(told({{.when = "true", .each = "parties"}}), "is no array of objects"));
  EXPECT_TRUE(says(told({{.when = "true", .each = "items.vins"}}), "is no array of objects"));
  EXPECT_TRUE(says(told({{.when = "true", .each = "items.origin"}}), "is no array of objects"));
}

TEST(PackMistakes, IncludePlacesAndMessagesOfFieldsThatAreNotThere) {
  EXPECT_TRUE(says(told({{.when = "true", .each = "items", .at = {"item.hs", "item.colour"}}}),
                   "/criteria/0/finding/at/1"));
  EXPECT_TRUE(says(told({{.when = "true", .at = {"item.hs"}}}), "/criteria/0/finding/at/0"));
  EXPECT_TRUE(says(told({{.when = "true", .each = "items", .at = {"item.packages.type"}}}),
                   "/criteria/0/finding/at/0"));
  EXPECT_TRUE(
      says(told({{.when = "true", .message = "origin {item.origin}"}}), "/criteria/0/finding/message/en"));
  EXPECT_TRUE(says(told({{.when = "true", .message = "half {declaration.lrn"}}), "without its '}'"));
  EXPECT_TRUE(says(
      told({{.when = "true",
             .remedies = R"([{"kind": "correct", "field": "item.hs", "text": {"en": "a", "zh": "b"}}])"}}),
      "/criteria/0/remedies"));
}

TEST(PackMistakes, IncludePeriodsThatOverlap) {
  const Draft first{.when = "true", .from = "2023-08-24", .to = "2025-06-29"};
  const Draft second{.when = "true", .version = 2, .from = "2025-06-29"};
  EXPECT_EQ(told({first, second}),
            "invalid_pack /criteria/1/effective criterion T.ONE@2: it is in force 2025-06-29 to open end, "
            "which overlaps with T.ONE@1 "
            "(2023-08-24 to 2025-06-29); end the one before the other begins");
  Draft ended = first;
  ended.to = "2025-06-28";
  EXPECT_EQ(told({ended, second}), "");
  EXPECT_EQ(told({second, ended}), "");
  Draft open = first;
  open.to = "";
  EXPECT_TRUE(says(told({open, second}), "overlaps"));
  EXPECT_TRUE(says(told({second, open}), "overlaps"));
}

TEST(PackMistakes, IncludePeriodsThatEndBeforeTheyBeginAndVersionsThatAreThereTwice) {
  EXPECT_TRUE(
      says(told({{.when = "true", .from = "2025-01-02", .to = "2025-01-01"}}), "ends before it begins"));
  EXPECT_EQ(told({{.when = "true", .from = "2025-01-01", .to = "2025-01-01"}}), "");
  EXPECT_TRUE(says(told({{.when = "true"}, {.when = "false"}}),
                   "/criteria/1/version criterion T.ONE@1: this version is in the pack twice"));
}

TEST(PackMistakes, IncludeSupersedingWhatIsNotThere) {
  EXPECT_TRUE(
      says(told({{.when = "true", .supersedes = "T.OLD@1"}}),
           "/criteria/0/supersedes criterion T.ONE@1: it supersedes T.OLD@1, which the pack does not hold"));
  EXPECT_TRUE(says(told({{.when = "true", .id = "T.OLD"}, {.when = "true", .supersedes = "T.OLD@1"}}),
                   "overlaps with that of T.OLD@1"));
  EXPECT_EQ(told({{.when = "true", .id = "T.OLD", .to = "2024-12-31"},
                  {.when = "true", .from = "2025-01-01", .supersedes = "T.OLD@1"}}),
            "");
}

TEST(PackMistakes, IncludeConditionsThatCostTooMuch) {
  const std::string mistake = told({{.when = "declaration.items.all(a, declaration.items.all(b, "
                                             "declaration.items.all(c, a.hs == c.hs || b.hs == c.hs)))"}});
  EXPECT_EQ(mistake.substr(0, 69), "limit_exceeded /criteria/0/when criterion T.ONE@1: the expression may");
  EXPECT_TRUE(says(mistake, "units, more than the bound of 15000000"));
}

TEST(PackMistakes, IncludeListsWhoseValuesAreNotOfTheirType) {
  EXPECT_EQ(
      told({{.when = "true"}}, R"({"codes": {"type": "hs", "values": ["0307", "03.07"]}})"),
      "invalid_pack /lists/codes/values/1 expected a commodity code of 2 to 12 digits, found \"03.07\"");
  EXPECT_TRUE(says(
      told({{.when = "true"}}, R"({"t": {"columns": [{"name": "a", "type": "date"}], "rows": [["x"]]}})"),
      "/lists/t/rows/0/0"));
  EXPECT_TRUE(says(
      told(
          {{.when = "true"}},
          R"({"t": {"columns": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}], "rows": [["x"]]}})"),
      "/lists/t/rows/0"));
}

TEST(PackMistakes, IncludeTablesWhoseColumnsHaveTheSameName) {
  EXPECT_NE(
      told(
          {{.when = "true"}},
          R"({"t": {"columns": [{"name": "a", "type": "string"}, {"name": "a", "type": "hs"}], "rows": []}})"),
      "");
}

TEST(PackMistakes, AreFoundByTheSchemaWithTheirPointer) {
  json::Value pack = pack_json({{.when = "true"}});
  pack.find("criteria")->array()[0].set("levle", "high");
  EXPECT_EQ(compile_json(pack).mistake().substr(0, 36), "invalid_document /criteria/0/levle u");
  pack = pack_json({{.when = "true", .level = "urgent"}});
  EXPECT_EQ(compile_json(pack).mistake().substr(0, 34), "invalid_document /criteria/0/level");
  pack = pack_json({{.when = "true", .from = "2025-02-30"}});
  EXPECT_EQ(compile_json(pack).mistake().substr(0, 43), "invalid_document /criteria/0/effective/from");
  pack = pack_json({{.when = "true"}});
  pack.set("applies_to", "greenlane.nothing/1");
  EXPECT_EQ(compile_json(pack).mistake(),
            "invalid_pack /applies_to there is no document type \"greenlane.nothing/1\"");
}

TEST(PackMistakes, AreAllToldAtOnce) {
  const Compiled made = compile(
      {{.when = "itm"}, {.when = "true", .id = "T.TWO", .rows = "bands"}, {.when = "true", .id = "T.THREE"}});
  EXPECT_EQ(made.pack, nullptr);
  std::size_t errors = 0;
  for (const auto& issue : made.issues) errors += issue.is_error ? 1 : 0;
  EXPECT_EQ(errors, 2u);
}

TEST(PackWarnings, AskForTestsOfEveryOutcome) {
  const Compiled made =
      compile({{.when = "true", .tests = R"([{"name": "n", "declaration": {}, "expect": "hit"}])"}});
  ASSERT_NE(made.pack, nullptr);
  ASSERT_EQ(made.issues.size(), 2u);
  EXPECT_FALSE(made.issues[0].is_error);
  EXPECT_EQ(made.issues[0].error.message, "criterion T.ONE@1: no test expects 'clear'");
  EXPECT_EQ(made.issues[1].error.message, "criterion T.ONE@1: no test expects 'undetermined'");
}

TEST(PackLimits, BoundTheNumberOfCriteria) {
  EXPECT_TRUE(says(compile_json(pack_json({{.when = "true"}, {.when = "true", .id = "T.TWO"}}),
                                {.max_cost = 1000, .max_criteria = 1})
                       .mistake(),
                   "limit_exceeded /criteria the pack has 2 criteria, more than the bound of 1"));
}

}  // namespace
}  // namespace greenlane::test
