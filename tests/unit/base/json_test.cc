#include "base/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace greenlane::json {
namespace {

TEST(JsonValue, CopiesAndMoves) {
  Value a = Object{{"list", Array{1, "two", 3.5, nullptr, true}}, {"text", "x"}};
  Value b = a;
  EXPECT_EQ(a, b);
  b.set("text", "y");
  b.set("more", 1);
  EXPECT_FALSE(a == b);
  EXPECT_EQ(a.text("text"), "x");
  const Value c = std::move(b);
  EXPECT_TRUE(b.is_null());
  EXPECT_EQ(c.text("text"), "y");
  a = c;
  EXPECT_EQ(a, c);
  a = *a.find("list");  // a part of what is overwritten
  EXPECT_EQ(a.array().size(), 5u);
  Value& self = a;
  a = self;
  EXPECT_EQ(a.array().size(), 5u);
  Value d = Array{Array{1}};
  d = std::move(d.array()[0]);
  EXPECT_EQ(d, Value(Array{1}));
  d = "text";
  d = 4;
  EXPECT_EQ(d, Value(4));
}

TEST(JsonValue, FindsMembers) {
  const Value value = Object{{"a", 1}, {"b", "text"}};
  EXPECT_EQ(value.find("a")->integer(), 1);
  EXPECT_EQ(value.find("c"), nullptr);
  EXPECT_EQ(Value(3).find("a"), nullptr);
  EXPECT_EQ(value.text("b"), "text");
  EXPECT_EQ(value.text("a"), "");
  EXPECT_EQ(value.text("c"), "");
}

TEST(JsonValue, IsEqualByValueWhateverTheOrder) {
  EXPECT_EQ(Value(1), Value(1.0));
  EXPECT_FALSE(Value(1) == Value(true));
  EXPECT_FALSE(Value(0) == Value());
  EXPECT_FALSE(Value("1") == Value(1));
  EXPECT_EQ(Value(Object{{"a", 1}, {"b", 2}}), Value(Object{{"b", 2}, {"a", 1}}));
  EXPECT_FALSE(Value(Object{{"a", 1}}) == Value(Object{{"b", 1}}));
  EXPECT_FALSE(Value(Array{1, 2}) == Value(Array{2, 1}));
}

TEST(JsonWriter, WritesNumbersAsEcmaScript) {
  const auto written = [](double value) { return canonical(Value(value)); };
  EXPECT_EQ(written(0.0), "0");
  EXPECT_EQ(written(-0.0), "0");
  EXPECT_EQ(written(1.0), "1");
  EXPECT_EQ(written(-1.5), "-1.5");
  EXPECT_EQ(written(1e21), "1e+21");
  EXPECT_EQ(written(999999999999999900000.0), "999999999999999900000");
  EXPECT_EQ(written(0.000001), "0.000001");
  EXPECT_EQ(written(9.999999999999997e-7), "9.999999999999997e-7");
  EXPECT_EQ(written(1e-7), "1e-7");
  EXPECT_EQ(written(5e-324), "5e-324");
  EXPECT_EQ(written(-1.7976931348623157e308), "-1.7976931348623157e+308");
  EXPECT_EQ(written(9007199254740994.0), "9007199254740994");
  EXPECT_EQ(written(295147905179352830000.0), "295147905179352830000");
  EXPECT_EQ(written(333333333.33333329), "333333333.3333333");
  EXPECT_EQ(written(1e23), "1e+23");
  EXPECT_EQ(written(0.1), "0.1");
  EXPECT_EQ(written(123.456), "123.456");
  EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(written(std::nan("")), "null");
  EXPECT_EQ(canonical(Value(-9007199254740991)), "-9007199254740991");
}

TEST(JsonWriter, EscapesOnlyWhatMustBe) {
  std::string out;
  append_quoted(out, std::string_view("a\"\\/\b\f\n\r\t\x01\x1F\x7F\0 \xE2\x80\xA8\xC3\xA9", 19));
  EXPECT_EQ(out, "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F\\u0000 \xE2\x80\xA8\xC3\xA9\"");
}

TEST(JsonWriter, SortsCanonicalKeysByUtf16) {
  // U+1F6A2 is D83D DEA2 in UTF-16 and so before U+E000 and U+FB33.
  const Value value = Object{{"\uFB33", 1}, {"\U0001F6A2", 2}, {"\uE000", 3}, {"\u20AC", 4},
                             {"b", 5},      {"ab", 6},         {"a", 7},      {"", 8}};
  EXPECT_EQ(canonical(value),
            "{\"\":8,\"a\":7,\"ab\":6,\"b\":5,\"\u20AC\":4,\"\U0001F6A2\":2,\"\uE000\":3,\"\uFB33\":1}");
}

TEST(JsonWriter, KeepsTheOrderOfKeysOtherwise) {
  const Value value = Object{{"b", Array{1, Object{}, Array{}}}, {"a", Object{{"x", nullptr}}}, {"c", true}};
  EXPECT_EQ(compact(value), R"({"b":[1,{},[]],"a":{"x":null},"c":true})");
  EXPECT_EQ(
      pretty(value),
      "{\n  \"b\": [\n    1,\n    {},\n    []\n  ],\n  \"a\": {\n    \"x\": null\n  },\n  \"c\": true\n}");
  for (const std::string& text : {canonical(value), compact(value), pretty(value)}) {
    auto again = parse(text);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(*again, value);
  }
}

TEST(JsonPointer, EscapesAndFollowsTokens) {
  EXPECT_EQ(pointer_child("", "a/b~c"), "/a~1b~0c");
  EXPECT_EQ(pointer_child("/items", std::size_t{12}), "/items/12");
  const Value root = Object{{"items", Array{Object{{"a/b~c", 7}}, 8}}, {"", 9}, {"~1", 10}};
  EXPECT_EQ(at_pointer(root, ""), &root);
  EXPECT_EQ(at_pointer(root, "/items/0/a~1b~0c")->integer(), 7);
  EXPECT_EQ(at_pointer(root, "/items/1")->integer(), 8);
  EXPECT_EQ(at_pointer(root, "/")->integer(), 9);
  EXPECT_EQ(at_pointer(root, "/~01")->integer(), 10);
  for (const char* pointer : {"items", "/items/2", "/items/01", "/items/-", "/items/-1", "/items/",
                              "/items/1/x", "/no", "/~", "/~2", "/items/99999999999999999999"}) {
    EXPECT_EQ(at_pointer(root, pointer), nullptr) << pointer;
  }
}

}  // namespace
}  // namespace greenlane::json
