// Comparing what people wrote: whole words, case, white space, scripts without blanks.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

bool mentions(const std::string& text, const std::string& term) {
  json::Array items{json::Object{{"description", text}}};
  const std::string got = verdict({.when = "item.description.mentions(\"" + term + "\")", .each = "items"},
                                  "\"items\": " + json::compact(json::Value(std::move(items))));
  EXPECT_TRUE(got == "hit" || got == "clear") << got;
  return got == "hit";
}

std::string normalized(const std::string& text) {
  json::Array items{json::Object{{"description", text}}};
  const Compiled pack = good({{.when = "item.description.normalized() != ''",
                               .each = "items",
                               .message = "{item.description.normalized()}"}});
  const Assessment a = assess(pack, "\"items\": " + json::compact(json::Value(std::move(items))));
  return a.findings.empty() ? "" : a.findings[0].message.en;
}

TEST(Mentions, FindsWholeWordsOnly) {
  EXPECT_TRUE(mentions("Frozen cod, gutted", "cod"));
  EXPECT_FALSE(mentions("Frozen codfish", "cod"));
  EXPECT_FALSE(mentions("Barcode printers", "cod"));
  EXPECT_TRUE(mentions("(cod)", "cod"));
  EXPECT_TRUE(mentions("cod", "cod"));
  EXPECT_TRUE(mentions("Atlantic codfish and cod", "cod"));
  EXPECT_FALSE(mentions("", "cod"));
}

TEST(Mentions, IgnoresCaseAndWhiteSpaceAndSurroundingPunctuation) {
  EXPECT_TRUE(mentions("USED   Excavator\u00a0parts", "used excavator"));
  EXPECT_TRUE(mentions("STRASSE", "stra\u00dfe"));
  EXPECT_TRUE(mentions("\u0421\u0422\u0410\u041b\u042c", "\u0441\u0442\u0430\u043b\u044c"));
  EXPECT_TRUE(mentions("lithium-ion battery", "Lithium-Ion"));
}

TEST(Mentions, FindsChineseTermsAnywhere) {
  EXPECT_TRUE(mentions("冷冻日本扇贝柱", "扇贝"));
  EXPECT_TRUE(mentions("废塑料", "废"));
  EXPECT_FALSE(mentions("冷冻虾", "扇贝"));
  EXPECT_TRUE(mentions("使用済みホタテ貝", "ホタテ"));
  EXPECT_TRUE(mentions("냉동가리비살", "가리비"));
}

TEST(Mentions, EndsLatinWordsAtChineseCharacters) {
  EXPECT_TRUE(mentions("苹果iPhone手机", "iphone"));
  EXPECT_FALSE(mentions("苹果iPhones手机", "iphone"));
}

TEST(Mentions, OfNothingIsNeverTrue) {
  EXPECT_FALSE(mentions("anything", ""));
  EXPECT_FALSE(mentions("anything", "..."));
}

TEST(Mentions, AnyTermOfAListAndSaysWhichList) {
  const Compiled pack = good({{.when = "item.description.mentions(lists.waste)", .each = "items"}},
                             R"({"waste": {"type": "string", "values": ["scrap", "used", "废"]}})");
  const Assessment a = assess(
      pack,
      R"("items": [{"description": "Steel SCRAP, mixed"}, {"description": "unused cups"}, {"description": "废纸"}])");
  ASSERT_EQ(a.findings.size(), 2u);
  EXPECT_EQ(a.findings[0].lists, std::vector<std::string>{"waste"});
}

TEST(Normalized, KeepsWhatTheNameSays) {
  EXPECT_EQ(normalized("  ACME  Trading\tCo., Ltd. "), "acme trading co., ltd");
  EXPECT_EQ(normalized("\"ACME\""), "acme");
  EXPECT_EQ(normalized("***"), "");
  EXPECT_EQ(normalized("（上海）贸易有限公司"), "上海）贸易有限公司");
}

TEST(Texts, OfFieldsThatWereNotDeclaredAreUndetermined) {
  EXPECT_EQ(verdict({.when = "item.description.mentions('cod')", .each = "items"}, R"("items": [{}])"),
            "undetermined /items/0/description");
  EXPECT_EQ(verdict({.when = "item.description.normalized() == 'x'", .each = "items"},
                    R"("items": [{"description": null}])")
                .substr(0, 6),
            "error:");
}

}  // namespace
}  // namespace greenlane::test
