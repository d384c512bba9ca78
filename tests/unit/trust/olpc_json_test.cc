#include "trust/olpc_json.h"

#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace greenlane::trust {
namespace {

std::string canonical(std::string_view text) { return olpc_json(json::parse(text).value()).value(); }

TEST(OlpcJson, SortsKeysAndLeavesBlanksOut) {
  EXPECT_EQ(canonical(R"( { "b" : [ 1 , -2 , true , false , null ] , "a" : { } , "B" : [ ] } )"), R"({"B":[],"a":{},"b":[1,-2,true,false,null]})");
}

TEST(OlpcJson, SortsKeysByCodePointsNotByUnitsOfUtf16) {
  // U+FF5E comes before U+1F600, whose first unit in UTF-16 is D83D.
  EXPECT_EQ(canonical(R"({"\ud83d\ude00":1,"\uff5e":2,"\u00e9":3,"e":4})"),
            "{\"e\":4,\"\u00e9\":3,\"\uff5e\":2,\"\U0001F600\":1}");
}

TEST(OlpcJson, EscapesQuotesAndBackslashesOnly) {
  using std::string_literals::operator""s;
  EXPECT_EQ(canonical(R"(["\"\\\/\u0007\n\u00e9\u0000\u007f"])"), "[\"\\\"\\\\/\x07\n\u00e9\0\x7f\"]"s);
}

TEST(OlpcJson, WritesWholeNumbersPlainly) {
  EXPECT_EQ(canonical("[0,-0,9007199254740991,-9007199254740991]"), "[0,0,9007199254740991,-9007199254740991]");
}

TEST(OlpcJson, RefusesFractionsAndExponentsAndSaysWhere) {
  for (const char* number : {"1.0", "0.5", "1e3", "-2.5E-7"}) {
    const auto refused = olpc_json(json::parse(std::string(R"({"a":[{"b/c":)") + number + "}]}").value());
    ASSERT_FALSE(refused.ok()) << number;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_document);
    EXPECT_EQ(refused.error().pointer, "/a/0/b~1c");
  }
}

}  // namespace
}  // namespace greenlane::trust
