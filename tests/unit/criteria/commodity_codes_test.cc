// Commodity codes and reference lists in conditions.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

constexpr std::string_view lists = R"({
  "fish": {"type": "hs", "values": ["03", "1604", "160520"]},
  "banned": {"type": "country", "values": ["JP", "KP"]},
  "none": {"type": "hs", "values": []},
  "band": {"columns": [{"name": "heading", "type": "hs"}, {"name": "origin", "type": "country"}, {"name": "p05", "type": "decimal"},
                       {"name": "from", "type": "date"}, {"name": "to", "type": "date"}],
           "rows": [["0307", "JP", "1.5", null, "2024-12-31"], ["0307", "JP", "2.50", "2025-01-01", null], ["030722", "JP", "4", null, null],
                    ["03", null, "9", null, null], ["8429", "US", null, "2030-01-01", null]]}
})";

/// The verdict for one item with this code and origin.
std::string item(std::string_view when, std::string_view hs, std::string_view origin = "JP") {
  return verdict({.when = std::string(when), .each = "items"},
                 R"("items": [{"hs": ")" + std::string(hs) + R"(", "origin": {"country_code": ")" +
                     std::string(origin) + R"("}}])",
                 lists);
}

TEST(CommodityCodes, AreUnderTheirPrefixes) {
  EXPECT_EQ(item("item.hs.under('0307')", "0307220000"), "hit");
  EXPECT_EQ(item("item.hs.under('0308')", "0307220000"), "clear");
  EXPECT_EQ(item("item.hs.under('0307220000')", "0307220000"), "hit");
  EXPECT_EQ(item("item.hs.under('0307220000')", "0307"), "clear");
  EXPECT_EQ(item("item.hs.under(['1604', '0307'])", "0307220000"), "hit");
  EXPECT_EQ(item("item.hs.under([])", "0307220000"), "clear");
  EXPECT_EQ(item("item.hs == '0307220000' && item.hs != '0307'", "0307220000"), "hit");
}

TEST(CommodityCodes, AreUnderAListWhoseElementIsAPrefix) {
  EXPECT_EQ(item("item.hs.under(lists.fish)", "0307220000"), "hit");
  EXPECT_EQ(item("item.hs.under(lists.fish)", "1605200000"), "hit");
  EXPECT_EQ(item("item.hs.under(lists.fish)", "1605"), "clear");
  EXPECT_EQ(item("item.hs.under(lists.none)", "1605"), "clear");
  EXPECT_EQ(item("item.hs in lists.fish", "0307220000"), "clear");
  EXPECT_EQ(item("item.hs in lists.fish", "1604"), "hit");
  EXPECT_EQ(item("item.origin.country_code in lists.banned", "0307"), "hit");
}

TEST(CommodityCodes, KnowTheirChapterHeadingAndSubheading) {
  EXPECT_EQ(
      item("item.hs.chapter() == '03' && item.hs.heading() == '0307' && item.hs.subheading() == '030722'",
           "0307220000"),
      "hit");
  EXPECT_EQ(item("item.hs.subheading() == '030722'", "0307").substr(0, 6), "error:");
}

TEST(CommodityCodes, InConditionsAreCheckedWhenThePackIsCompiled) {
  EXPECT_EQ(item("item.hs.under('fish')", "0307"),
            "refused: invalid_expression /criteria/0/when criterion T.ONE@1: line 1, column 15 of its "
            "condition: \"fish\" is not a commodity "
            "code; expected 2 to 12 digits");
  EXPECT_EQ(item("item.hs == '03.07'", "0307").substr(0, 27), "refused: invalid_expression");
  EXPECT_EQ(item("item.hs == 307", "0307").substr(0, 27), "refused: invalid_expression");
  EXPECT_EQ(item("item.hs in lists.banned", "0307").substr(0, 27), "refused: invalid_expression");
}

TEST(CommodityCodes, InListsThatAreMissingAreMistakesThatNameTheNearestList) {
  const std::string got = item("item.hs.under(lists.fsh)", "0307");
  EXPECT_NE(got.find("column 15"), std::string::npos) << got;
  EXPECT_NE(got.find("'lists.fsh'"), std::string::npos) << got;
  EXPECT_NE(got.find("did you mean 'lists.fish'?"), std::string::npos) << got;
}

TEST(CommodityCodes, OfItemsWithoutOneAreUndetermined) {
  EXPECT_EQ(
      verdict({.when = "item.hs.under(lists.fish)", .each = "items"}, R"("items": [{"seq": 1}])", lists),
      "undetermined /items/0/hs");
}

TEST(CommodityCodes, KnownToBeNoneAreInNoListAndUnderNoPrefix) {
  const std::string_view none = R"("items": [{"hs": null, "origin": {"country_code": null}}])";
  for (const char* when : {"item.hs.under(lists.fish)", "item.hs.under('03')", "item.hs.under(['03'])",
                           "item.origin.country_code in lists.banned", "lists.band.has(item.hs, 'JP')",
                           "item.hs == '0307'", "item.hs in lists.fish"}) {
    EXPECT_EQ(verdict({.when = when, .each = "items"}, none, lists), "clear") << when;
  }
}

TEST(Tables, GiveTheRowWithTheLongestPrefix) {
  EXPECT_EQ(item("lists.band.row(item.hs, item.origin.country_code).p05 == 4", "0307220000"), "hit");
  EXPECT_EQ(item("lists.band.row(item.hs, item.origin.country_code).p05 == 2.5", "0307990000"), "hit");
  EXPECT_EQ(item("lists.band.has(item.hs, item.origin.country_code)", "0302000000"), "clear");
  EXPECT_EQ(item("lists.band.has(item.hs)", "0302000000"), "hit");
  EXPECT_EQ(item("lists.band.row(item.hs).p05 == 9", "0302000000"), "hit");
  EXPECT_EQ(item("lists.band.has('0307', 'JP') && !lists.band.has('0307', 'US')", "0307"), "hit");
}

TEST(Tables, GiveRowsInForceOnTheAsOfDateOnly) {
  const Compiled pack = good({{.when = "lists.band.row(item.hs, 'JP').p05 == 1.5", .each = "items"}}, lists);
  const std::string_view members = R"("items": [{"hs": "0307990000"}])";
  EXPECT_EQ(verdict(assess(pack, members, Date::parse("2024-12-31"))), "hit");
  EXPECT_EQ(verdict(assess(pack, members, Date::parse("2025-01-01"))), "clear");
  EXPECT_EQ(item("lists.band.has(item.hs, 'US')", "8429"), "clear");
}

TEST(Tables, AreErrorsWhereARowIsReadThatIsNotThere) {
  EXPECT_EQ(item("lists.band.row(item.hs, item.origin.country_code).p05 < 3", "9999"),
            "error: lists.band has no such row; ask with has() first");
  EXPECT_EQ(item("lists.band.has(item.hs, item.origin.country_code) && lists.band.row(item.hs, "
                 "item.origin.country_code).p05 < 3",
                 "9999"),
            "clear");
}

TEST(Tables, TakeAsManyKeysAsTheyHaveColumnsAndOfTheirTypes) {
  EXPECT_EQ(item("lists.band.has(item.hs, item.hs)", "0307").substr(0, 27), "refused: invalid_expression");
  EXPECT_EQ(item("lists.band.has()", "0307").substr(0, 27), "refused: invalid_expression");
  EXPECT_EQ(item("lists.band.row(item.hs).p50 == 1", "0307").substr(0, 27), "refused: invalid_expression");
}

TEST(Tables, ReadLiteralKeysAsTheirOwnColumnsWhateverOtherTablesHold) {
  const std::string_view two = R"({
    "days": {"columns": [{"name": "day", "type": "date"}, {"name": "x", "type": "string"}], "rows": [["2025-01-01", "a"]]},
    "codes": {"columns": [{"name": "hs", "type": "hs"}, {"name": "x", "type": "string"}], "rows": [["0307", "a"]]},
    "names": {"columns": [{"name": "name", "type": "string"}, {"name": "x", "type": "string"}], "rows": [["acme", "a"], ["0307", "b"]]}})";
  EXPECT_EQ(verdict("lists.names.has('acme')", "", two), "hit");
  EXPECT_EQ(
      verdict("lists.names.has('0307') && lists.codes.has('0307') && lists.days.has('2025-01-01')", "", two),
      "hit");
}

TEST(Tables, TellWhichListHeldWhatWasFound) {
  const Compiled pack =
      good({{.when = "item.hs.under(lists.fish) && lists.band.has(item.hs, 'JP')", .each = "items"}}, lists);
  const Assessment a = assess(pack, R"("items": [{"hs": "0307220000"}])");
  ASSERT_EQ(a.findings.size(), 1u);
  EXPECT_EQ(a.findings[0].lists, (std::vector<std::string>{"band", "fish"}));
}

}  // namespace
}  // namespace greenlane::test
