#include "document/csv_source.h"

#include <gtest/gtest.h>

#include "stream_fixture.h"

namespace greenlane::document {
namespace {

using test::all_records;
using test::memory;

/// One string a record: its rows as "line:a|b", or "line! message".
std::vector<std::string> shown(std::string text, const CsvOptions& options = {}, std::size_t step = 100'000) {
  auto source = CsvSource::open(std::make_unique<test::Dribble>(std::move(text), step), options).value();
  std::vector<std::string> result;
  for (const Record& record : all_records(*source)) {
    EXPECT_EQ(record.index, result.size() + 1);
    std::string line;
    if (record.error) line = std::to_string(record.error->line) + "! " + record.error->message;
    for (std::size_t i = 0; !record.error && i < record.rows.size(); ++i) {
      const Row& row = record.rows[i];
      line += (i == 0 ? "" : " ") + std::to_string(row.line) + ":";
      for (std::size_t c = 0; c < row.size(); ++c) line += (c == 0 ? "" : "|") + std::string(row.cell(c));
    }
    result.push_back(line);
  }
  return result;
}

using Lines = std::vector<std::string>;

TEST(CsvSource, ReadsQuotesLineEndsAndEmptyCells) {
  const std::string text = "a,b\r\n1,\"x, \"\"y\"\"\"\r\n\r\n,\n\"two\r\nlines\",\"\"\n\"l\",z";
  const Lines expected = {"2:1|x, \"y\"", "4:|", "5:two\r\nlines|", "7:l|z"};
  for (std::size_t step = 1; step < 9; ++step) EXPECT_EQ(shown(text, {}, step), expected) << step;
  EXPECT_EQ(shown("a,b\n1,2\r"), Lines{"2:1|2"});
  EXPECT_EQ(shown("a,b\n1,\"2\"\r"), Lines{"2:1|2"});
}

TEST(CsvSource, LeavesQuotesInsideAnUnquotedCellAlone) {
  EXPECT_EQ(shown("a,b\n24\" screen,5'\n"), Lines{"2:24\" screen|5'"});
}

TEST(CsvSource, TakesAnyDelimiter) {
  CsvOptions options;
  options.delimiter = '\t';
  EXPECT_EQ(shown("a\tb\n1,5\t\"x\ty\"\n", options), Lines{"2:1,5|x\ty"});
}

TEST(CsvSource, RefusesARowWithTheWrongNumberOfColumnsAndGoesOn) {
  const Lines expected = {"2! row has 1 column, the header has 3", "3:1|2|3",
                          "4! row has 4 columns, the header has 3"};
  EXPECT_EQ(shown("a,b,c\nx\n1,2,3\n1,2,3,4\n"), expected);
}

TEST(CsvSource, LosesOneLineToAStrayQuote) {
  const Lines at_end = {"2:1|2", "3! a quote is opened and never closed"};
  EXPECT_EQ(shown("a,b\n1,2\n\"3,4\n"), at_end);
  EXPECT_EQ(shown("a,b\n1,2\n\"3,4"), at_end);
  const Lines in_the_middle = {"2! a quote is opened and never closed", "3:3|4", "4:5|6"};
  EXPECT_EQ(shown("a,b\n1,\"2\n3,4\n5,6\n"), in_the_middle);
  const Lines after = {"2! text follows a closing quote; a quote within quotes is written twice", "3:3|4"};
  EXPECT_EQ(shown("a,b\n\"1\"x,2\n3,4\n"), after);
}

TEST(CsvSource, RefusesNulAndOverlongRows) {
  const Lines nul = {"2! U+0000 in cell 2 of the row, which no document may hold", "3:1|2"};
  EXPECT_EQ(shown(std::string("a,b\n1,\0\n1,2\n", 12)), nul);
  const std::string big(std::size_t{2} << 20, 'x');
  const Lines expected = {"2! the row is longer than 1048576 bytes", "3:1|2"};
  EXPECT_EQ(shown("a,b\n" + big + ",1\n1,2\n"), expected);
  EXPECT_EQ(shown("a,b\n\"" + big + "\",1\n1,2\n"), expected);
  EXPECT_EQ(shown("a,b\n\"" + big + "\n1,2\n"), expected);
  EXPECT_EQ(shown("a,b\n" + std::string(20'000, ',') + "\n1,2\n"),
            (Lines{"2! the row has more than 10000 cells", "3:1|2"}));
}

TEST(CsvSource, LosesOneRowToBadBytes) {
  CsvOptions options;
  options.encoding = "gb18030";
  const Lines expected = {"2:报|关", "3! bytes that are not gb18030 in cell 1 of the row", "4:1|2"};
  EXPECT_EQ(shown("a,b\n\xB1\xA8,\xB9\xD8\n\xFF\xFF,x\n1,2\n", options), expected);
  EXPECT_EQ(shown("a,b\n1,\xE9\n3,4\n"),
            (Lines{"2! bytes that are not utf-8 in cell 2 of the row", "3:3|4"}));
}

TEST(CsvSource, GroupsConsecutiveRows) {
  CsvOptions options;
  options.group_by = {"id"};
  EXPECT_EQ(shown("id,v\nA,1\nA,2\nB,3\nA,4\n", options), (Lines{"2:A|1 3:A|2", "4:B|3", "5:A|4"}));
  EXPECT_EQ(shown("id,v\n", options), Lines{});
}

TEST(CsvSource, RefusesAGroupThatLostARow) {
  CsvOptions options;
  options.group_by = {"id"};
  const std::string lost = "row has 1 column, the header has 2; the declaration in line ";
  // The row says by its key that it belongs to A.
  EXPECT_EQ(shown("id,v\nA,1\nA\nA,2\nA,3\nB,1\n", options),
            (Lines{"3! " + lost + "2 may lack this row, so it is refused", "6:B|1"}));
  EXPECT_EQ(shown("id,v\nA,1\nB,1\nB\n", options),
            (Lines{"2:A|1", "4! " + lost + "3 may lack this row, so it is refused"}));
  // Nothing tells whose row this is.
  EXPECT_EQ(shown("v,id\n1,A\nx\n1,B\n1,C\n", options),
            (Lines{"3! " + lost + "2 may lack this row, so it is refused",
                   "3! " + lost + "4 may lack this row, so it is refused", "5:1|C"}));
}

TEST(CsvSource, BoundsAGroup) {
  CsvOptions options;
  options.group_by = {"id"};
  std::string text = "id,v\n";
  for (std::size_t i = 0; i < csv_group_limit + 5; ++i) text += "A,1\n";
  EXPECT_EQ(shown(text + "B,2\n", options), (Lines{"2! the group has more than 10000 rows", "10007:B|2"}));
}

TEST(CsvSource, NeedsAHeader) {
  EXPECT_EQ(CsvSource::open(memory(""), {}).error().code, ErrorCode::invalid_row);
  EXPECT_EQ(CsvSource::open(memory("\"a,b\n"), {}).error().code, ErrorCode::invalid_row);
  CsvOptions options;
  options.group_by = {"ide"};
  const Error error = CsvSource::open(memory("id,v\n"), options).error();
  EXPECT_EQ(error.message, "column \"ide\" of \"group_by\" is not in the table; did you mean \"id\"?");
  EXPECT_EQ(CsvSource::open(memory("\xEF\xBB\xBF id ,v\n"), {}).value()->header(), (Lines{"id", "v"}));
}

TEST(CsvSource, SkipsTheEndOfFileCharacterOfOldSystems) {
  EXPECT_EQ(shown("a,b\n1,2\n\x1A"), Lines{"2:1|2"});
}

}  // namespace
}  // namespace greenlane::document
