// What may be changed, and what may not.
#include <gtest/gtest.h>

#include <functional>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

/// The sets, one a line: "correct /a; supply /b; certain".
std::string changes(const Draft& draft, std::string_view members, std::string_view lists = "{}", std::string at = {}) {
  const Compiled pack = good({draft}, lists);
  const auto document = declaration(members);
  const auto made = screening::explain(pack.pack, pack.identity, *document, {.criterion = "T.ONE", .at = std::move(at), .as_of = test_day()});
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().to_text());
  if (!made.ok()) return "";
  std::string out;
  for (const ChangeSet& set : made->changes) {
    for (const Change& c : set.changes) out += c.kind + " " + c.pointer + (c.code.empty() ? "" : " " + c.code) + "; ";
    if (set.certain) out += "certain";
    for (const std::string& pointer : set.depends_on) out += "? " + pointer;
    out += "\n";
  }
  return made->changes_omitted ? out + "…\n" : out;
}

std::string remedy(const std::string& members) { return "[{" + members + R"(, "text": {"en": "do", "zh": "办"}}])"; }
std::string correct(const std::string& field) { return remedy(R"("kind": "correct", "field": ")" + field + "\""); }

TEST(PermittedChanges, AreNoneOfOriginValueOrDescriptionWhateverTheCriterionNames) {
  const auto table = document::builtin_table("greenlane.declaration/1").value();
  const auto never = [](std::string_view path) {
    for (const std::string_view part : {"origin", "price", "valuation", "valuation_indicators", "charges", "exchange_rates", "duties", "address",
                                        "trade_terms", "description", "hs", "classifications", "ciq_code", "country_code", "nationality",
                                        "export_country", "trading_country", "destination", "procedure", "direction", "declared_on", "species",
                                        "model", "amount", "invoice_amount", "currency", "supervision_codes", "inspection_category",
                                        "goods_attributes", "export_control_code", "preference", "itinerary", "countries_visited", "credit_class",
                                        "observed_material", "attributes", "last_used_country", "loading_country"}) {
      const std::string dotted = "." + std::string(path) + ".";
      if (dotted.find("." + std::string(part) + ".") != std::string::npos) return true;
    }
    return false;
  };
  std::size_t permitted = 0;
  const std::function<void(const document::Field&)> visit = [&](const document::Field& field) {
    if (field.change.any()) {
      ++permitted;
      EXPECT_FALSE(never(field.path())) << field.path();
      EXPECT_FALSE(field.path().starts_with("parties.") && field.path().ends_with(".name")) << field.path();
    }
    for (const auto& member : field.members) visit(*member);
    if (field.element) visit(*field.element);
  };
  visit(table->root());
  EXPECT_GT(permitted, 100u);
  EXPECT_TRUE(table->find("documents")->change.add);
  EXPECT_TRUE(table->find("items.measure.net_kg")->change.correct);
}

TEST(PermittedChanges, CorrectAFieldOnlyWhereAnotherDeclaredFieldContradictsIt) {
  const std::string masses = R"("totals": {"net_kg": "10", "gross_kg": "9"})";
  EXPECT_EQ(changes({.when = "declaration.totals.net_kg > declaration.totals.gross_kg", .remedies = correct("declaration.totals.net_kg")}, masses),
            "correct /totals/net_kg; ? /totals/net_kg\n");
  EXPECT_EQ(changes({.when = "declaration.totals.net_kg > 5", .remedies = correct("declaration.totals.net_kg")}, masses), "") << "a constant";
  EXPECT_EQ(changes({.when = "declaration.totals.net_kg > row.most", .rows = "t", .remedies = correct("declaration.totals.net_kg")}, masses,
                    R"({"t": {"columns": [{"name": "most", "type": "decimal"}], "rows": [["5"]]}})"),
            "")
      << "a table";
  EXPECT_EQ(changes({.when = "declaration.totals.net_kg > lists.t.row(declaration.direction).most", .remedies = correct("declaration.totals.net_kg")},
                    R"("direction": "import", "totals": {"net_kg": "10"})",
                    R"({"t": {"columns": [{"name": "d", "type": "string"}, {"name": "most", "type": "decimal"}], "rows": [["import", "5"]]}})"),
            "")
      << "a field that only finds the row";
  EXPECT_EQ(changes({.when = "declaration.totals.net_kg == declaration.totals.gross_kg", .remedies = correct("declaration.totals.net_kg")},
                    R"("totals": {"net_kg": "9", "gross_kg": "9"})"),
            "")
      << "two that agree";
  EXPECT_EQ(changes({.when = "!(declaration.totals.net_kg == declaration.totals.gross_kg)", .remedies = correct("declaration.totals.net_kg")}, masses),
            "correct /totals/net_kg; ? /totals/net_kg\n");
}

TEST(PermittedChanges, SeeContradictionsThroughSums) {
  const Draft sum{.when = "(declaration.items.map(i, i.measure.gross_kg).sum() - declaration.totals.gross_kg).abs() > 1",
                  .remedies = correct("declaration.totals.gross_kg")};
  EXPECT_EQ(changes(sum, R"("totals": {"gross_kg": "9"}, "items": [{"measure": {"gross_kg": "4"}}, {"measure": {"gross_kg": "2"}}])"),
            "correct /totals/gross_kg; ? /totals/gross_kg\n");
  Draft items = sum;
  items.remedies = correct("declaration.items");
  EXPECT_EQ(changes(items, R"("totals": {"gross_kg": "9"}, "items": [{"measure": {"gross_kg": "4"}}, {"measure": {"gross_kg": "2"}}])"),
            "correct /items/0/measure/gross_kg; ? /items/0/measure/gross_kg\n"
            "correct /items/1/measure/gross_kg; ? /items/1/measure/gross_kg\n");
}

TEST(PermittedChanges, AreOnlyThoseThatTheCriterionNames) {
  EXPECT_EQ(changes({.when = "declaration.totals.net_kg > declaration.totals.gross_kg"}, R"("totals": {"net_kg": "10", "gross_kg": "9"})"), "");
  EXPECT_EQ(changes({.when = "item.gmo == null", .each = "items"}, R"("items": [{"gmo": null}])"), "");
  EXPECT_EQ(changes({.when = "item.gmo == null", .each = "items", .remedies = remedy(R"("kind": "measure", "field": "item.gmo")")},
                    R"("items": [{"gmo": null}])"),
            "");
  EXPECT_EQ(changes({.when = "item.origin.country_code == 'JP'", .each = "items", .remedies = correct("item.origin.country_code")},
                    R"("items": [{"origin": {"country_code": "JP"}}])"),
            "");
}

TEST(PermittedChanges, SupplyWhatIsDeclaredAsNoneForCertainWhereThatIsAllThatIsAsked) {
  const Draft draft{.when = "item.manufacturer.registration_no == null || item.manufacturer.registration_no == ''", .each = "items",
                    .remedies = correct("item.manufacturer.registration_no")};
  EXPECT_EQ(changes(draft, R"("items": [{"manufacturer": {"registration_no": ""}}])"), "supply /items/0/manufacturer/registration_no; certain\n");
  EXPECT_EQ(changes(draft, R"("items": [{"manufacturer": null}])"), "supply /items/0/manufacturer/registration_no; certain\n");
  const Draft derived{.when = "item.manufacturer.registration_no.normalized() == ''", .each = "items",
                      .remedies = correct("item.manufacturer.registration_no")};
  EXPECT_EQ(changes(derived, R"("items": [{"manufacturer": {"registration_no": ""}}])"),
            "supply /items/0/manufacturer/registration_no; ? /items/0/manufacturer/registration_no\n")
      << "a number of blanks only would be empty again";
}

TEST(PermittedChanges, AddTheDocumentsThatRowsAskFor) {
  const Draft draft{.when = "!declaration.documents.exists(d, d.type == row.type)", .rows = "t", .remedies = remedy(R"("kind": "document")")};
  const std::string lists = R"({"t": {"columns": [{"name": "type", "type": "string"}], "rows": [["A"], ["B"], ["C"]]}})";
  EXPECT_EQ(changes(draft, R"("documents": [{"type": "B"}])", lists), "add /documents A; add /documents C; certain\n");
  EXPECT_EQ(changes(draft, R"("documents": null)", lists), "add /documents A; add /documents B; add /documents C; certain\n");
}

TEST(PermittedChanges, LeaveTheTypeOpenWhereTheCriterionDoesNotNameIt) {
  const Draft draft{.when = "!declaration.transport.documents.exists(t, t.type != null && t.type in lists.known)", .remedies = remedy(R"("kind": "document")")};
  EXPECT_EQ(changes(draft, R"("transport": {"documents": []})", R"({"known": {"type": "string", "values": ["704"]}})"),
            "add /transport/documents; ? /transport/documents/0/type\n");
}

TEST(PermittedChanges, OfADocumentDependOnWhatElseTheConditionAsksOfIt) {
  const Draft draft{.when = "!declaration.documents.exists(d, d.type == 'PHYTO' && d.issued_on >= '2025-06-01')",
                    .remedies = remedy(R"("kind": "document", "code": "PHYTO")")};
  EXPECT_EQ(changes(draft, R"("documents": [{"type": "X"}])"), "add /documents PHYTO; ? /documents/1/issued_on\n");
}

TEST(PermittedChanges, OfAnUndeterminedCriterionAreTheSuppliesThatDecideIt) {
  const Draft draft{.when = "item.gmo && item.used && item.measure.net_kg > 5", .each = "items"};
  EXPECT_EQ(changes(draft, R"("items": [{"used": true}])"),
            "supply /items/0/gmo; supply /items/0/measure/net_kg; ? /items/0/gmo? /items/0/measure/net_kg\n");
  EXPECT_EQ(changes({.when = "item.gmo && item.origin.country_code == 'JP'", .each = "items"}, R"("items": [{}])"), "")
      << "an origin is not for anybody to choose";
}

TEST(PermittedChanges, FindWhatIsReadOnlyOnceSomethingElseIsThere) {
  EXPECT_EQ(changes({.when = "item.gmo ? item.used : item.waste", .each = "items"}, R"("items": [{}])"),
            "supply /items/0/gmo; supply /items/0/used; supply /items/0/waste; "
            "? /items/0/gmo? /items/0/used? /items/0/waste\n")
      << "until a value is known, both ways are open";
}

TEST(PermittedChanges, OfOneElementLeaveTheOthersAlone) {
  const Draft draft{.when = "item.measure.net_kg > item.measure.gross_kg", .each = "items", .remedies = correct("item.measure.net_kg")};
  const std::string members = R"("items": [{"measure": {"net_kg": "2", "gross_kg": "1"}}, {"measure": {"net_kg": "3", "gross_kg": "1"}}])";
  EXPECT_EQ(changes(draft, members, "{}", "/items/1"), "correct /items/1/measure/net_kg; ? /items/1/measure/net_kg\n");
  EXPECT_EQ(changes(draft, members),
            "correct /items/0/measure/net_kg; correct /items/1/measure/net_kg; ? /items/0/measure/net_kg? /items/1/measure/net_kg\n");
}

TEST(PermittedChanges, AreCutOffAndSayingSoRatherThanSearchedForEver) {
  std::string items;
  for (int i = 0; i < 200; ++i) items += std::string(i > 0 ? "," : "") + R"({"measure": {"net_kg": "2", "gross_kg": "1"}})";
  const Draft draft{.when = "item.measure.net_kg > item.measure.gross_kg", .each = "items", .remedies = correct("item.measure.net_kg")};
  EXPECT_EQ(changes(draft, "\"items\": [" + items + "]"), "…\n");
}

TEST(PermittedChanges, ThatNoDeclarationMayMakeAreDoubtfulInARemedy) {
  const auto warnings = [](const std::string& remedies) {
    std::string out;
    for (const auto& issue : compile({{.when = "item.hs.under('03')", .each = "items", .remedies = remedies}}).issues) {
      if (issue.error.message.find("x-change") != std::string::npos) out += issue.is_error ? "error" : "warning";
    }
    return out;
  };
  EXPECT_EQ(warnings(correct("item.hs")), "warning");
  EXPECT_EQ(warnings(remedy(R"("kind": "measure", "field": "item.hs")")), "");
  EXPECT_EQ(warnings(correct("item.measure")), "");
}

}  // namespace
}  // namespace greenlane::test
