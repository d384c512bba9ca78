// The fast lane reads what is usual as the front door does, and leaves the rest to it.
#include "document/bulk_reader.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/text.h"
#include "table_fixture.h"
#include "base/base64.h"
#include "tests/support/both_lanes.h"
#include "tests/support/test_data.h"

namespace greenlane::document {
namespace {

using greenlane::test::BothLanes;
using test::order;
using test::small_table;

/// "fast" or "slow" by the lane that read `text`, or what the lanes disagree about.
std::string lane(const std::string& text, const json::Limits& limits = {}) {
  BothLanes lanes(small_table(), limits);
  const std::string difference = lanes.difference(text);
  return difference.empty() ? lanes.was_fast() ? "fast" : "slow" : text + "\n" + difference;
}

std::string lane_of(std::string_view members) { return lane(order(members)); }

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(FastLane, TakesWhatIsUsual) {
  for (const std::string_view members :
       {R"("number": "7", "direction": "import", "ordered_on": "2025-06-29", "sent_at": "2025-06-29T00:00:00.5+08:00")",
        R"("total": "-12.50", "urgent": true, "parties": {"seller": {"name": "甲", "id": null}, "buyer": null})",
        R"("items": [{"seq": 1, "hs": "0307", "net_kg": "0.000"}, {}, {"quantities": [{"value": "1", "unit": ""}]}])",
        R"("items": [], "urgent": false)", R"("items": null, "number": null, "total": null, "attributes": null)", "",
        R"("number": "a\"b\\c\/d\n\u0001", "x_note": "\u00e9\ud83d\ude00\t")",
        R"("x_b": {"z": [1, {"b": null, "a": -0}], "é": true, "": {}}, "x_a": [[], false, 9007199254740991], "x_": 1)",
        R"("attributes": {"b": 1, "a": [{"d": "\r", "c": null}]}, "items": [{"attributes": {}, "x_1": 2}])",
        "  \"number\"\t:\r\n\"7\"  "}) {
    EXPECT_EQ(lane_of(members), "fast") << members;
  }
}

TEST(FastLane, WritesKeysInTheOrderOfUtf16) {
  EXPECT_EQ(lane_of(R"("x_\ud83d\ude00": 1, "x_\uff21": 2, "x_~": 3, "x_": 4, "urgent": true, "x_z": 5)"), "fast");
  EXPECT_EQ(lane_of("\"attributes\": {\"\U0001F600\": 1, \"\uFF21\": 2, \"\uE000\": 3, \"\": 4, \"a\": 5, \"aa\": 6}"),
            "fast");
}

TEST(FastLane, LeavesWhatIsWrongInTheTextToTheFrontDoor) {
  const std::string good = order(R"("number": "7")");
  for (const std::string& text :
       {std::string(), std::string(" "), std::string("\xEF\xBB\xBF") + good, good + std::string(1, '\0'),
        std::string(1, '\0') + good, good + "x", good + good, good + ",", good.substr(0, good.size() - 1),
        std::string("7"), std::string("\"a\""), std::string("null"), std::string("[]"), std::string("{}"),
        std::string("{,}"), order(R"("number": '7')"), order(R"("number": "7",)"), order(R"(number: "7")"),
        order("\"number\": \"7\n\""), order("\"number\": \"\x7F\x01\""), order("\"number\": \"\xC3\""),
        order("\"number\": \"\xED\xA0\x80\""), order("\"number\": \"\xC0\xAF\""), order("\"number\": \"\xF4\x90\x80\x80\""),
        order("\"number\": \"a" + std::string(1, '\0') + "b\""), order(R"("number": "\x41")"), order(R"("number": "\u12")"),
        order(R"("number": "\ud800")"), order(R"("number": "\ud800\ud800")"), order(R"("number": "\udc00")"),
        order(R"("number": "\ud800A")"), order(R"("number": "\u0000")"), order("\f\"number\": \"7\""),
        order("\v\"number\": \"7\""), order("\"number\": \"7\" // comment"), order("\"urgent\": tru"),
        order("\"urgent\": truex"), order("\"urgent\": nulL"), order("\"x_n\": NaN"), order("\"x_n\": Infinity")}) {
    const std::string outcome = lane(text);
    EXPECT_EQ(outcome, "slow");
  }
}

TEST(FastLane, LeavesUnusualNumbersToTheFrontDoor) {
  for (const std::string_view number :
       {"1.0", "1e2", "1E2", "-0.0", "0.1", "1e999", "9007199254740992", "-9007199254740992", "18446744073709551615",
        "99999999999999999999999", "01", "+1", "-", "1.", ".5", "0x10", "1e", "--1", "1.5e300"}) {
    const std::string text(number);
    EXPECT_EQ(lane_of("\"x_n\": " + text), "slow") << text;
    EXPECT_EQ(lane_of("\"items\": [{\"seq\": " + text + "}]"), "slow") << text;
  }
  for (const std::string_view number : {"0", "-0", "-1", "9007199254740991", "-9007199254740991"}) {
    EXPECT_EQ(lane_of("\"x_n\": " + std::string(number)), "fast") << number;
  }
}

TEST(FastLane, RefusesNoKeyItself) {
  for (const std::string_view members :
       {R"("number": "7", "number": "7")", R"("number": "7", "n\u0075mber": "8")", R"("x_a": 1, "x_a": 1)",
        R"("x_a": 1, "x_\u0061": 2)", R"("attributes": {"a": 1, "b": 2, "a": 3})", R"("x_o": [{"a": {}, "a": {}}])",
        R"("unknown": 1)", R"("Number": "7")", R"("numbe": "7")", R"("number ": "7")", R"("": 1)", R"("x": 1)",
        R"("y_a": 1)", R"("x_\u0000": 1)", R"("x_o": {"\u0000": 1})", R"("x_o": ["\u0000"])",
        R"("parties": {"x_a": 1})", R"("items": [{"seq": 1, "seq": 1}])", R"("format": "test.order/1")"}) {
    EXPECT_EQ(lane_of(members), "slow") << members;
  }
  EXPECT_EQ(lane_of(R"("n\u0075mber": "7", "x\u005fa": 1)"), "fast");
  EXPECT_EQ(lane(R"({"number": "7"})"), "slow") << "a key that is required";
  EXPECT_EQ(lane(R"({"format": "test.order/2"})"), "slow");
}

TEST(FastLane, RefusesNoValueItself) {
  for (const std::string_view members :
       {R"("number": "1234567890123")", R"("number": 7)", R"("number": [])", R"("number": true)",
        R"("direction": "Import")", R"("direction": null)", R"("ordered_on": "2025-02-29")", R"("ordered_on": "2025-6-1")",
        R"("sent_at": "2025-06-29T00:00:00")", R"("total": "1,5")", R"("total": "")", R"("total": "1e3")",
        R"("total": "12345678901234567890123456789012345")", R"("total": 12)", R"("urgent": "true")", R"("urgent": 1)",
        R"("parties": null)", R"("parties": [])", R"("parties": "x")", R"("items": {})", R"("items": [null])",
        R"("items": [{}, {}, {}, {}, {}, {}])", R"("items": [{"seq": 0}])", R"("items": [{"hs": "030"}])",
        R"("items": [{"hs": "0307A"}])", R"("items": [{"origin": {"country_code": "jp"}}])",
        R"("items": [{"origin": {"country_code": "JPN"}}])", R"("items": [{"origin": {"country_code": "JP\n"}}])",
        R"("attributes": [])", R"("attributes": "x")"}) {
    EXPECT_EQ(lane_of(members), "slow") << members;
  }
}

TEST(FastLane, CountsCharactersAndNotBytes) {
  EXPECT_EQ(lane_of(R"("number": "一二三四五六七八九十十一")"), "fast");
  EXPECT_EQ(lane_of(R"("number": "一二三四五六七八九十十一二")"), "slow");
  EXPECT_EQ(lane_of(R"("number": "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00")"), "fast");
}

TEST(FastLane, LeavesWhatItHasNoPlanForToTheSchema) {
  EXPECT_EQ(lane_of(R"("items": [{"refs": ["a", "b"]}])"), "slow") << "elements that have to differ";
  EXPECT_EQ(lane_of(R"("items": [{"refs": ["a", "a"]}])"), "slow");
}

TEST(FastLane, LeavesWhatIsOverALimitToTheFrontDoor) {
  const std::string members = R"("x_a": [1, 2, 3], "number": "7")";
  for (const json::Limits& limits :
       {json::Limits{.bytes = 20}, json::Limits{.keys = 2}, json::Limits{.elements = 2}, json::Limits{.nodes = 5},
        json::Limits{.string_bytes = 5}, json::Limits{.depth = 1}, json::Limits{.number_chars = 0}}) {
    EXPECT_EQ(lane(order(members), limits), "slow");
  }
  EXPECT_EQ(lane(order(members), {.depth = 2, .keys = 3, .elements = 3}), "fast");
  EXPECT_EQ(lane_of("\"x_d\": " + nested(63)), "fast");
  EXPECT_EQ(lane_of("\"x_d\": " + nested(64)), "slow");
  EXPECT_EQ(lane_of("\"x_d\": " + nested(5000)), "slow");
  std::string deep = "1";
  for (int i = 0; i < 63; ++i) deep = "{\"k\":" + deep + "}";
  EXPECT_EQ(lane_of("\"attributes\": " + deep), "fast");
  EXPECT_EQ(lane_of("\"attributes\": {\"k\": " + deep + "}"), "slow");
  EXPECT_EQ(lane_of("\"x_l\": \"" + std::string(BulkReader::longest_fast, 'x') + "\""), "slow");
  EXPECT_EQ(lane_of("\"x_l\": \"" + std::string(BulkReader::longest_fast - 100, 'x') + "\""), "fast");
}

TEST(FastLane, TakesAllSampleDeclarations) {
  const auto table = builtin_table("greenlane.declaration/1").value();
  BothLanes lanes(table);
  int read = 0;
  for (const auto& entry : std::filesystem::directory_iterator(greenlane::test::source_root() / "samples/declarations")) {
    if (entry.path().extension() != ".json") continue;
    EXPECT_EQ(lanes.difference(greenlane::test::read_file(entry.path())), "") << entry.path();
    EXPECT_TRUE(lanes.was_fast()) << entry.path();
    ++read;
  }
  EXPECT_GT(read, 100);
}

TEST(BulkReader, MakesNodesOfItsProjection) {
  const auto table = small_table();
  Projection fields(*table);
  fields.add(*table->find("items.origin.country_code"));
  fields.add_all(*table->find("parties"));
  BulkReader reader(table, fields);
  const auto read = reader.read(order(
      R"("number": "7", "urgent": true, "items": [{"hs": "0307", "origin": {"country_code": "JP", "region_id": "R"}}],
         "parties": {"buyer": {"name": "B"}}, "attributes": {"a": 1})"));
  ASSERT_TRUE(read.ok());
  const Document& document = **read;
  ASSERT_TRUE(reader.was_fast());
  EXPECT_EQ(document.id(), "7");
  EXPECT_EQ(document.at_pointer("/items/0/origin/country_code")->text, "JP");
  EXPECT_EQ(document.at_pointer("/parties/buyer/name")->text, "B");
  for (const std::string_view unseen : {"/urgent", "/items/0/hs", "/items/0/origin/region_id", "/attributes"}) {
    EXPECT_EQ(document.at_pointer(unseen), nullptr) << unseen;
  }
  EXPECT_NE(document.json().find("attributes"), nullptr) << "the tree is whole";
}

TEST(BulkReader, ForgetsTheDocumentBefore) {
  BothLanes lanes(small_table());
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(lanes.difference(order(R"("number": "7", "items": [{"seq": 1}, {"seq": 2}], "x_a": 1)")), "");
    EXPECT_EQ(lanes.difference(order(R"("items": [{"seq": 0}], "x_a": 1)")), "");
    EXPECT_EQ(lanes.difference(order(R"("attributes": {"deep": [[[1, "2"]]]})")), "");
    EXPECT_EQ(lanes.difference(order(R"("x_long": ")" + std::string(100'000, 'y') + "\"")), "");
    EXPECT_EQ(lanes.difference("{"), "");
    EXPECT_EQ(lanes.difference(order("")), "");
  }
}

TEST(BulkReader, AgreesWithTheFrontDoorOnJsonTestSuite) {
  const auto file = greenlane::test::test_data() / "vectors/json-test-suite/cases.ndjson";
  GREENLANE_NEED_TEST_DATA(file);
  BothLanes lanes(small_table());
  const std::string lines = greenlane::test::read_file(file);
  int count = 0, fast = 0;
  for (const std::string_view line : text::split(text::trim(lines), '\n')) {
    const auto test_case = json::parse(line).value();
    const std::string text = decode_base64(test_case.text("base64")).value();
    for (const std::string& document : {text, order("\"x_case\": " + text), order("\"attributes\": {\"a\": " + text + "}")}) {
      EXPECT_EQ(lanes.difference(document), "") << test_case.text("name");
      fast += lanes.was_fast() ? 1 : 0;
      ++count;
    }
  }
  EXPECT_GT(count, 900);
  EXPECT_GT(fast, 60);
}

}  // namespace
}  // namespace greenlane::document
