// Codes that are valid for a time: on the as-of date, on another day, on any day, and what took their place.
#include <gtest/gtest.h>

#include "screening/document_view.h"
#include "screening/pack_evaluation.h"
#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

// Headings go on, 85044085 was split up, 38011010 is yet to come, 01022110 came back after a year.
constexpr std::string_view lists = R"({
  "cn": {"columns": [{"name": "code", "type": "hs"}, {"name": "from", "type": "date"}, {"name": "to", "type": "date"},
                     {"name": "unit", "type": "string"}, {"name": "successors", "type": "string"}],
         "rows": [["85044085", "2025-01-01", "2025-12-31", "PST", "85044084 85044087"],
                  ["85044084", "2026-01-01", null, "PST", null],
                  ["85044087", "2026-01-01", null, "PST", null],
                  ["38011010", "2027-01-01", null, null, null],
                  ["01022110", "2021-01-01", "2023-12-31", "A", null],
                  ["01022110", "2025-01-01", "2026-06-30", "B", null]]},
  "pairs": {"columns": [{"name": "current", "type": "string"}, {"name": "previous", "type": "string"}, {"name": "to", "type": "date"}],
            "rows": [["40", "00", null], ["40", "71", "2025-12-31"]]}
})";

std::string on(std::string_view as_of, std::string_view when, std::string_view members) {
  const Compiled pack = compile({{.when = std::string(when), .each = "items"}}, lists);
  return pack.pack ? verdict(assess(pack, members, Date::parse(as_of))) : "refused: " + pack.mistake();
}
std::string on(std::string_view as_of, std::string_view when, const char* hs, const char* more) {
  return on(as_of, when, R"("items": [{"hs": ")" + std::string(hs) + "\"" + more + "}]");
}
std::string item(std::string_view as_of, std::string_view when, const char* hs) { return on(as_of, when, hs, ""); }

TEST(Periods, MakeACodeInvalidTheDayAfterItEnds) {
  EXPECT_EQ(item("2025-12-31", "!lists.cn.has(item.hs)", "8504408590"), "clear");
  EXPECT_EQ(item("2026-01-01", "!lists.cn.has(item.hs)", "8504408590"), "hit");
  EXPECT_EQ(item("2024-12-31", "!lists.cn.has(item.hs)", "8504408590"), "hit");
}

TEST(Periods, CanBeAskedOnAnyDayThatTheDeclarationNames) {
  const char* when = "lists.cn.hasOn(item.produced_on, item.hs)";
  EXPECT_EQ(on("2026-03-01", when, "85044085", R"(, "produced_on": "2025-12-31")"), "hit");
  EXPECT_EQ(on("2026-03-01", when, "85044085", R"(, "produced_on": "2026-01-01")"), "clear");
  EXPECT_EQ(on("2026-03-01", when, "85044085", R"(, "produced_on": null)"), "clear");
  EXPECT_EQ(on("2026-03-01", when, "85044085", ""), "undetermined /items/0/produced_on");
  EXPECT_EQ(on("2026-03-01", when, R"("items": [{"produced_on": "2025-12-31"}])"), "undetermined /items/0/hs");
}

TEST(Periods, CanBeAskedOnAFixedDayAndOnOneThatIsCounted) {
  EXPECT_EQ(item("2026-03-01", "lists.cn.hasOn('2025-06-30', item.hs)", "85044085"), "hit");
  EXPECT_EQ(item("2026-03-01", "lists.cn.hasOn(date('2026-06-30'), item.hs)", "85044085"), "clear");
  EXPECT_EQ(item("2026-03-01", "lists.cn.hasOn(as_of, item.hs)", "85044085"), "clear");
  EXPECT_EQ(item("2026-03-01", "lists.cn.hasOn(as_of.plusMonths(-3), item.hs)", "85044085"), "hit");
  EXPECT_EQ(item("2026-03-01", "lists.cn.rowOn('2023-01-01', item.hs).unit == 'A'", "01022110"), "hit");
  EXPECT_EQ(item("2026-03-01", "lists.cn.rowOn('2024-01-01', item.hs).unit == 'A'", "01022110"),
            "error: lists.cn has no such row; ask with hasOn() first");
}

TEST(Periods, OfAnyTimeTellACodeThatWasFromOneThatNeverWas) {
  const char* over_or_to_come = "!lists.cn.has(item.hs) && lists.cn.hasEver(item.hs)";
  EXPECT_EQ(item("2026-03-01", over_or_to_come, "85044085"), "hit");
  EXPECT_EQ(item("2026-03-01", over_or_to_come, "38011010"), "hit");
  EXPECT_EQ(item("2026-03-01", over_or_to_come, "85044084"), "clear");
  EXPECT_EQ(item("2026-03-01", over_or_to_come, "99999999"), "clear");
  EXPECT_EQ(item("2026-03-01", "!lists.cn.hasEver(item.hs)", "99999999"), "hit");
  EXPECT_EQ(item("2026-03-01", "lists.cn.rowEver(item.hs).unit == 'A'", "99999999"),
            "error: lists.cn has no such row; ask with hasEver() first");
}

TEST(Periods, OfAnyTimeGiveTheRowInForceElseTheLastOneElseTheNext) {
  const auto unit = [](std::string_view as_of) {
    for (const char* is : {"A", "B"}) {
      if (item(as_of, "lists.cn.rowEver(item.hs).unit == '" + std::string(is) + "'", "01022110") == "hit") return std::string(is);
    }
    return std::string();
  };
  EXPECT_EQ(unit("2020-12-31"), "A");
  EXPECT_EQ(unit("2023-12-31"), "A");
  EXPECT_EQ(unit("2024-12-31"), "A");
  EXPECT_EQ(unit("2025-01-01"), "B");
  EXPECT_EQ(unit("2030-01-01"), "B");
}

TEST(Periods, LetTheFindingNameWhatTookThePlaceOfACode) {
  const Compiled pack = good({{.when = "!lists.cn.has(item.hs) && lists.cn.hasEver(item.hs)",
                               .each = "items",
                               .message = "{item.hs} was valid until {lists.cn.rowEver(item.hs).to}; now: "
                                          "{lists.cn.rowEver(item.hs).successors}"}},
                             lists);
  const Assessment gone = assess(pack, R"("items": [{"hs": "8504408500"}])", Date::parse("2026-01-02"));
  ASSERT_EQ(gone.findings.size(), 1u);
  EXPECT_EQ(gone.findings[0].message.en, "8504408500 was valid until 2025-12-31; now: 85044084 85044087");
  EXPECT_EQ(gone.findings[0].lists, (std::vector<std::string>{"cn"}));
  const Assessment early = assess(pack, R"("items": [{"hs": "3801101000"}])", Date::parse("2026-01-02"));
  EXPECT_EQ(early.findings.at(0).message.en, "3801101000 was valid until [none]; now: [none]");
}

TEST(Periods, OfACodeThatIsNotDeclaredAreUndeterminedAndOfNoneAreNoPeriods) {
  EXPECT_EQ(on("2026-01-01", "!lists.cn.has(item.hs)", R"("items": [{"seq": 1}])"), "undetermined /items/0/hs");
  EXPECT_EQ(on("2026-01-01", "!lists.cn.has(item.hs)", R"("items": [{"hs": null}])"), "hit");
  EXPECT_EQ(on("2026-01-01", "has(item.hs) && !lists.cn.has(item.hs)", R"("items": [{"hs": null}])"), "clear");
  EXPECT_EQ(on("2026-01-01", "lists.cn.hasEver(item.hs)", R"("items": [{"hs": null}])"), "clear");
}

TEST(Periods, OfPairsOfCodes) {
  const char* when = "!lists.pairs.has(item.procedure.current, item.procedure.previous)";
  const char* used = R"("items": [{"procedure": {"current": "40", "previous": "71"}}])";
  EXPECT_EQ(on("2025-12-31", when, used), "clear");
  EXPECT_EQ(on("2026-01-01", when, used), "hit");
  EXPECT_EQ(on("2026-01-01", when, R"("items": [{"procedure": {"current": "40"}}])"),
            "undetermined /items/0/procedure/previous");
}

/// How many criteria are looked at for one item.
std::uint64_t candidates(const Compiled& pack, std::string_view item) {
  const auto document = declaration(R"("items": [)" + std::string(item) + "]");
  screening::DocumentView view(*pack.pack, *document, *Date::parse("2026-03-01"));
  screening::PackEvaluation evaluation;
  EXPECT_TRUE(evaluation.run(*pack.pack, view, {}).ok());
  return evaluation.candidates();
}

TEST(Periods, AreFoundInAnIndexSoThatAValidCodeCostsNoCriterion) {
  for (const char* when : {"!lists.cn.has(item.hs)", "!lists.cn.has(item.hs) && lists.cn.hasEver(item.hs)",
                           "!lists.cn.hasOn('2026-06-30', item.hs)", "!lists.cn.hasOn(item.produced_on, item.hs) || !lists.cn.hasEver(item.hs)"}) {
    const Compiled pack = good({{.when = when, .each = "items"}}, lists);
    EXPECT_EQ(candidates(pack, R"({"hs": "85044084", "produced_on": "2026-02-28"})"), 0u) << when;
    EXPECT_EQ(candidates(pack, R"({"hs": "85044085", "produced_on": "2026-02-28"})"), 1u) << when;
  }
}

TEST(Periods, AreAskedForWithADayAndKeysOfTheRightTypes) {
  EXPECT_EQ(item("2026-01-01", "lists.cn.hasOn(item.hs)", "0101").substr(0, 8), "refused:");
  EXPECT_EQ(item("2026-01-01", "lists.cn.hasOn('yesterday', item.hs)", "0101").substr(0, 8), "refused:");
  EXPECT_EQ(item("2026-01-01", "lists.cn.rowEver(item.hs, item.hs).unit == 'A'", "0101").substr(0, 8), "refused:");
}

TEST(Periods, ThatEndBeforeTheyBeginAreAMistake) {
  const Compiled pack = compile({{.when = "true"}}, R"({"t": {"columns": [{"name": "code", "type": "string"},
    {"name": "from", "type": "date"}, {"name": "to", "type": "date"}], "rows": [["a", "2025-01-01", "2025-01-01"], ["b", "2026-01-01", "2025-12-31"]]}})");
  EXPECT_EQ(pack.mistake(), "invalid_pack /lists/t/rows/1/2 the row ends on 2025-12-31, before it begins on 2026-01-01");
}

}  // namespace
}  // namespace greenlane::test
