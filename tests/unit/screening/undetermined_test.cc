// What could not be decided, and which fields would decide it.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

const Draft region{.when = "item.origin.country_code == 'JP' && item.origin.region_id == 'JP-12'",
                   .each = "items"};

TEST(Undetermined, NamesTheFieldThatWouldDecide) {
  EXPECT_EQ(verdict(region, R"("items": [{"origin": {"country_code": "JP"}}])"),
            "undetermined /items/0/origin/region_id");
  EXPECT_EQ(verdict(region, R"("items": [{"origin": {"region_id": "JP-12"}}])"),
            "undetermined /items/0/origin/country_code");
  EXPECT_EQ(verdict(region, R"("items": [{}])"),
            "undetermined /items/0/origin/country_code /items/0/origin/region_id");
}

TEST(Undetermined, IsNothingWhereWhatIsKnownDecides) {
  EXPECT_EQ(verdict(region, R"("items": [{"origin": {"country_code": "US"}}])"), "clear");
  EXPECT_EQ(verdict(region, R"("items": [{"origin": {"region_id": "JP-01"}}])"), "clear");
  EXPECT_EQ(verdict(region, R"("items": [{"origin": {"country_code": "JP", "region_id": null}}])"), "clear");
  EXPECT_EQ(verdict(region, R"("items": [{"origin": null}])"), "clear");
}

TEST(Undetermined, StandsBesideAHitAtAnotherItem) {
  EXPECT_EQ(
      verdict(
          region,
          R"("items": [{"origin": {"country_code": "JP"}}, {"origin": {"country_code": "JP", "region_id": "JP-12"}}, {}])"),
      "hit and undetermined /items/0/origin/region_id /items/2/origin/country_code "
      "/items/2/origin/region_id");
}

TEST(Undetermined, NamesAnArrayThatWasNotDeclared) {
  EXPECT_EQ(verdict(region, ""), "undetermined /items");
  EXPECT_EQ(verdict(region, R"("items": [])"), "clear");
  EXPECT_EQ(verdict(region, R"("items": null)"), "clear");
}

TEST(Undetermined, NamesEachNestedArrayThatWasNotDeclared) {
  const Draft wood{.when = "packaging.material.mentions('wood') && !packaging.wood_ippc",
                   .each = "items.packages"};
  EXPECT_EQ(
      verdict(
          wood,
          R"("items": [{}, {"packages": []}, {"packages": null}, {"packages": [{"material": "steel"}]}])"),
      "undetermined /items/0/packages");
  EXPECT_EQ(
      verdict(
          wood,
          R"("items": [{"packages": [{"material": "wood", "wood_ippc": false}, {"material": "wood"}]}, {}])"),
      "hit and undetermined /items/0/packages/1/wood_ippc /items/1/packages");
  EXPECT_EQ(verdict(wood, ""), "undetermined /items");
}

TEST(Undetermined, NamesArraysInsideObjects) {
  const Draft call{.when = "call.country_code == 'KP'", .each = "transport.itinerary"};
  EXPECT_EQ(verdict(call, R"("transport": {"itinerary": [{"country_code": "KP"}]})"), "hit");
  EXPECT_EQ(verdict(call, R"("transport": {})"), "undetermined /transport/itinerary");
  EXPECT_EQ(verdict(call, ""), "undetermined /transport");
  EXPECT_EQ(verdict(call, R"("transport": null)"), "clear");
}

TEST(Undetermined, IsNothingWhereTheDeclarationAloneDecides) {
  const Draft exports{.when = "declaration.direction == 'export' && item.hs.under('28')", .each = "items"};
  EXPECT_EQ(verdict(exports, R"("direction": "import")"), "clear");
  EXPECT_EQ(verdict(exports, R"("direction": "export")"), "undetermined /items");
  EXPECT_EQ(
      verdict({.when = "declaration.direction == 'export'", .each = "items"}, R"("direction": "export")"),
      "undetermined /items");
}

TEST(Undetermined, NamesWhatAQuantifierOverDocumentsWouldNeed) {
  const Draft certificate{.when = "!declaration.documents.exists(d, d.type == 'HEALTH_CERT')"};
  EXPECT_EQ(verdict(certificate, ""), "undetermined /documents");
  EXPECT_EQ(verdict(certificate, R"("documents": [])"), "hit");
  EXPECT_EQ(verdict(certificate, R"("documents": null)"), "hit");
  EXPECT_EQ(verdict(certificate, R"("documents": [{"type": "INVOICE"}, {}])"),
            "undetermined /documents/1/type");
  EXPECT_EQ(verdict(certificate, R"("documents": [{}, {"type": "HEALTH_CERT"}])"), "clear");
  EXPECT_EQ(verdict(certificate, R"("documents": [{"type": null}])"), "hit");
}

TEST(Undetermined, CountsAndSumsNeedEveryElement) {
  EXPECT_EQ(verdict("declaration.items.map(i, i.measure.net_kg).sum() > 10",
                    R"("items": [{"measure": {"net_kg": "20"}}, {}, {"measure": {}}])"),
            "undetermined /items/1/measure/net_kg /items/2/measure/net_kg");
  EXPECT_EQ(
      verdict("declaration.items.filter(i, i.hs.under('03')).size() > 0", R"("items": [{}, {"seq": 2}])"),
      "undetermined /items/0/hs /items/1/hs");
}

TEST(Undetermined, IsAlsoWhatCannotBeComputed) {
  EXPECT_EQ(verdict("declaration.totals.gross_kg / declaration.totals.items > 2",
                    R"("totals": {"gross_kg": "10", "items": 0})"),
            "error: division by zero");
  const Assessment a = assess(good({{.when = "item.measure.net_kg / 0 > 1", .each = "items"}}),
                              R"("items": [{"measure": {"net_kg": "1"}}, {}])");
  ASSERT_EQ(a.undetermined.size(), 1u);
  EXPECT_EQ(a.undetermined[0].error, "division by zero");
  EXPECT_EQ(a.undetermined[0].missing, std::vector<std::string>{"/items/1/measure/net_kg"});
  EXPECT_EQ(a.findings.size(), 0u);
}

TEST(Undetermined, IsAConditionThatComesOutAsNeitherTrueNorFalse) {
  // An own field may hold anything; text where a condition is wanted must not count as clear.
  EXPECT_EQ(verdict("declaration.attributes.approved", R"("attributes": {"approved": true})"), "hit");
  EXPECT_EQ(verdict("declaration.attributes.approved", R"("attributes": {"approved": "yes"})").substr(0, 6),
            "error:");
  EXPECT_EQ(verdict("declaration.attributes.approved", R"("attributes": {"approved": 1})").substr(0, 6),
            "error:");
  EXPECT_EQ(verdict("declaration.attributes.approved", R"("attributes": {})"),
            "undetermined /attributes/approved");
  EXPECT_EQ(verdict("declaration.attributes.approved", ""), "undetermined /attributes/approved");
}

TEST(OwnAttributes, AreReadLikeFields) {
  EXPECT_EQ(verdict("declaration.attributes.grade == 'A' && declaration.attributes.score > 3",
                    R"("attributes": {"grade": "A", "score": 4})"),
            "hit");
  EXPECT_EQ(verdict("has(declaration.attributes.grade)", R"("attributes": {"grade": null})"), "clear");
  EXPECT_EQ(verdict("has(declaration.attributes.grade)", R"("attributes": {})"), "clear");
  EXPECT_EQ(verdict("has(declaration.attributes.grade)", ""), "clear");
  EXPECT_EQ(verdict("has(declaration.attributes.grade)", R"("attributes": null)"), "clear");
  EXPECT_EQ(verdict("declaration.attributes.grade == null", R"("attributes": {"grade": null})"), "hit");
  EXPECT_EQ(verdict("declaration.attributes.`a/b` == 1", R"("attributes": {"a/b": 1})"), "hit");
  EXPECT_EQ(verdict("declaration.attributes.`a/b` == 1", R"("attributes": {})"),
            "undetermined /attributes/a~1b");
  EXPECT_EQ(verdict("declaration.attributes.deep.er == 1", R"("attributes": {"deep": {}})"),
            "undetermined /attributes/deep/er");
}

TEST(KnownNone, OfAnArrayIsNullAndEmptyAlike) {
  for (const char* members : {R"("documents": null)", R"("documents": [])"}) {
    EXPECT_EQ(verdict("size(declaration.documents) == 0", members), "hit") << members;
    EXPECT_EQ(verdict("declaration.documents.all(d, false)", members), "hit") << members;
  }
  EXPECT_EQ(verdict("has(declaration.documents)", R"("documents": null)"), "clear");
  EXPECT_EQ(verdict("declaration.documents == null", R"("documents": null)"), "hit");
  EXPECT_EQ(verdict("declaration.documents == null", R"("documents": [])"), "clear");
}

TEST(KnownNone, OfAPartHasEmptyLists) {
  EXPECT_EQ(
      verdict("declaration.transport.itinerary.exists(c, c.country_code == 'KP')", R"("transport": null)"),
      "clear");
  EXPECT_EQ(verdict("size(declaration.transport.itinerary) == 0", R"("transport": null)"), "hit");
}

}  // namespace
}  // namespace greenlane::test
