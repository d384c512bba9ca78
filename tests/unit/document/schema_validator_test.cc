#include "document/schema_validator.h"

#include <gtest/gtest.h>

#include "document/compiled_schema.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

using test::parsed;
using test::refusal;

/// "pointer: message", or "" for a valid value.
std::string verdict(std::string_view schema, std::string_view value) {
  const auto result = validate(parsed(schema), parsed(value));
  return result.ok() ? "" : result.error().pointer + ": " + result.error().message;
}

TEST(SchemaValidator, SaysWhatWasExpectedAndFound) {
  EXPECT_EQ(refusal(R"("total": 12.5)"),
            R"(/total: expected a decimal string such as "1234.50" or null, found number 12.5)");
  EXPECT_EQ(refusal(R"("total": "1e3")"),
            R"(/total: expected a decimal string such as "1234.50", found "1e3")");
  EXPECT_EQ(refusal(R"("direction": "imp")"),
            R"(/direction: "imp" is not one of "import", "export", "transit")");
  EXPECT_EQ(refusal(R"("direction": null)"),
            R"(/direction: expected one of "import", "export", "transit", found null)");
  EXPECT_EQ(refusal(R"("items": [{"seq": 0}])"), "/items/0/seq: expected a number not below 1, found 0");
  EXPECT_EQ(refusal(R"("items": [{}, {"origin": {"country_code": "jp"}}])"),
            R"(/items/1/origin/country_code: expected 2 capital letters, found "jp")");
  EXPECT_EQ(refusal(R"("items": [{},{},{},{},{},{}])"), "/items: expected at most 5 elements, found 6");
  EXPECT_EQ(refusal(R"("number": "1234567890123")"), "/number: expected at most 12 characters, found 13");
  EXPECT_EQ(refusal(R"("items": [{"refs": ["a", "a"]}])"),
            "/items/0/refs/1: the same element stands here twice; each may be given once");
}

TEST(SchemaValidator, SuggestsTheKeyThatWasMeant) {
  EXPECT_EQ(refusal(R"("items": [{"net_kgs": "1"}])"),
            R"(/items/0/net_kgs: unknown key "net_kgs"; did you mean "net_kg"?)");
  EXPECT_EQ(refusal(R"("zzzzzzzz": 1)"), R"(/zzzzzzzz: unknown key "zzzzzzzz")");
}

TEST(SchemaValidator, NamesAMissingKeyOrItsMisspelling) {
  const auto table = test::small_table();
  EXPECT_EQ(Document::parse(table, "{}").error().message, R"(missing key "format")");
  EXPECT_EQ(Document::parse(table, R"({"fromat": "test.order/1"})").error().message,
            R"(unknown key "fromat"; did you mean "format"?)");
}

TEST(SchemaValidator, ReportsTheFirstViolationInTheOrderOfTheDocument) {
  EXPECT_EQ(refusal(R"("urgent": 1, "number": 5)"),
            "/urgent: expected true or false or null, found number 1");
  EXPECT_EQ(refusal(R"("number": 5, "urgent": 1)"), "/number: expected a string or null, found number 5");
}

TEST(SchemaValidator, LeavesFreeObjectsAndKeysAlone) {
  EXPECT_EQ(refusal(R"("x_any": {"a": [1, null]}, "attributes": {"b": 1.5}, "items": [{"x_y": true}])"), "");
  EXPECT_NE(refusal(R"("parties": {"x_any": 1})"), "");
}

TEST(SchemaValidator, RefusesNulEverywhere) {
  const std::string words = "holds U+0000, which no document may hold";
  EXPECT_EQ(refusal(R"("number": "a\u0000b")"), "/number: the string " + words);
  EXPECT_EQ(refusal(R"("x_a": [{"b": "\u0000"}])"), "/x_a/0/b: the string " + words);
  EXPECT_NE(refusal(R"("attributes": {"a\u0000": 1})").find("the key " + words), std::string::npos);
}

TEST(SchemaValidator, KnowsTheCombiningKeywords) {
  EXPECT_EQ(verdict(R"({"allOf": [{"type": "integer"}, {"minimum": 3}]})", "2"),
            ": expected a number not below 3, found 2");
  EXPECT_EQ(verdict(R"({"anyOf": [{"type": "string"}, {"type": "null"}]})", "2"),
            ": expected a string, or null, found number 2");
  EXPECT_EQ(verdict(R"({"anyOf": [{"type": "object", "required": ["a"]}, {"type": "null"}]})", "{}"),
            R"(: missing key "a")");
  EXPECT_NE(verdict(R"({"oneOf": [{"minimum": 1}, {"minimum": 2}]})", "3"), "");
  EXPECT_EQ(verdict(R"({"oneOf": [{"minimum": 1}, {"minimum": 2}]})", "1"), "");
  const std::string_view conditional =
      R"({"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "then": {"required": ["b"]},
          "else": {"required": ["c"]}})";
  EXPECT_EQ(verdict(conditional, R"({"a": 1})"), R"(: missing key "b")");
  EXPECT_EQ(verdict(conditional, R"({"a": 2})"), R"(: missing key "c")");
  EXPECT_EQ(verdict(conditional, R"({"a": 1, "b": 1})"), "");
}

TEST(SchemaValidator, FollowsReferencesAlsoOfTrees) {
  const std::string_view tree = R"({"$ref": "#/definitions/node", "definitions": {"node": {"type": "object",
      "properties": {"parts": {"type": "array", "items": {"$ref": "#/definitions/node"}}},
      "additionalProperties": false}}})";
  EXPECT_EQ(verdict(tree, R"({"parts": [{"parts": []}, {}]})"), "");
  EXPECT_EQ(verdict(tree, R"({"parts": [{"parts": [1]}]})"),
            "/parts/0/parts/0: expected an object, found number 1");
}

TEST(SchemaValidator, AppliesPatternsToNamedPropertiesToo) {
  const std::string_view schema =
      R"({"properties": {"x_a": {}}, "patternProperties": {"^x_": {"type": "string"}}})";
  EXPECT_EQ(verdict(schema, R"({"x_a": 1})"), "/x_a: expected a string, found number 1");
}

TEST(SchemaValidator, RefusesSchemasItCannotJudge) {
  for (const std::string_view schema :
       {R"({"multipleOf": 2})", R"({"typ": "string"})", R"({"format": "deciaml"})",
        R"({"$ref": "#/definitions/no"})", R"({"$ref": "other.json"})", R"({"$ref": "#"})",
        R"({"allOf": [{"$ref": "#"}]})", R"({"pattern": "("})", R"({"type": "text"})", R"({"items": [{}]})",
        R"({"maxItems": -1})", R"({"$ref": "#/definitions/a",
        "maxLength": 3, "definitions": {"a": {}}})",
        R"([])"}) {
    const auto result = validate(parsed(schema), parsed("1"));
    ASSERT_FALSE(result.ok()) << schema;
    EXPECT_EQ(result.error().code, ErrorCode::internal) << schema;
  }
}

TEST(SchemaValidator, CountsCharactersAndNotBytes) {
  EXPECT_EQ(verdict(R"({"maxLength": 2})", R"("报关")"), "");
  EXPECT_NE(verdict(R"({"minLength": 3})", R"("报关")"), "");
}

}  // namespace
}  // namespace greenlane::document
