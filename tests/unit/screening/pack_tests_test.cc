// The tests that criteria bring along.
#include "screening/pack_tests.h"

#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

std::vector<PackTestResult> run(const std::string& tests,
                                Draft draft = {.when = "item.origin.region_id == 'JP-12'", .each = "items"}) {
  draft.tests = tests;
  const Compiled pack = good({std::move(draft)});
  return pack.pack ? screening::run_pack_tests(*pack.pack) : std::vector<PackTestResult>{};
}

TEST(PackTests, PassWhereTheOutcomeIsTheExpectedOne) {
  const auto results = run(R"([
    {"name": "a", "declaration": {"items": [{"origin": {"region_id": "JP-12"}}]}, "expect": "hit"},
    {"name": "b", "declaration": {"items": [{"origin": {"region_id": "JP-01"}}]}, "expect": "clear"},
    {"name": "c", "declaration": {"items": [{}]}, "expect": "undetermined", "missing": ["/items/0/origin/region_id"]},
    {"name": "d", "declaration": {"format": "greenlane.declaration/1"}, "expect": "undetermined"}])");
  ASSERT_EQ(results.size(), 4u);
  for (const PackTestResult& result : results)
    EXPECT_TRUE(result.passed) << result.test << ": " << result.outcome;
  EXPECT_EQ(results[0].criterion, "T.ONE@1");
}

TEST(PackTests, FailForAPlantedWrongExpectation) {
  for (const auto& [expect, outcome] : {std::pair("hit", "clear"), std::pair("undetermined", "clear")}) {
    const auto results = run(R"([{"name": "planted", "declaration": {"items": []}, "expect": ")" +
                             std::string(expect) + "\"}]");
    ASSERT_EQ(results.size(), 1u);
    EXPECT_FALSE(results[0].passed);
    EXPECT_EQ(results[0].expected, expect);
    EXPECT_EQ(results[0].outcome, outcome);
  }
}

TEST(PackTests, FailForOtherMissingFields) {
  const auto results =
      run(R"([{"name": "a", "declaration": {"items": [{}]}, "expect": "undetermined", "missing": ["/items"]},
                               {"name": "b", "declaration": {"items": [{}]}, "expect": "undetermined", "missing": []}])");
  ASSERT_EQ(results.size(), 2u);
  EXPECT_FALSE(results[0].passed);
  EXPECT_EQ(results[0].missing, std::vector<std::string>{"/items/0/origin/region_id"});
  EXPECT_FALSE(results[1].passed);
}

TEST(PackTests, FailForADeclarationThatCannotBeRead) {
  const auto results = run(R"([{"name": "a", "declaration": {"itmes": []}, "expect": "clear"}])");
  ASSERT_EQ(results.size(), 1u);
  EXPECT_FALSE(results[0].passed);
  EXPECT_NE(results[0].outcome.find("/itmes"), std::string::npos) << results[0].outcome;
}

TEST(PackTests, FailForAConditionThatCannotBeComputed) {
  const auto results =
      run(R"([{"name": "a", "declaration": {"totals": {"items": 0}}, "expect": "undetermined"}])",
          {.when = "10 / declaration.totals.items > 1"});
  ASSERT_EQ(results.size(), 1u);
  EXPECT_FALSE(results[0].passed);
  EXPECT_NE(results[0].outcome.find("division by zero"), std::string::npos);
}

TEST(PackTests, CountAsClearOnADayWithoutTheCriterion) {
  const auto results = run(R"([
    {"name": "before", "as_of": "2019-12-31", "declaration": {}, "expect": "clear"},
    {"name": "own date", "declaration": {"declared_on": "2019-12-31"}, "expect": "clear"},
    {"name": "given date wins", "as_of": "2020-01-01", "declaration": {"declared_on": "2019-12-31"}, "expect": "hit"},
    {"name": "first day otherwise", "declaration": {}, "expect": "hit"}])",
                           {.when = "true", .from = "2020-01-01"});
  ASSERT_EQ(results.size(), 4u);
  for (const PackTestResult& result : results)
    EXPECT_TRUE(result.passed) << result.test << ": " << result.outcome;
}

TEST(PackTests, AreAHitWhereAnyEvaluationHits) {
  const auto results = run(
      R"([{"name": "a", "declaration": {"items": [{}, {"origin": {"region_id": "JP-12"}}]}, "expect": "hit"}])");
  ASSERT_EQ(results.size(), 1u);
  EXPECT_TRUE(results[0].passed);
}

}  // namespace
}  // namespace greenlane::test
