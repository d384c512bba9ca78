#include "document/mapping.h"

#include <gtest/gtest.h>

#include "stream_fixture.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

using test::memory;
using test::outcomes;
using test::parsed;

/// The mapping whose further members are `members`.
Result<std::shared_ptr<const Mapping>> mapping(std::string_view members) {
  std::string text = R"({"format": "greenlane.mapping/1", "id": "test", "title": {"en": "Test", "zh": "测试"},
      "to": "test.order/1", )";
  text.append(members).append("}");
  return Mapping::from_json(parsed(text), test::small_table());
}

std::string fault(std::string_view members) {
  const auto result = mapping(members);
  return result.ok() ? "" : result.error().pointer + ": " + result.error().message;
}

std::vector<std::string> run(std::string_view members, std::string text) {
  auto made = mapping(members);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().to_text());
  if (!made.ok()) return {};
  auto stream = open_csv(memory(std::move(text)), *made);
  if (!stream.ok()) return {stream.error().to_text()};
  return outcomes(*stream);
}

using Lines = std::vector<std::string>;

constexpr std::string_view item_fields =
    R"("csv": {"date_format": "DD/MM/YYYY"}, "group_by": ["No"], "fields": [
    {"from": "No", "to": "number"}, {"from": "Date", "to": "ordered_on"}, {"from": "Code", "to": "items[].hs"},
    {"from": "Mass", "to": "items[].net_kg"}], "ignore": ["Remark"])";

TEST(Mapping, MakesOneDocumentOfAGroup) {
  const Lines lines = run(item_fields,
                          "No,Date,Code,Mass,Remark\n"
                          "7,29/06/2025,0307.22,\"1.50\",x\n"
                          " 7,29/6/2025,1604,,y\n"
                          "8,,,,\n");
  const Lines expected = {
      R"({"format":"test.order/1","number":"7","ordered_on":"2025-06-29","items":[{"hs":"030722","net_kg":"1.50"},{"hs":"1604"}]})",
      R"({"format":"test.order/1","number":"8"})"};
  EXPECT_EQ(lines, expected);
}

TEST(Mapping, NamesLineColumnTextAndExpectation) {
  const Lines lines = run(item_fields,
                          "No,Date,Code,Mass,Remark\n"
                          "1,2025-06-29,0307,1,\n"
                          "2,31/02/2025,0307,1,\n"
                          "3,29/06/2025,03,1,\n"
                          "4,29/06/2025,0307,\"1,5\",\n"
                          "5,29/06/2025,0307\n"
                          "6,29/06/2025,0307,2,\n");
  ASSERT_EQ(lines.size(), 6u);
  EXPECT_EQ(lines[0], R"(2: column "Date": expected a date written as DD/MM/YYYY, found "2025-06-29")");
  EXPECT_EQ(lines[1], R"(3: column "Date": expected a date written as DD/MM/YYYY, found "31/02/2025")");
  EXPECT_EQ(
      lines[2],
      R"(4: column "Code": expected a commodity code of 4 to 12 digits such as "0307220000", found "03")");
  EXPECT_EQ(lines[3], R"(5: column "Mass": expected a decimal number such as 1234.50, found "1,5")");
  EXPECT_EQ(lines[4], "6: row has 3 columns, the header has 5");
  EXPECT_EQ(lines[5].front(), '{');
}

TEST(Mapping, PlacesErrorsOfTheDocumentAtTheColumn) {
  const std::string_view fields =
      R"("csv": {}, "group_by": ["No"], "constants": [{"to": "items[].seq", "value": 0}],
      "fields": [{"from": "No", "to": "number"}, {"from": "Origin", "to": "items[].origin.country_code"}])";
  const Lines lines = run(fields, "No,Origin\n1,\n1,jp\n1234567890123,\n2,JP\n");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0],
            "3: /items/0/origin/country_code: column \"Origin\": expected 2 capital letters, "
            "found \"jp\"");
  EXPECT_EQ(lines[1], "4: /number: column \"No\": expected at most 12 characters, found 13");
  EXPECT_EQ(lines[2], "5: /items/0/seq: expected a number not below 1, found 0");
}

TEST(Mapping, HeaderFieldsOfAGroupMustAgree) {
  const Lines lines =
      run(item_fields, "No,Date,Code,Mass,Remark\n7,29/06/2025,0307,1,\n7,30/06/2025,0307,1,\n");
  EXPECT_EQ(lines, Lines{"3: column \"Date\": rows of one group must agree here, found \"30/06/2025\", but "
                         "\"29/06/2025\" in line 2"});
}

TEST(Mapping, MapsValuesPadsAndTypes) {
  const std::string_view fields = R"("csv": {"decimal_sign": ",", "thousands_sign": ".", "delimiter": ";"},
      "constants": [{"to": "direction", "value": "import"}, {"to": "items[].quantities[0].unit", "value": "KGM"},
                    {"to": "items[].quantities[1].unit", "value": "NMB"}],
      "fields": [
        {"from": "Urgent", "to": "urgent", "values": {"Y": "true", "N": false, "": null}},
        {"from": "Buyer", "to": "parties.buyer.id", "values": {"A": "Alpha"}, "other": "keep", "empty": "null"},
        {"from": "Code", "to": "items[].hs", "pad_left": {"width": 6, "with": "0"}},
        {"from": "Line", "to": "items[].seq"},
        {"from": "Kg", "to": "items[].quantities[0].value"}, {"from": "Pieces", "to": "items[].quantities[1].value"},
        {"from": "Own", "to": "x_own"}, {"from": "Free", "to": "attributes.a.b"}])";
  const std::string header = "Urgent;Buyer;Code;Line;Kg;Pieces;Own;Free\n";
  EXPECT_EQ(
      run(fields, header + "Y;A;30722;1;1.234,5;;o;f\n"),
      Lines{
          R"({"format":"test.order/1","urgent":true,"parties":{"buyer":{"id":"Alpha"}},"items":[{"hs":"030722",)"
          R"("seq":1,"quantities":[{"value":"1234.5","unit":"KGM"}]}],"x_own":"o","attributes":{"a":{"b":"f"}},)"
          R"("direction":"import"})"});
  EXPECT_EQ(
      run(fields, header + ";;30722;1;;3;;\n"),
      Lines{
          R"({"format":"test.order/1","urgent":null,"parties":{"buyer":{"id":null}},"items":[{"hs":"030722",)"
          R"("seq":1,"quantities":[{"value":"3","unit":"NMB"}]}],"direction":"import"})"});
  EXPECT_EQ(run(fields, header + "X;B;30722;1;;;;\n"),
            Lines{R"(2: column "Urgent": expected one of "", "N", "Y", found "X")"});
}

TEST(Mapping, LeavesOutWhatItsValuesDoNotHave) {
  const std::string_view fields = R"("csv": {}, "fields": [
      {"from": "Type", "to": "direction", "values": {"IM": "import", "EX": "export"}, "other": "absent"}, {"from": "Line", "to": "items[].seq"}])";
  EXPECT_EQ(run(fields, "Type,Line\nIM,1\nCO,2\n"), (Lines{R"({"format":"test.order/1","direction":"import","items":[{"seq":1}]})",
                                                          R"({"format":"test.order/1","items":[{"seq":2}]})"}));
}

TEST(Mapping, ScalesAndRoundsDecimals) {
  const std::string_view fields = R"("csv": {"decimal_sign": ",", "thousands_sign": ".", "delimiter": ";"},
      "fields": [
        {"from": "Rate", "to": "total", "scale": -2, "values": {"free": "0.0"}, "other": "keep"},
        {"from": "Tonnes", "to": "items[].net_kg", "scale": 3, "round": 1, "empty": "null"}])";
  EXPECT_EQ(run(fields, "Rate;Tonnes\n6,5;1.234,56785\nfree;0,00025\n;\n"),
            (Lines{R"({"format":"test.order/1","total":"0.065","items":[{"net_kg":"1234567.8"}]})",
                   R"({"format":"test.order/1","total":"0.0","items":[{"net_kg":"0.2"}]})",
                   R"({"format":"test.order/1","items":[{"net_kg":null}]})"}));
  EXPECT_EQ(run(fields, "Rate;Tonnes\n6,5%;1\n"),
            Lines{"2: column \"Rate\": expected a decimal number such as 1.234,50 that has at most 34 digits "
                  "once it is scaled, found \"6,5%\""});
}

TEST(Mapping, RefusesToScaleWhatIsNoDecimal) {
  const auto target = [](std::string_view to, std::string_view rule) {
    return fault(R"("csv": {}, "fields": [{"from": "A", "to": ")" + std::string(to) + "\", " +
                 std::string(rule) + "}]");
  };
  EXPECT_EQ(target("number", R"("scale": -2)"),
            "/fields/0/scale: \"scale\" is for fields that are decimal numbers; this one takes text");
  EXPECT_EQ(target("items[].seq", R"("round": 0)"),
            "/fields/0/round: \"round\" is for fields that are decimal numbers; this one takes a whole "
            "number");
  EXPECT_EQ(target("attributes.a", R"("scale": 0)"),
            "/fields/0/scale: \"scale\" is for fields that are decimal numbers; this one takes text");
  EXPECT_EQ(target("total", R"("scale": 13)"), "/fields/0/scale: expected a number not above 12, found 13");
  EXPECT_EQ(target("total", R"("round": -1)"), "/fields/0/round: expected a number not below 0, found -1");
  EXPECT_EQ(target("total", R"("round": 1.5)"),
            "/fields/0/round: expected a whole number, found number 1.5");
}

TEST(Mapping, ReadsGb18030) {
  const std::string_view fields =
      R"("csv": {"encoding": "gb18030"}, "fields": [{"from": "编号", "to": "number"}])";
  EXPECT_EQ(run(fields, "\xB1\xE0\xBA\xC5\r\n\xB1\xA8\xB9\xD8\r\n"),
            Lines{R"({"format":"test.order/1","number":"报关"})"});
}

TEST(Mapping, ComparesItsColumnsWithTheTable) {
  EXPECT_EQ(run(item_fields, "No,Date,Code,Maas,Remark\n"),
            Lines{R"(the mapping reads column "Mass", which the table does not have; did you mean "Maas"?)"});
  EXPECT_EQ(
      run(item_fields, "No,Date,Code,Mass,More,Last\n"),
      Lines{
          R"(the table has columns "More", "Last", which the mapping does not mention; add to its "fields" or )"
          R"(its "ignore")"});
  EXPECT_EQ(run(item_fields, "No,Date,Code,Mass,Mass\n"), Lines{R"(the header has column "Mass" twice)"});
}

TEST(Mapping, RefusesTargetsThatAreNoFields) {
  const auto target = [](std::string_view to) {
    return fault(R"("csv": {}, "fields": [{"from": "A", "to": ")" + std::string(to) + "\"}]");
  };
  EXPECT_EQ(target("items[].net_kgs"),
            "/fields/0/to: target \"items[].net_kgs\" is no field of the document: "
            "\"net_kgs\" is not known; did you mean \"net_kg\"?");
  EXPECT_NE(target("items.hs").find("needs an index"), std::string::npos);
  EXPECT_NE(target("number[0]").find("is no array"), std::string::npos);
  EXPECT_NE(target("items[].quantities[].value").find("[] twice"), std::string::npos);
  EXPECT_NE(target("parties.buyer").find("group of fields"), std::string::npos);
  EXPECT_NE(target("items[]").find("group of fields"), std::string::npos);
  EXPECT_NE(target("format").find("by itself"), std::string::npos);
}

TEST(Mapping, RefusesTwoSourcesOfOneField) {
  EXPECT_EQ(fault(R"("csv": {}, "fields": [{"from": "A", "to": "number"}, {"from": "B", "to": "number"}])"),
            "/fields/1/to: target \"number\" is also the target of /fields/0/to");
  EXPECT_EQ(
      fault(
          R"("csv": {}, "constants": [{"to": "number", "value": "1"}], "fields": [{"from": "B", "to": "number"}])"),
      "/fields/0/to: target \"number\" is also the target of /constants/0/to");
  EXPECT_NE(
      fault(
          R"("csv": {}, "fields": [{"from": "A", "to": "attributes.a"}, {"from": "B", "to": "attributes.a.b"}])"),
      "");
}

TEST(Mapping, ChecksItsOwnValues) {
  EXPECT_EQ(
      fault(
          R"("csv": {}, "constants": [{"to": "urgent", "value": "yes"}], "fields": [{"from": "A", "to": "number"}])"),
      "/constants/0/value: expected true or false, found string \"yes\"");
  EXPECT_EQ(fault(R"("csv": {}, "fields": [{"from": "A", "to": "urgent", "values": {"Y": "yes"}}])"),
            "/fields/0/values/Y: expected true or false, found string \"yes\"");
  EXPECT_EQ(fault(R"("csv": {}, "fields": [{"from": "A", "to": "number", "date_format": "DD/MM/YYYY"}])"),
            "/fields/0/date_format: \"date_format\" is for fields that are dates or times; this one takes text");
  EXPECT_EQ(
      fault(
          R"("csv": {"decimal_sign": ",", "thousands_sign": ","}, "fields": [{"from": "A", "to": "number"}])"),
      "/csv/thousands_sign: the thousands sign is the decimal sign");
  EXPECT_EQ(fault(R"("csv": {}, "fields": [{"form": "A", "to": "number"}])"),
            "/fields/0/form: unknown key \"form\"; did you mean \"from\"?");
}

TEST(Mapping, ParsesTextForABuiltInDocument) {
  const auto good =
      Mapping::parse(R"({"format": "greenlane.mapping/1", "id": "a", "title": {"en": "A", "zh": "甲"},
      "to": "greenlane.declaration/1", "csv": {}, "fields": [{"from": "A", "to": "items[].hs"}]})");
  EXPECT_TRUE(good.ok()) << (good.ok() ? "" : good.error().to_text());
  const auto unknown =
      Mapping::parse(R"({"format": "greenlane.mapping/1", "id": "a", "title": {"en": "A", "zh": "甲"},
      "to": "greenlane.nothing/1", "csv": {}, "fields": [{"from": "A", "to": "items[].hs"}]})");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().pointer, "/to");
}

}  // namespace
}  // namespace greenlane::document
