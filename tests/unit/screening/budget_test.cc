// The ceiling of the work on one declaration: an error that names the criterion, never an answer.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

std::string many_items(std::size_t count) {
  std::string items;
  for (std::size_t i = 0; i < count; ++i)
    items += std::string(i > 0 ? "," : "") + "{\"seq\": " + std::to_string(i + 1) + "}";
  return "\"items\": [" + items + "]";
}

Result<Assessment> within(const Compiled& pack, const std::string& members, screening::Budget budget) {
  return screening::screen(pack.pack, pack.identity, *declaration(members), test_day(), budget);
}

TEST(ScreeningBudget, ForACriterionIsAnErrorThatNamesIt) {
  const Compiled pack = good(
      {{.when = "item.seq > 0", .id = "T.CHEAP", .each = "items"},
       {.when = "declaration.items.exists(i, i.seq == item.seq + 1000)", .id = "T.DEAR", .each = "items"}});
  const auto made = within(pack, many_items(300), {.criterion = 50'000, .declaration = 100'000'000});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::limit_exceeded);
  EXPECT_NE(made.error().message.find("T.DEAR@1"), std::string::npos) << made.error().message;
  EXPECT_TRUE(within(pack, many_items(300), {}).ok());
}

TEST(ScreeningBudget, ForADeclarationCountsAllCriteria) {
  std::vector<Draft> drafts;
  for (int i = 0; i < 20; ++i)
    drafts.push_back({.when = "item.seq > 0", .id = "T.N" + std::to_string(i), .each = "items"});
  const Compiled pack = good(drafts);
  EXPECT_TRUE(within(pack, many_items(100), {.criterion = 1000, .declaration = 20'000}).ok());
  EXPECT_FALSE(within(pack, many_items(100), {.criterion = 1000, .declaration = 2000}).ok());
}

TEST(ScreeningBudget, CoversRowsThatAreLookedAtOneByOne) {
  std::string rows;
  for (int i = 0; i < 5000; ++i)
    rows += std::string(i > 0 ? "," : "") + "[\"" + std::to_string(i) + "\",\"x\"]";
  const Compiled pack = good(
      {{.when = "row.a != 'nothing' && item.seq < 0", .each = "items", .rows = "t"}},
      R"({"t": {"columns": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}], "rows": [)" +
          rows + "]}}");
  EXPECT_FALSE(within(pack, many_items(100), {.criterion = 100'000, .declaration = 100'000'000}).ok());
}

TEST(ScreeningBudget, CoversRowsForElementsThatNobodyDeclared) {
  std::string rows;
  for (int i = 1; i <= 5000; ++i) rows += std::string(i > 1 ? "," : "") + "[\"" + std::to_string(i) + "\"]";
  const Compiled pack =
      good({{.when = "declaration.totals.gross_kg > row.n && packaging.quantity > 1", .each = "items.packages", .rows = "t"}},
           R"({"t": {"columns": [{"name": "n", "type": "decimal"}], "rows": [)" + rows + "]}}");
  const std::string members = R"("totals": {"gross_kg": "0"}, )" + many_items(100);
  const auto made = within(pack, members, {.criterion = 100'000, .declaration = 100'000'000});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::limit_exceeded);
  EXPECT_TRUE(within(pack, members, {}).ok());
}

TEST(ScreeningBudget, CoversLongListsOfTerms) {
  std::string terms;
  for (int i = 0; i < 20'000; ++i)
    terms += std::string(i > 0 ? "," : "") + "\"term" + std::to_string(i) + "\"";
  const Compiled pack = good({{.when = "item.description.mentions(lists.terms)", .each = "items"}},
                             R"({"terms": {"type": "string", "values": [)" + terms + "]}}");
  std::string items;
  for (int i = 0; i < 50; ++i)
    items += std::string(i > 0 ? "," : "") + R"({"description": "something else"})";
  EXPECT_FALSE(
      within(pack, "\"items\": [" + items + "]", {.criterion = 100'000, .declaration = 100'000'000}).ok());
}

}  // namespace
}  // namespace greenlane::test
