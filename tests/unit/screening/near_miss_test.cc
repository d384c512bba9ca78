// How far a hit is inside and a near miss outside.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

ExplainedEvaluation evaluation(const Draft& draft, std::string_view members, std::string_view lists = "{}") {
  const Compiled pack = good({draft}, lists);
  const auto document = declaration(members);
  auto made = screening::explain(pack.pack, pack.identity, *document, {.criterion = "T.ONE", .at = {}, .as_of = test_day()});
  EXPECT_TRUE(made.ok() && made->evaluations.size() == 1);
  return made.ok() && !made->evaluations.empty() ? made->evaluations[0] : ExplainedEvaluation{};
}

/// "condition | comparison: value / threshold, distance (percent)"
std::string told(const ExplainedEvaluation& e) {
  std::string out = e.failed_alone;
  if (!e.margin) return out;
  out += " | " + e.margin->comparison + ": " + e.margin->value + " / " + e.margin->threshold + ", " + e.margin->distance;
  if (e.margin->days) out += " days";
  if (!e.margin->percent.empty()) out += " (" + e.margin->percent + ")";
  return out;
}
std::string told(const Draft& draft, std::string_view members, std::string_view lists = "{}") { return told(evaluation(draft, members, lists)); }

const Draft masses{.when = "declaration.direction == 'import' && declaration.totals.gross_kg > 30480"};

TEST(NearMiss, SaysHowFarTheOnlyPartThatFailedIsFromItsThreshold) {
  EXPECT_EQ(told(masses, R"("direction": "import", "totals": {"gross_kg": "30000.50"})"),
            "declaration.totals.gross_kg > 30480 | declaration.totals.gross_kg > 30480: 30000.50 / 30480, 479.50 (1.6)");
}

TEST(NearMiss, OfAHitSaysHowFarItIsInside) {
  EXPECT_EQ(told(masses, R"("direction": "import", "totals": {"gross_kg": "33528"})"),
            " | declaration.totals.gross_kg > 30480: 33528 / 30480, 3048 (10.0)");
}

TEST(NearMiss, IsNoneWhereTwoPartsFailOrOneIsNotKnown) {
  EXPECT_EQ(told(masses, R"("direction": "export", "totals": {"gross_kg": "30000"})"), "");
  EXPECT_EQ(told({.when = "declaration.totals.net_kg > 1 && declaration.totals.gross_kg > 30480"}, R"("totals": {"gross_kg": "30000"})"), "");
}

TEST(NearMiss, WithoutNumbersNamesThePartThatFailed) {
  EXPECT_EQ(told(masses, R"("direction": "export", "totals": {"gross_kg": "30481"})"), "declaration.direction == 'import'");
  EXPECT_EQ(told({.when = "declaration.direction == 'import'"}, R"("direction": "export")"), "") << "nothing else was so";
}

TEST(NearMiss, CountsDaysBetweenDates) {
  const Draft late{.when = "declaration.declared_on > declaration.transport.arrival.date.plusDays(14)"};
  EXPECT_EQ(told(late, R"("declared_on": "2025-07-10", "transport": {"arrival": {"date": "2025-07-01"}})"),
            late.when + " | " + late.when + ": 2025-07-10 / 2025-07-15, 5 days");
}

TEST(NearMiss, TakesTheSideThatWasDeclaredForTheValue) {
  EXPECT_EQ(told({.when = "100 < declaration.totals.gross_kg"}, R"("totals": {"gross_kg": "99"})"),
            "100 < declaration.totals.gross_kg | 100 < declaration.totals.gross_kg: 99 / 100, 1 (1.0)");
  EXPECT_EQ(told({.when = "as_of > document.valid_to", .each = "documents"}, R"("documents": [{"valid_to": "2025-07-03"}])"),
            "as_of > document.valid_to | as_of > document.valid_to: 2025-07-03 / 2025-07-01, 2 days");
  EXPECT_EQ(told({.when = "row.most < declaration.totals.gross_kg", .rows = "t"}, R"("totals": {"gross_kg": "3"})",
                 R"({"t": {"columns": [{"name": "most", "type": "decimal"}], "rows": [["4"]]}})"),
            "row.most < declaration.totals.gross_kg | row.most < declaration.totals.gross_kg: 3 / 4, 1 (25.0)");
}

TEST(NearMiss, TakesTheNearestOfSeveralComparisons) {
  EXPECT_EQ(told({.when = "declaration.totals.gross_kg > 200 || declaration.totals.net_kg > 100"},
                 R"("totals": {"gross_kg": "190", "net_kg": "96"})"),
            "declaration.totals.gross_kg > 200 || declaration.totals.net_kg > 100 | declaration.totals.net_kg > 100: 96 / 100, 4 (4.0)");
  EXPECT_EQ(told({.when = "declaration.items.exists(i, i.measure.net_kg > 100)"},
                 R"("items": [{"measure": {"net_kg": "50"}}, {"measure": {"net_kg": "99"}}])"),
            "declaration.items.exists(i, i.measure.net_kg > 100) | i.measure.net_kg > 100: 99 / 100, 1 (1.0)");
}

TEST(NearMiss, LooksThroughNegations) {
  EXPECT_EQ(told({.when = "!(declaration.totals.gross_kg <= 100)"}, R"("totals": {"gross_kg": "90"})"),
            "!(declaration.totals.gross_kg <= 100) | declaration.totals.gross_kg <= 100: 90 / 100, 10 (10.0)");
}

TEST(NearMiss, HasNoPercentOfZeroAndNoDistanceToBeUnequal) {
  EXPECT_EQ(told({.when = "declaration.totals.gross_kg < 0"}, R"("totals": {"gross_kg": "1"})"),
            "declaration.totals.gross_kg < 0 | declaration.totals.gross_kg < 0: 1 / 0, 1");
  EXPECT_EQ(told({.when = "declaration.totals.gross_kg == 5"}, R"("totals": {"gross_kg": "5.0"})"), "");
}

TEST(NearMiss, OfNumbersBeyondTheDigitsOfADecimalSaysNothing) {
  const std::string huge(24, '9');
  EXPECT_EQ(told({.when = "declaration.totals.gross_kg < 0.00000000000000000001"}, R"("totals": {"gross_kg": ")" + huge + "\"}"), "");
}

}  // namespace
}  // namespace greenlane::test
