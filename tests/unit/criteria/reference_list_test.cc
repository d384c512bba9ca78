// Lists at work, and lists as CSV.
#include "criteria/reference_list.h"

#include <gtest/gtest.h>

#include <random>

#include "criteria/list_csv.h"

namespace greenlane::criteria {
namespace {

/// A list read from CSV as a pack would hold it.
ListSource from_csv(std::string_view text) {
  const json::Value list = read_list_csv(text).value();
  ListSource source{.name = "t", .is_table = list.find("columns") != nullptr, .columns = {}, .rows = {}};
  const auto type_of = [](std::string_view name) {
    for (const auto& [text_of, type] :
         {std::pair("hs", ColumnType::hs), std::pair("date", ColumnType::date),
          std::pair("decimal", ColumnType::decimal), std::pair("country", ColumnType::country)}) {
      if (name == text_of) return type;
    }
    return ColumnType::string;
  };
  if (!source.is_table) {
    source.columns.push_back({"", type_of(list.text("type"))});
    for (const json::Value& value : list.find("values")->array()) source.rows.push_back({value});
    return source;
  }
  for (const json::Value& column : list.find("columns")->array())
    source.columns.push_back({std::string(column.text("name")), type_of(column.text("type"))});
  for (const json::Value& row : list.find("rows")->array()) source.rows.push_back(row.array());
  return source;
}

std::unique_ptr<Table> table(std::string_view csv) { return Table::make(from_csv(csv)).value(); }
std::string refusal(std::string_view csv) {
  const ListSource source = from_csv(csv);
  if (source.is_table) {
    const auto made = Table::make(source);
    return made.ok() ? "" : made.error().pointer + ": " + made.error().message;
  }
  const auto made = CodeSet::make(source);
  return made.ok() ? "" : made.error().pointer + ": " + made.error().message;
}
Date on(std::string_view text) { return *Date::parse(text); }

TEST(ListCsv, OfOneColumnIsASet) {
  EXPECT_EQ(json::compact(read_list_csv("code:country\nJP\n\n KP \n").value()),
            R"({"type":"country","values":["JP","KP"]})");
}

TEST(ListCsv, OfSeveralColumnsIsATableWhoseEmptyCellsAreNull) {
  EXPECT_EQ(
      json::compact(read_list_csv("a:string,b:decimal\r\n\"x, \"\"y\"\"\",\r\n,2\r\n").value()),
      R"({"columns":[{"name":"a","type":"string"},{"name":"b","type":"decimal"}],"rows":[["x, \"y\"",null],[null,"2"]]})");
}

TEST(ListCsv, TellsTheLineOfAMistake) {
  const auto line_of = [](std::string_view text) {
    const auto made = read_list_csv(text);
    return made.ok() ? std::size_t{0} : made.error().line;
  };
  EXPECT_EQ(line_of("a:string,b:string\n1,2\n\"3\n3\",4\n5\n"), 5u);
  EXPECT_EQ(line_of("a:string,b:text\n"), 1u);
  EXPECT_EQ(line_of("a,b\n"), 1u);
  EXPECT_EQ(line_of(""), 1u);
  EXPECT_EQ(line_of("a:string,b:string\n1,\"2\n"), 2u);
}

TEST(ListCsv, SkipsTheByteOrderMarkThatSpreadsheetsWrite) {
  const auto made = read_list_csv(
      "\xEF\xBB\xBF"
      "code:hs,x:string\n0307,a\n");
  ASSERT_TRUE(made.ok()) << made.error().to_text();
  EXPECT_EQ(made->find("columns")->array()[0].text("name"), "code");
}

TEST(ListCsv, RefusesBytesThatAreNoUtf8) {
  const auto made = read_list_csv("code:hs,x:string\n0307,a\n0308,\xff\n");
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().line, 3u);
  EXPECT_FALSE(read_list_csv("code:string\n\xed\xa0\x80\n").ok());
}

TEST(CodeSets, CoverWhatBeginsWithAnElement) {
  const auto set = CodeSet::make(from_csv("code:hs\n03\n160520\n")).value();
  EXPECT_TRUE(set->covers("0307220000"));
  EXPECT_TRUE(set->covers("03"));
  EXPECT_TRUE(set->covers("1605200000"));
  EXPECT_FALSE(set->covers("16052"));
  EXPECT_FALSE(set->covers("1605290000"));
  EXPECT_FALSE(set->covers(""));
  EXPECT_TRUE(set->contains("160520"));
  EXPECT_FALSE(set->contains("1605200000"));
  EXPECT_FALSE(CodeSet::make(from_csv("code:hs\n")).value()->covers("03"));
}

TEST(CodeSets, HoldValuesOfTheirTypeOnly) {
  EXPECT_EQ(refusal("code:hs\n03\n3.07\n"),
            "/lists/t/values/1: expected a commodity code of 2 to 12 digits, found \"3.07\"");
  EXPECT_EQ(refusal("code:country\njp\n"),
            "/lists/t/values/0: expected a country code of two capital letters, found \"jp\"");
}

TEST(Tables, HoldValuesOfTheirTypesOnly) {
  EXPECT_EQ(refusal("hs:hs,d:date\n0307,2025-02-29\n"),
            "/lists/t/rows/0/1: expected a date such as 2025-06-29, found \"2025-02-29\" in column d");
  EXPECT_EQ(refusal("hs:hs,p:decimal\n0307,1\n0308,1e3\n"),
            "/lists/t/rows/1/1: expected a decimal such as 1234.50, found \"1e3\" in column p");
}

TEST(Tables, FindTheFirstRowOfAKeyThatIsInForce) {
  const auto made = table(
      "id:string,from:date,to:date,v:string\na,2024-01-01,2024-12-31,old\na,2025-01-01,,new\na,,,always\nb,,"
      "2020-01-01,gone\n");
  const std::array<Cell, 1> a{Cell(std::string_view("a"))};
  const std::array<Cell, 1> b{Cell(std::string_view("b"))};
  EXPECT_EQ(made->find(a, on("2023-12-31")), 2u);
  EXPECT_EQ(made->find(a, on("2024-01-01")), 0u);
  EXPECT_EQ(made->find(a, on("2024-12-31")), 0u);
  EXPECT_EQ(made->find(a, on("2025-01-01")), 1u);
  EXPECT_EQ(made->find(b, on("2020-01-01")), 3u);
  EXPECT_EQ(made->find(b, on("2020-01-02")), Table::no_row);
}

TEST(Tables, FallBackToAShorterPrefixWhereTheLongerIsNotInForce) {
  const auto made = table("hs:hs,to:date,v:string\n0307,,heading\n030722,2024-12-31,subheading\n");
  const std::array<Cell, 1> key{Cell(std::string_view("0307220000"))};
  EXPECT_EQ(made->find(key, on("2024-12-31")), 1u);
  EXPECT_EQ(made->find(key, on("2025-01-01")), 0u);
}

TEST(Tables, FindNumbersByValueAndEmptyCellsByNone) {
  const auto made = table("n:decimal,s:string\n1.50,a\n,b\n2,c\n");
  const auto found = [&](Cell cell) { return made->find(std::array<Cell, 1>{cell}, on("2025-01-01")); };
  EXPECT_EQ(found(Cell(*Decimal::parse("1.5"))), 0u);
  EXPECT_EQ(found(Cell(Decimal::from_int(2))), 2u);
  EXPECT_EQ(found(Cell(*Decimal::parse("2.000"))), 2u);
  EXPECT_EQ(found(Cell()), 1u);
  EXPECT_EQ(found(Cell(Decimal::from_int(3))), Table::no_row);
}

TEST(Tables, KeepKeysOfSeveralColumnsApart) {
  const auto made = table("a:string,b:string\nx,yz\nxy,z\n");
  EXPECT_EQ(made->find(std::array<Cell, 2>{Cell(std::string_view("xy")), Cell(std::string_view("z"))},
                       on("2025-01-01")),
            1u);
  EXPECT_EQ(made->find(std::array<Cell, 2>{Cell(std::string_view("x")), Cell(std::string_view("y"))},
                       on("2025-01-01")),
            Table::no_row);
}

TEST(Tables, FindTheSameRowsByIndexAsByLookingAtEach) {
  std::mt19937 random(7);
  const auto code = [&](std::size_t digits) {
    std::string text;
    for (std::size_t i = 0; i < digits; ++i) text += static_cast<char>('0' + random() % 2);
    return text;
  };
  std::string csv = "hs:hs,o:country\n";
  for (int i = 0; i < 200; ++i) csv += code(2 + random() % 5) + "," + (random() % 2 == 0 ? "JP" : "") + "\n";
  const auto made = table(csv);
  for (int i = 0; i < 500; ++i) {
    const std::string key = code(4 + random() % 5);
    std::size_t longest = Table::no_row;
    std::vector<std::uint32_t> prefixes;
    for (std::size_t row = 0; row < made->size(); ++row) {
      const auto& prefix = std::get<std::string_view>(made->cell(row, 0));
      if (!std::string_view(key).starts_with(prefix)) continue;
      prefixes.push_back(static_cast<std::uint32_t>(row));
      if (longest == Table::no_row ||
          prefix.size() > std::get<std::string_view>(made->cell(longest, 0)).size())
        longest = row;
    }
    ASSERT_EQ(made->find(std::array<Cell, 1>{Cell(std::string_view(key))}, on("2025-01-01")), longest) << key;
    ASSERT_EQ(made->rows_with(0, Cell(std::string_view(key)), true), prefixes) << key;
  }
}

}  // namespace
}  // namespace greenlane::criteria
