#include "document/cell_text.h"

#include <gtest/gtest.h>

namespace greenlane::document {
namespace {

const NumberSigns english{".", ","};
const NumberSigns german{",", "."};
const NumberSigns plain{".", ""};

std::string decimal(std::string_view text, const NumberSigns& signs) {
  return plain_decimal(text, signs).value_or("?");
}

TEST(CellText, BringsDecimalsIntoPlainNotation) {
  EXPECT_EQ(decimal("1,234.50", english), "1234.50");
  EXPECT_EQ(decimal("1.234.567,50", german), "1234567.50");
  EXPECT_EQ(decimal("+12", plain), "12");
  EXPECT_EQ(decimal("12-", plain), "-12");
  EXPECT_EQ(decimal("-0.0", plain), "0.0");
  EXPECT_EQ(decimal("007.5", plain), "7.5");
  EXPECT_EQ(decimal(".5", plain), "0.5");
  EXPECT_EQ(decimal("5.", plain), "5");
}

TEST(CellText, RefusesWhatIsNoDecimal) {
  for (const std::string_view text :
       {"", "-", ".", "1e5", "1,5", "1 000", "--1", "-1-", "1.2.3", "abc", "NaN", "0x1", "１"}) {
    EXPECT_EQ(decimal(text, plain), "?") << text;
  }
  for (const std::string_view text : {"1,23", "1,2345", ",123", "1,,234", "1234,567", "1.234,5"}) {
    EXPECT_EQ(decimal(text, english), "?") << text;
  }
}

TEST(CellText, ReadsEitherDecimalMarkWhereThereAreNoThousandsSigns) {
  const NumberSigns either{".,", ""};
  EXPECT_EQ(decimal("1234.50", either), "1234.50");
  EXPECT_EQ(decimal("1234,50", either), "1234.50");
  EXPECT_EQ(decimal("1.234,50", either), "?");
  EXPECT_EQ(decimal("1,234,500", either), "?");
}

TEST(CellText, ReadsWholeNumbers) {
  EXPECT_EQ(whole_number("1,000", english), 1000);
  EXPECT_EQ(whole_number("12.0", plain), 12);
  EXPECT_EQ(whole_number("12.5", plain), std::nullopt);
  EXPECT_EQ(whole_number("9007199254740992", plain), std::nullopt);
  EXPECT_EQ(whole_number("-9007199254740991", plain), -9007199254740991);
}

std::string date(std::string_view pattern, std::string_view text) {
  const auto day = DateFormat::parse(pattern).value().read(text);
  return day ? day->to_string() : "?";
}

TEST(DateFormat, ReadsWhatItsPatternSays) {
  EXPECT_EQ(date("YYYY-MM-DD", "2025-06-29"), "2025-06-29");
  EXPECT_EQ(date("DD/MM/YYYY", "29/06/2025"), "2025-06-29");
  EXPECT_EQ(date("YYYYMMDD", "20250629"), "2025-06-29");
  EXPECT_EQ(date("YYYY年MM月DD日", "2025年6月9日"), "2025-06-09");
  EXPECT_EQ(date("MM/DD/YYYY", "6/9/2025"), "2025-06-09");
  EXPECT_EQ(date("YYYY-MM-DD hh:mm:ss", "2025-06-29 23:59:00"), "2025-06-29");
  EXPECT_EQ(date("YYMMDD", "250629"), "2025-06-29");
}

TEST(DateFormat, RefusesOtherTextAndDaysThatDoNotExist) {
  for (const std::string_view text :
       {"", "2025-02-29", "2025-13-01", "29-06-2025", "2025/06/29", "2025-06-29 ", "2025-06-", "25-06-29"}) {
    EXPECT_EQ(date("YYYY-MM-DD", text), "?") << text;
  }
  EXPECT_EQ(date("YYYYMMDD", "2025629"), "?");
  EXPECT_EQ(date("YYYY-MM-DD hh:mm", "2025-06-29 23:60"), "?");
}

TEST(DateFormat, NeedsYearMonthAndDay) {
  for (const std::string_view pattern : {"", "YYYY-MM", "YY-MM", "YYYY-MM-DD YYYY", "YYYY-MM-DD YY"}) {
    EXPECT_EQ(DateFormat::parse(pattern).error().code, ErrorCode::invalid_mapping) << pattern;
  }
}

}  // namespace
}  // namespace greenlane::document
