#include <gtest/gtest.h>

#include "base/json.h"

namespace greenlane::json {
namespace {

Error refusal(std::string_view text, const Limits& limits = {}) {
  auto result = parse(text, limits);
  EXPECT_FALSE(result.ok()) << text.substr(0, 200);
  if (result.ok()) return {};
  EXPECT_GE(result.error().line, 1u);
  EXPECT_GE(result.error().column, 1u);
  return result.error();
}

Value accepted(std::string_view text, const Limits& limits = {}) {
  auto result = parse(text, limits);
  EXPECT_TRUE(result.ok()) << text.substr(0, 200) << ": " << (result.ok() ? "" : result.error().to_text());
  return result.ok() ? std::move(*result) : Value();
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(JsonFrontDoor, ReadsEveryKindOfValue) {
  const Value value = accepted(R"( {"a": [null, true, false, -12, 1.5, "x\u00e9\n", {}, []], "b": 1E2} )");
  const Array& array = value.find("a")->array();
  ASSERT_EQ(array.size(), 8u);
  EXPECT_TRUE(array[0].is_null());
  EXPECT_TRUE(array[1].boolean());
  EXPECT_FALSE(array[2].boolean());
  EXPECT_TRUE(array[3].is(Kind::integer));
  EXPECT_EQ(array[3].integer(), -12);
  EXPECT_TRUE(array[4].is(Kind::number));
  EXPECT_EQ(array[4].number(), 1.5);
  EXPECT_EQ(array[5].string(), "x\xC3\xA9\n");
  EXPECT_TRUE(array[6].is_object() && array[6].object().empty());
  EXPECT_TRUE(array[7].is_array() && array[7].array().empty());
  EXPECT_TRUE(value.find("b")->is(Kind::number));
  EXPECT_EQ(accepted("7").integer(), 7);
  EXPECT_EQ(accepted("-0").integer(), 0);
  EXPECT_EQ(accepted(R"("\u0000")").string(), std::string_view("\0", 1));
  EXPECT_EQ(accepted(R"("\ud83d\udea2")").string(), "\xF0\x9F\x9A\xA2");
}

TEST(JsonFrontDoor, RefusesDuplicateKeys) {
  const Error error = refusal("{\"items\": [{\"hs\": \"01\",\n  \"hs\": \"02\"}]}");
  EXPECT_EQ(error.code, ErrorCode::invalid_json);
  EXPECT_EQ(error.message, "duplicate key \"hs\"; each key may stand once in an object");
  EXPECT_EQ(error.pointer, "/items/0/hs");
  EXPECT_EQ(error.line, 2u);
  EXPECT_EQ(error.column, 3u);
  EXPECT_EQ(refusal(R"({"hs": 1, "\u0068s": 2})").pointer, "/hs");
  EXPECT_EQ(refusal(R"({"": 1, "": 2})").pointer, "/");
  accepted(R"({"a": {"a": 1}, "b": {"a": 1}, "A": 1})");
}

TEST(JsonFrontDoor, FindsDuplicatesAmongManyKeys) {
  std::string text = "{\"first\": 0";
  for (int i = 0; i < 5'000; ++i) text += ", \"k" + std::to_string(i) + "\": 0";
  EXPECT_EQ(accepted(text + "}").object().size(), 5'001u);
  for (const char* key : {"first", "k3", "k20", "k4999"}) {
    EXPECT_EQ(refusal(text + ", \"" + key + "\": 1}").pointer, "/" + std::string(key));
  }
}

TEST(JsonFrontDoor, RefusesLoneSurrogatesAndBadUtf8) {
  for (const char* text :
       {R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\ud800")", R"({"\udfff": 1})"}) {
    EXPECT_EQ(refusal(text).code, ErrorCode::invalid_json) << text;
  }
  for (const char* text :
       {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "{\"\xE6\xB5\": 1}", "\xFF\xFE[\x01"}) {
    EXPECT_EQ(refusal(text).code, ErrorCode::invalid_encoding) << text;
  }
  const Error error = refusal("[\"\xE6\xB5\xB7\",\n \"\xE6\xB5\xB7\xFF\"]");
  EXPECT_EQ(error.line, 2u);
  EXPECT_EQ(error.column, 4u);
}

TEST(JsonFrontDoor, RefusesAByteOrderMark) {
  EXPECT_NE(refusal("\xEF\xBB\xBF{}").message.find("byte order mark"), std::string::npos);
  refusal("\xEF\xBB\xBF");
}

TEST(JsonFrontDoor, RefusesDeepNesting) {
  accepted(nested(64));
  const Error error = refusal(nested(65));
  EXPECT_EQ(error.code, ErrorCode::limit_exceeded);
  EXPECT_EQ(error.column, 65u);
  EXPECT_EQ(refusal(nested(10'000)).code, ErrorCode::limit_exceeded);
  EXPECT_EQ(refusal(std::string(1'000'000, '[')).code, ErrorCode::limit_exceeded);
  std::string objects;
  for (int i = 0; i < 10'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(refusal(objects).code, ErrorCode::limit_exceeded);
}

TEST(JsonFrontDoor, RefusesIntegersThatADoubleCannotHold) {
  EXPECT_EQ(accepted("9007199254740991").integer(), 9007199254740991);
  EXPECT_EQ(accepted("-9007199254740991").integer(), -9007199254740991);
  for (const char* text :
       {"9007199254740992", "-9007199254740992", "9223372036854775808", "-9223372036854775809",
        "18446744073709551616", "1234567890123456789012345678901"}) {
    const Error error = refusal(std::string("{\"n\": ") + text + "}");
    EXPECT_EQ(error.message,
              "integer " + std::string(text) + " is beyond \u00B1(2^53-1); write it as a string");
    EXPECT_EQ(error.pointer, "/n");
    EXPECT_EQ(error.column, 7u);
  }
}

TEST(JsonFrontDoor, RefusesNumbersThatTheCanonicalFormWritesAsSuchIntegers) {
  for (const char* text : {"9007199254740992.0", "1e16", "-9007199254740991e4", "9.99e20"}) {
    EXPECT_NE(refusal(text).message.find("is beyond \u00B1(2^53-1)"), std::string::npos) << text;
  }
  for (const char* text : {"9007199254740991.0", "1e15", "1e21", "-123e45", "1E30"}) {
    EXPECT_EQ(accepted(canonical(accepted(text))), accepted(text)) << text;
  }
}

TEST(JsonFrontDoor, RefusesNumbersThatOverflow) {
  const Error error = refusal("{\"a\": [1, 1e400]}");
  EXPECT_EQ(error.message, "number 1e400 does not fit a double; write amounts as decimal strings");
  EXPECT_EQ(error.pointer, "/a/1");
  refusal("-1e400");
  accepted("1e308");
  accepted("1e-400");
  Limits wide;
  wide.number_chars = 1000;
  EXPECT_NE(refusal(std::string(500, '9'), wide).message.find("write it as a string"), std::string::npos);
}

TEST(JsonFrontDoor, SaysWhereTextIsNotJson) {
  const Error error = refusal("{\"a\": {\"b~/\": [1, nul]}}");
  EXPECT_EQ(error.code, ErrorCode::invalid_json);
  EXPECT_EQ(error.pointer, "/a/b~0~1/1");
  EXPECT_EQ(error.column, 22u);
  EXPECT_EQ(error.message, "text is not JSON: parsing value - invalid literal; read \"nul]\"");
  EXPECT_EQ(refusal("").message,
            "text is not JSON: parsing value - unexpected end of input; expected '[', '{', or a literal");
  EXPECT_EQ(refusal("{\n\"a\": 1\n").line, 3u);
  for (const char* text : {" ", "[1,]", "{\"a\":1,}", "{a:1}", "[1] 2", "'x'", "01", "1.", ".5", "+1", "NaN",
                           "Infinity", "// c\n1", "[1 2]", "\"\t\"", "\"\\x\"", "tru", "]", "{\"a\" 1}"}) {
    EXPECT_EQ(refusal(text).code, ErrorCode::invalid_json) << text;
  }
}

TEST(JsonFrontDoor, CutsMessagesBetweenCharacters) {
  const Error error = refusal("[1\xE6\xB5\xB7]");
  EXPECT_EQ(error.message, "text is not JSON: parsing array - invalid literal; read \"\xE6\xB5\xB7\"");
  EXPECT_EQ(error.column, 3u);
}

TEST(JsonFrontDoor, RefusesZeroBytes) {
  for (const std::string_view text : {std::string_view("{}\0", 3), std::string_view("\0", 1),
                                      std::string_view("[1\0]", 4), std::string_view("\"\0\"", 3)}) {
    EXPECT_EQ(refusal(text).code, ErrorCode::invalid_json);
  }
}

TEST(JsonFrontDoor, KeepsMessagesShort) {
  Limits wide;
  wide.number_chars = 100'000;
  EXPECT_LT(refusal(std::string(50'000, '7'), wide).message.size(), 200u);
  EXPECT_LT(refusal("\"" + std::string(50'000, 'x') + "\n\"").message.size(), 200u);
  const std::string key = "\"" + std::string(50'000, 'k') + "\": 1";
  EXPECT_LT(refusal("{" + key + "," + key + "}").message.size(), 200u);
}

TEST(JsonFrontDoor, KeepsItsLimits) {
  Limits limits;
  limits.bytes = 40;
  limits.keys = 2;
  limits.elements = 3;
  limits.nodes = 6;
  limits.string_bytes = 4;
  limits.number_chars = 5;
  for (const char* text : {"[1,2,3]", "{\"a\":1,\"b\":2}", "[[1],[2],[]]", "\"1234\"", "12345", "-1.25",
                           "{\"1234\":1}", "                                       1"}) {
    accepted(text, limits);
  }
  for (const char* text :
       {"[1,2,3,4]", "[[],[],[],[]]", "{\"a\":1,\"b\":2,\"c\":3}", "[[1],[2],[3]]", "\"12345\"", "123456",
        "-12345", "-1.125", "1e0400", "{\"12345\":1}", "                                        1"}) {
    EXPECT_EQ(refusal(text, limits).code, ErrorCode::limit_exceeded) << text;
  }
  EXPECT_EQ(refusal("{\"a\":[1,2,3,4]}", limits).pointer, "/a/3");
  EXPECT_EQ(refusal("{\"a\":[1,2,3,4]}", limits).column, 13u);
}

}  // namespace
}  // namespace greenlane::json
