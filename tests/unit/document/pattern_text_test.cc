#include "document/pattern_text.h"

#include <gtest/gtest.h>

#include "document/document.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

std::string words(std::string_view schema, Format format = Format::none) {
  return pattern_text(test::parsed(schema), format);
}

TEST(PatternText, CountsTheDigitsOfDecimals) {
  EXPECT_EQ(words(R"({"pattern": "^-?[0-9]{1,24}(\\.[0-9]{1,20})?$"})", Format::decimal),
            "a decimal string with at most 24 digits before and 20 after the point");
  EXPECT_EQ(words(R"({"pattern": "^[0-9]{1,9}(\\.[0-9]{1,2})?$"})", Format::decimal),
            "a decimal string without sign, with at most 9 digits before and 2 after the point");
}

TEST(PatternText, DescribesOtherFormatsByTheirName) {
  EXPECT_EQ(words(R"({"pattern": "^[0-9]{4,12}$"})", Format::hs),
            "a commodity code of 4 to 12 digits such as \"0307220000\"");
  EXPECT_EQ(words(R"({"pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})", Format::date),
            "a date such as \"2025-06-29\"");
}

TEST(PatternText, PutsOneGroupOfCharactersIntoWords) {
  EXPECT_EQ(words(R"({"pattern": "^[A-Z]{2}$"})"), "2 capital letters");
  EXPECT_EQ(words(R"({"pattern": "^[0-9]{1,8}$"})"), "1 to 8 digits");
  EXPECT_EQ(words(R"({"pattern": "^[0-9a-f]{64}$", "title": "SHA-256 of the file"})"),
            "64 hexadecimal digits (0 to 9, a to f)");
}

TEST(PatternText, NamesTheCodeList) {
  EXPECT_EQ(words(R"({"pattern": "^[A-Z]{2}$", "x-codes": "ISO 3166-1 alpha-2", "title": "Country"})"),
            "a code of ISO 3166-1 alpha-2: 2 capital letters");
}

TEST(PatternText, ShowsTheExpressionAsTheLastResort) {
  EXPECT_EQ(words(R"({"pattern": "^https?://", "title": "Address"})"),
            "text for \"Address\" that matches ^https?://");
  EXPECT_EQ(words(R"({"pattern": "^[A-Z]{1}$"})"), "text that matches ^[A-Z]{1}$");
  EXPECT_EQ(words(R"({"pattern": "^-?[0-9]+$"})", Format::decimal), "text that matches ^-?[0-9]+$");
}

TEST(PatternText, ReachesMessagesAboutDeclarations) {
  const auto table = builtin_table("greenlane.declaration/1");
  ASSERT_TRUE(table.ok());
  const auto message = [&](std::string_view members) {
    const auto document =
        Document::parse(*table, R"({"format": "greenlane.declaration/1", )" + std::string(members) + "}");
    return document.ok() ? "" : document.error().pointer + ": " + document.error().message;
  };
  const std::string decimal =
      "/items/0/price/amount: expected a decimal string with at most 24 digits before and 20 after the point"
      ", ";
  EXPECT_EQ(message(R"("items": [{"price": {"amount": "4.1e5"}}])"), decimal + R"(found "4.1e5")");
  EXPECT_EQ(message(R"("items": [{"price": {"amount": "0.123456789012345678901"}}])"),
            decimal + R"(found "0.123456789012345678901")");
  EXPECT_EQ(message(R"("items": [{"hs": "0307.22"}])"),
            R"(/items/0/hs: expected a commodity code of 4 to 12 digits such as "0307220000", found "0307.22")");
  EXPECT_EQ(message(R"("items": [{"origin": {"country_code": "jp"}}])"),
            "/items/0/origin/country_code: expected a code of ISO 3166-1 alpha-2: 2 capital letters, "
            "found \"jp\"");
  EXPECT_EQ(message(R"("items": [{"duties": [{"type": "VAT-0001", "regime": "FCN1"}]}])"), "");
  EXPECT_EQ(message(R"("items": [{"duties": [{"regime": "FCN123456"}]}])"),
            "/items/0/duties/0/regime: expected at most 8 characters, found 9");
}

}  // namespace
}  // namespace greenlane::document
