// Which criteria are in force: both ends of a period, versions, the as-of date.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

Date on(std::string_view text) { return *Date::parse(text); }

/// "ID@VERSION …" of the findings.
std::string hits(const Assessment& a) {
  std::string out;
  for (const Finding& finding : a.findings) out += finding.criterion->key() + " ";
  return out;
}

TEST(EffectiveDates, IncludeTheFirstAndTheLastDay) {
  const Compiled pack = good({{.when = "true", .from = "2023-08-24", .to = "2025-06-28"}});
  EXPECT_EQ(verdict(assess(pack, "", on("2023-08-23"))), "clear");
  EXPECT_EQ(verdict(assess(pack, "", on("2023-08-24"))), "hit");
  EXPECT_EQ(verdict(assess(pack, "", on("2025-06-28"))), "hit");
  EXPECT_EQ(verdict(assess(pack, "", on("2025-06-29"))), "clear");
}

TEST(EffectiveDates, OfOneDayAreThatDay) {
  const Compiled pack = good({{.when = "true", .from = "2024-02-29", .to = "2024-02-29"}});
  EXPECT_EQ(verdict(assess(pack, "", on("2024-02-28"))), "clear");
  EXPECT_EQ(verdict(assess(pack, "", on("2024-02-29"))), "hit");
  EXPECT_EQ(verdict(assess(pack, "", on("2024-03-01"))), "clear");
}

TEST(EffectiveDates, LeaveTheVersionThatWasInForceForOldDeclarations) {
  const Compiled pack = good({{.when = "true", .version = 2, .from = "2025-06-29", .supersedes = "T.ONE@1"},
                              {.when = "true", .version = 1, .from = "2023-08-24", .to = "2025-06-28"}});
  EXPECT_EQ(hits(assess(pack, "", on("2025-06-28"))), "T.ONE@1 ");
  EXPECT_EQ(hits(assess(pack, "", on("2025-06-29"))), "T.ONE@2 ");
  EXPECT_EQ(hits(assess(pack, "", on("2020-01-01"))), "");
}

TEST(EffectiveDates, DecideWhatIsCounted) {
  const Compiled pack =
      good({{.when = "true", .to = "2024-12-31"}, {.when = "false", .id = "T.TWO", .from = "2025-01-01"}});
  EXPECT_EQ(assess(pack, "", on("2024-12-31")).coverage[3].evaluated, 1u);
  EXPECT_EQ(assess(pack, "", on("2024-12-31")).coverage[3].hit, 1u);
  EXPECT_EQ(assess(pack, "", on("2025-01-01")).coverage[3].evaluated, 1u);
  EXPECT_EQ(assess(pack, "", on("2025-01-01")).coverage[3].hit, 0u);
  EXPECT_EQ(assess(pack, "", on("2019-01-01")).coverage[3].evaluated, 0u);
}

TEST(AsOfDate, IsTheCallersElseTheDeclarationsOwn) {
  const Compiled pack = good({{.when = "as_of == '2025-06-29'"}});
  const std::string_view dated = R"("declared_on": "2025-06-28")";
  EXPECT_EQ(assess(pack, dated, on("2025-06-29")).as_of, on("2025-06-29"));
  EXPECT_EQ(verdict(assess(pack, dated, on("2025-06-29"))), "hit");
  EXPECT_EQ(assess(pack, dated, std::nullopt).as_of, on("2025-06-28"));
  EXPECT_EQ(verdict(assess(pack, dated, std::nullopt)), "clear");
}

TEST(AsOfDate, IsAskedForWhereThereIsNone) {
  const Compiled pack = good({{.when = "true"}});
  for (const char* members : {"", R"("declared_on": null)"}) {
    const auto made = screening::screen(pack.pack, pack.identity, *declaration(members), std::nullopt);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
    EXPECT_NE(made.error().message.find("declared_on"), std::string::npos) << made.error().message;
  }
}

TEST(AsOfDate, AppliesToTheRowsOfTablesToo) {
  const Compiled pack = good(
      {{.when = "item.hs == row.hs", .each = "items", .rows = "notices"}},
      R"({"notices": {"columns": [{"name": "hs", "type": "hs"}, {"name": "from", "type": "date"}, {"name": "to", "type": "date"}],
                                             "rows": [["0307", "2025-01-01", "2025-06-28"], ["0307", "2025-06-29", null]]}})");
  const std::string_view members = R"("items": [{"hs": "0307"}])";
  EXPECT_EQ(verdict(assess(pack, members, on("2024-12-31"))), "clear");
  for (const auto& [date, line] :
       {std::pair("2025-01-01", 1u), std::pair("2025-06-28", 1u), std::pair("2025-06-29", 2u)}) {
    const Assessment a = assess(pack, members, on(date));
    ASSERT_EQ(a.findings.size(), 1u) << date;
    EXPECT_EQ(a.findings[0].row->line, line) << date;
  }
}

}  // namespace
}  // namespace greenlane::test
