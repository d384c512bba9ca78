// What a finding says: order, messages, places, rows, levels, coverage.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

constexpr std::string_view two_items = R"("lrn": "L-1", "items": [
  {"seq": 1, "hs": "0307220000", "description": "扇贝 scallops", "origin": {"country_code": "JP", "region_id": null}, "measure": {"net_kg": "12.50"}},
  {"seq": 2, "hs": "8429520000", "origin": {"country_code": "US"}}])";

TEST(Findings, ComeByCriterionThenByPlace) {
  const Compiled pack =
      good({{.when = "true", .id = "T.B", .each = "items", .level = "low", .at = {"item.hs"}},
            {.when = "true", .id = "T.A-2"},
            {.when = "true", .id = "T.A", .each = "items", .at = {"item.seq"}},
            {.when = "true", .id = "T.B", .version = 10, .from = "2010-01-01", .to = "2010-12-31"}});
  std::string order;
  for (const Finding& finding : assess(pack, two_items).findings)
    order += finding.criterion->id + finding.at[0].pointer + " ";
  EXPECT_EQ(order, "T.A/items/0/seq T.A/items/1/seq T.A-2 T.B/items/0/hs T.B/items/1/hs ");
}

TEST(Findings, HaveTheHighestLevelAndItsLane) {
  const auto lane_of = [](std::vector<std::string> levels) {
    std::vector<Draft> drafts;
    for (std::size_t i = 0; i < levels.size(); ++i)
      drafts.push_back({.when = "true", .id = "T.N" + std::to_string(i), .level = levels[i]});
    const Assessment a = assess(good(drafts), "");
    return std::string(to_string(a.level)) + " " + std::string(lane(a.level));
  };
  EXPECT_EQ(lane_of({}), "none green");
  EXPECT_EQ(lane_of({"low"}), "low green");
  EXPECT_EQ(lane_of({"low", "medium", "low"}), "medium yellow");
  EXPECT_EQ(lane_of({"high", "low"}), "high red");
}

TEST(Findings, AreCountedByDomain) {
  const Compiled pack = good(
      {{.when = "true", .id = "T.A", .each = "items", .domain = "tax"},
       {.when = "false", .id = "T.B", .domain = "tax"},
       {.when = "declaration.office_id == 'x'", .id = "T.C", .domain = "tax"},
       {.when = "item.origin.region_id == null", .id = "T.D", .each = "items", .domain = "food_safety"}});
  const Assessment a = assess(pack, two_items);
  const auto counts = [&](std::string_view domain) {
    const auto& c = a.coverage[static_cast<std::size_t>(std::find(domains.begin(), domains.end(), domain) -
                                                        domains.begin())];
    return std::to_string(c.evaluated) + " " + std::to_string(c.hit) + " " + std::to_string(c.undetermined);
  };
  EXPECT_EQ(counts("tax"), "3 1 1");
  EXPECT_EQ(counts("food_safety"), "1 1 1");  // one item hits, for the other the region is not known
  EXPECT_EQ(counts("personnel"), "0 0 0");
}

TEST(Messages, HaveTheValuesOfTheirPlaces) {
  const Compiled pack = good({{.when = "true",
                               .each = "items",
                               .message = "{item.description}: {item.hs}, {item.measure.net_kg} kg, region "
                                          "{item.origin.region_id}, used {item.used}, {declaration.lrn}, "
                                          "{as_of}, {size(declaration.items)}"}});
  const Assessment a = assess(pack, two_items);
  ASSERT_EQ(a.findings.size(), 2u);
  EXPECT_EQ(a.findings[0].message.en,
            "扇贝 scallops: 0307220000, 12.50 kg, region [none], used [not declared], L-1, 2025-07-01, 2");
  EXPECT_EQ(a.findings[0].message.zh,
            "命中：扇贝 scallops: 0307220000, 12.50 kg, region ［无］, used ［未申报］, L-1, 2025-07-01, 2");
  EXPECT_EQ(a.findings[1].message.en.substr(0, 30), "[not declared]: 8429520000, [n");
}

TEST(Messages, WithoutPlacesAreTakenAsTheyAre) {
  EXPECT_EQ(
      assess(good({{.when = "true", .message = "100 % \"quoted\" \\ } text"}}), "").findings.at(0).message.en,
      "100 % \"quoted\" \\ } text");
}

TEST(Places, HavePointerWcoPointerAndTheDeclaredValue) {
  const Compiled pack =
      good({{.when = "true",
             .each = "items",
             .at = {"item.origin.country_code", "item.origin.region_id", "item.measure.net_kg", "item.used",
                    "item", "declaration.lrn", "item.packages", "item.brand.name"}}});
  const Assessment a = assess(pack, two_items);
  ASSERT_EQ(a.findings.size(), 2u);
  const auto shown_place = [&](std::size_t i) {
    const Place& p = a.findings[0].at.at(i);
    return p.pointer + " " + p.wco + " " + p.value.value_or("-");
  };
  EXPECT_EQ(shown_place(0), "/items/0/origin/country_code 42A/67A/68A[1]/92A#063 \"JP\"");
  EXPECT_EQ(shown_place(1), "/items/0/origin/region_id 42A/67A/68A[1]/92A#066 null");
  EXPECT_EQ(shown_place(2), "/items/0/measure/net_kg 42A/67A/68A[1]/23A/65A#128 \"12.50\"");
  EXPECT_EQ(shown_place(3), "/items/0/used  -");
  EXPECT_EQ(shown_place(4), "/items/0 42A/67A/68A[1] -");
  EXPECT_EQ(shown_place(5), "/lrn 42A#D026 \"L-1\"");
  EXPECT_EQ(shown_place(6), "/items/0/packages 42A/67A/68A[1]/93A -");
  EXPECT_EQ(shown_place(7), "/items/0/brand/name  -");
  EXPECT_EQ(a.findings[1].at[0].wco, "42A/67A/68A[2]/92A#063");
}

TEST(Places, OfTheWholeDeclarationAreTheEmptyPointer) {
  const Assessment a = assess(good({{.when = "true"}}), "");
  EXPECT_EQ(a.findings.at(0).at.at(0).pointer, "");
  EXPECT_EQ(a.findings.at(0).at.at(0).wco, "42A");
}

TEST(Rows, ThatMatchedAreShownWithTheirLineAndCells) {
  const Compiled pack = good(
      {{.when = "item.hs.under(row.hs) && (!has(row.origin) || row.origin == item.origin.country_code)",
        .each = "items",
        .rows = "duties",
        .message = "rate {row.rate}, origin {row.origin}"}},
      R"({"duties": {"columns": [{"name": "hs", "type": "hs"}, {"name": "origin", "type": "country"}, {"name": "rate", "type": "decimal"}],
                                            "rows": [["99", null, "1"], ["0307", "JP", "12.50"], ["03", null, "7"], ["0307", "US", "3"]]}})");
  const Assessment a = assess(pack, two_items);
  ASSERT_EQ(a.findings.size(), 2u);  // two rows at the first item, none at the second
  EXPECT_EQ(a.findings[0].row->line, 2u);
  EXPECT_EQ(a.findings[0].message.en, "rate 12.50, origin JP");
  EXPECT_EQ(a.findings[1].row->line, 3u);
  EXPECT_EQ(a.findings[1].message.en, "rate 7, origin [none]");
  EXPECT_EQ(a.findings[1].row->values[1],
            (std::pair<std::string, std::optional<std::string>>{"origin", std::nullopt}));
  EXPECT_EQ(a.findings[0].row->list, "duties");
}

TEST(Assessments, AreTheSameBytesForShuffledKeysAndOtherSpellings) {
  const Compiled pack = good({{.when = "item.measure.net_kg > 1", .each = "items", .at = {"item"}}});
  const Assessment a = assess(
      pack,
      R"("lrn": "L", "attributes": {"n": 1.0, "b": [1e2, "\u00fc"]}, "items": [{"hs": "0307", "measure": {"net_kg": "2"}}])");
  const Assessment b = assess(
      pack,
      R"("items": [{"measure": {"net_kg": "2"}, "hs": "0307"}], "attributes": {"b": [100, "ü"], "n": 1}, "lrn": "L")");
  EXPECT_EQ(a.to_json(), b.to_json());
  EXPECT_NE(a.declaration_digest, assess(pack, R"("lrn": "M")").declaration_digest);
}

TEST(Assessments, NameTheDeclarationByItsBestId) {
  const Compiled pack = good({});
  EXPECT_EQ(assess(pack, R"("lrn": "L-1", "declaration_id": "D-1")").declaration_id, "D-1");
  EXPECT_EQ(assess(pack, R"("lrn": "L-1", "declaration_id": null)").declaration_id, "L-1");
  EXPECT_EQ(assess(pack, "").declaration_id, "");
  EXPECT_NE(assess(pack, "").to_json().find(R"("declaration":{"id":null,)"), std::string::npos);
}

TEST(Assessments, EscapeWhatPeopleWrote) {
  const Compiled pack =
      good({{.when = "true", .each = "items", .message = "{item.description}", .at = {"item.description"}}});
  const std::string text = assess(pack, R"("items": [{"description": "a\"b\\c\n\u0001"}])").to_json();
  EXPECT_TRUE(json::parse(text).ok()) << text;
}

TEST(Screening, RefusesADocumentOfAnotherType) {
  json::Value json = pack_json({});
  const Compiled pack = compile_json(json);
  const auto table = document::FieldTable::from_schema(
      parsed(R"({"x-format": "test.other/1", "x-variable": "other", "type": "object",
    "properties": {"format": {"type": "string"}}, "additionalProperties": false})"));
  ASSERT_TRUE(table.ok()) << table.error().message;
  const auto document = document::Document::parse(*table, R"({"format": "test.other/1"})");
  ASSERT_TRUE(document.ok()) << document.error().to_text();
  const auto made = screening::screen(pack.pack, pack.identity, **document, test_day());
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace greenlane::test
