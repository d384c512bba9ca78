// Rows found by an index are the rows that looking at every row would find.
#include <gtest/gtest.h>

#include <random>

#include "tests/support/long_form.h"
#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

struct Spelling {
  const char* indexed;
  const char* scanned;  ///< the same condition in a form that no index is used for
};

constexpr std::array<Spelling, 9> spellings = {{
    {"item.origin.country_code == row.origin", "!(item.origin.country_code != row.origin)"},
    {"row.origin == item.origin.country_code && item.hs.under(row.hs)",
     "!(item.origin.country_code != row.origin) && (item.hs.under(row.hs) || false)"},
    {"item.hs.under(row.hs)", "item.hs.under(row.hs) || false"},
    {"item.hs == row.hs", "!(item.hs != row.hs)"},
    {"item.measure.net_kg == row.weight", "!(item.measure.net_kg != row.weight)"},
    {"item.seq == row.weight", "!(item.seq != row.weight)"},
    {"item.produced_on == row.day && item.origin.country_code == row.origin",
     "!(item.produced_on != row.day) && !(item.origin.country_code != row.origin)"},
    {"item.hs.heading() == row.name", "!(item.hs.heading() != row.name)"},
    {"declaration.attributes.free == row.name", "!(declaration.attributes.free != row.name)"},
}};

class RowIndex : public testing::Test {
 protected:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  std::string pick(std::initializer_list<const char*> choices) {
    return *(choices.begin() + below(choices.size()));
  }

  std::string table() {
    std::string rows;
    for (int i = 0; i < 60; ++i) {
      if (i > 0) rows += ",";
      rows += "[" + pick({"\"03\"", "\"0307\"", "\"030722\"", "\"84\"", "\"8429520000\"", "null"}) + "," +
              pick({"\"JP\"", "\"US\"", "\"KR\"", "null"}) + "," +
              pick({"\"1\"", "\"1.0\"", "\"2.50\"", "null"}) + "," +
              pick({"\"2025-01-01\"", "\"2025-06-29\"", "null"}) + "," +
              pick({"\"0307\"", "\"8429\"", "\"x\"", "null"}) + "," +
              pick({"null", "\"2025-07-01\"", "\"2025-07-02\""}) + "]";
    }
    return R"({"t": {"columns": [{"name": "hs", "type": "hs"}, {"name": "origin", "type": "country"}, {"name": "weight", "type": "decimal"},
      {"name": "day", "type": "date"}, {"name": "name", "type": "string"}, {"name": "from", "type": "date"}], "rows": [)" +
           rows + "]}}";
  }

  /// A member that is there, null, or not there.
  std::string member(const char* name, std::initializer_list<const char*> values) {
    const std::size_t kind = below(6);
    if (kind == 0) return "";
    return std::string(", \"") + name + "\": " + (kind == 1 ? "null" : pick(values));
  }

  std::string members() {
    std::string items;
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string origin = below(8) == 0
                                     ? ", \"origin\": null"
                                     : ", \"origin\": {\"type\": \"1\"" +
                                           member("country_code", {"\"JP\"", "\"US\"", "\"CN\""}) + "}";
      items += std::string(i > 0 ? "," : "") + "{\"used\": true" +
               member("hs", {"\"0307220000\"", "\"0307\"", "\"8429520000\"", "\"9999\""}) + origin +
               ", \"measure\": {\"gross_kg\": \"1\"" + member("net_kg", {"\"1.00\"", "\"2.5\"", "\"7\""}) +
               "}" + member("seq", {"1", "2"}) +
               member("produced_on", {"\"2025-01-01\"", "\"2025-06-29\"", "\"2024-01-01\""}) + "}";
    }
    const std::string free = member("free", {"\"0307\"", "\"x\"", "1", "true", "2.5", "[1]"});
    return "\"items\": [" + items + "], \"attributes\": {\"y\": 1" + free + "}";
  }

  std::mt19937 random_{20250629};
};

std::string summary(const Assessment& a) {
  std::string out;
  for (const Finding& finding : a.findings)
    out += finding.at[0].pointer + ":" + std::to_string(finding.row->line) + " ";
  for (const Undetermined& u : a.undetermined) {
    for (const std::string& pointer : u.missing) out += "?" + pointer + " ";
    if (!u.error.empty()) out += "!";
  }
  return out;
}

TEST_F(RowIndex, FindsWhatLookingAtEveryRowFinds) {
  for (const Spelling& spelling : spellings) {
    for (unsigned round = 0; round < rounds(4, 400); ++round) {
      const std::string lists = table();
      const auto pack = [&](const char* when) {
        return good({{.when = when, .each = "items", .rows = "t", .at = {"item"}}}, lists);
      };
      const Compiled indexed = pack(spelling.indexed);
      const Compiled scanned = pack(spelling.scanned);
      ASSERT_TRUE(indexed.pack && scanned.pack);
      ASSERT_TRUE(indexed.pack->criteria()[0].row_access.has_value()) << spelling.indexed;
      ASSERT_FALSE(scanned.pack->criteria()[0].row_access.has_value()) << spelling.scanned;
      for (int i = 0; i < 12; ++i) {
        const std::string declared = members();
        ASSERT_EQ(summary(assess(indexed, declared)), summary(assess(scanned, declared)))
            << spelling.indexed << "\n"
            << declared << "\n"
            << lists;
      }
    }
  }
}

TEST_F(RowIndex, IsUsedForAConditionThatNeedsItOnly) {
  const std::string lists = table();
  const auto uses_index = [&](std::string when) {
    return good({{.when = std::move(when), .each = "items", .rows = "t"}}, lists)
        .pack->criteria()[0]
        .row_access.has_value();
  };
  EXPECT_TRUE(uses_index("item.used && (row.origin == 'JP' && item.hs.under(row.hs))"));
  EXPECT_TRUE(uses_index("row.origin == item.export_country"));
  EXPECT_FALSE(uses_index("item.used || row.origin == 'JP'"));
  EXPECT_FALSE(uses_index("row.origin != 'JP'"));
  EXPECT_FALSE(uses_index("row.origin == row.name"));
  EXPECT_FALSE(uses_index("has(row.origin)"));
  EXPECT_FALSE(uses_index("(item.used ? row.origin : 'JP') == 'JP'"));
}

TEST_F(RowIndex, MakesALargeTableCheap) {
  std::string rows;
  for (int i = 0; i < 20'000; ++i)
    rows += std::string(i > 0 ? "," : "") + "[\"" + std::to_string(1000 + i) + "\",\"x\"]";
  const std::string lists =
      R"({"t": {"columns": [{"name": "hs", "type": "hs"}, {"name": "name", "type": "string"}], "rows": [)" +
      rows + "]}}";
  std::string items;
  for (int i = 0; i < 999; ++i)
    items += std::string(i > 0 ? "," : "") + "{\"hs\": \"" + std::to_string(1000 + i) + "\"}";
  const Compiled pack =
      good({{.when = "item.hs == row.hs && row.name == 'y'", .each = "items", .rows = "t"}}, lists);
  // A look at every row would cost 999 times 20,000 evaluations, more than the budget.
  EXPECT_EQ(verdict(assess(pack, "\"items\": [" + items + "]")), "clear");
}

}  // namespace
}  // namespace greenlane::test
