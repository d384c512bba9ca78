// XML messages as documents by a mapping, and what is refused of them.
#include <gtest/gtest.h>

#include <tuple>

#include "document/mapping.h"
#include "document/message_origin.h"
#include "stream_fixture.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

using test::memory;
using test::parsed;
using Lines = std::vector<std::string>;

Result<std::shared_ptr<const Mapping>> mapping(std::string_view members) {
  std::string text = R"({"format": "greenlane.mapping/1", "id": "test", "title": {"en": "Test", "zh": "测试"}, "to": "test.order/1", )";
  text.append(members).append("}");
  return Mapping::from_json(parsed(text), test::small_table());
}

constexpr std::string_view orders = R"("xml": {"records": ["Order"]}, "fields": [
    {"from": "Number", "to": "number"},
    {"from": "Day", "to": "ordered_on", "format_code": "Day/@form"},
    {"from": "Line", "to": "items[]", "fields": [
      {"from": "Code", "to": "hs"}, {"from": "Mass[@unit='KGM']", "to": "net_kg"}]}])";

/// A line a document or error; the error of the stream itself comes last.
Lines read(std::unique_ptr<ByteSource> bytes, std::string_view members = orders) {
  const auto made = mapping(members);
  if (!made.ok()) return {made.error().to_text()};
  const RecordStream stream = open_xml(std::move(bytes), *made);
  Lines lines;
  for (;;) {
    auto record = stream.source->next();
    if (!record.ok()) {
      lines.push_back(record.error().to_text());
      return lines;
    }
    if (!record->has_value()) return lines;
    const auto document = stream.reader->read(**record);
    lines.push_back(document.ok() ? json::compact((*document)->json()) : document.error().to_text());
  }
}
Lines read(std::string text, std::string_view members = orders) { return read(memory(std::move(text)), members); }

std::string order(const std::string& number) { return R"({"format":"test.order/1","number":")" + number + "\"}"; }

TEST(XmlMessages, BecomeDocumentsOneByOneWhereverTheyStand) {
  const Lines expected = {
      R"({"format":"test.order/1","number":"1","ordered_on":"2026-02-12","items":[{"hs":"0307","net_kg":"1.5"},{"hs":"1604"}]})", order("2")};
  const std::string text = R"(<a:Batch xmlns:a="urn:a"><Part>
    <a:Order><Number> 1 </Number><Day form="203">202602120930</Day>
      <Line><Code>0307</Code><Mass unit="GRM">1500</Mass><Mass unit="KGM">1.5</Mass></Line><Line><Code>16.04</Code></Line></a:Order>
    </Part><Order><Number>2</Number></Order></a:Batch>)";
  EXPECT_EQ(read(text), expected);
  for (const std::size_t step : {1u, 7u, 100u}) EXPECT_EQ(read(std::make_unique<test::Dribble>(text, step)), expected) << step;
}

TEST(XmlMessages, KeepThePlaceOfEachValue) {
  const RecordStream stream = open_xml(memory("<B>\n<o:Order xmlns:o='urn:o'>\n<Line/>\n<Line><Code x='y'>0307</Code></Line></o:Order></B>"), *mapping(orders));
  const auto record = stream.source->next().value();
  const auto document = stream.reader->read(*record).value();
  const MessageOrigin& origin = *document->origin();
  const auto place = [&](std::string_view pointer) { return origin.tree().place(origin.element(pointer)); };
  EXPECT_EQ(place("/items/1/hs"), "/B[1]/o:Order[1]/Line[2]/Code[1]");
  EXPECT_EQ(origin.tree()[origin.element("/items/1/hs")].line, 4u);
  EXPECT_EQ(place("/items/0/hs"), "/B[1]/o:Order[1]/Line[1]") << "the nearest element that is there";
  EXPECT_EQ(place(""), "/B[1]/o:Order[1]");
  ASSERT_EQ(origin.unread().size(), 1u);
  EXPECT_EQ(origin.tree().place(origin.unread()[0]), "/B[1]/o:Order[1]/Line[2]/Code[1]/@x");
}

TEST(XmlMessages, TellNothingFromNotThere) {
  const std::string_view members = R"("xml": {"records": ["Order"], "empty": "keep", "whitespace": "preserve"}, "fields": [
      {"from": "Number", "to": "number", "missing": "none"}, {"from": "Line", "to": "items[]", "missing": "none", "fields": [{"from": "Code", "to": "hs"}]}])";
  const Lines expected = {R"({"format":"test.order/1","number":null,"items":[]})", R"({"format":"test.order/1","number":"","items":[{}]})",
                          R"({"format":"test.order/1","number":" 1 ","items":[]})"};
  EXPECT_EQ(read("<B><Order/><Order><Number/><Line/></Order><Order><Number> 1 </Number></Order></B>", members), expected);
}

TEST(XmlMessages, RefuseAnElementThatIsRepeatedOrWrongAndReadOn) {
  const Lines expected = {"2: /B[1]/Order[1]/Number[2]: the mapping reads one such element here, and another stands in line 2",
                          "3: /B[1]/Order[2]/Line[1]/Code[1]: expected a commodity code of 4 to 12 digits such as \"0307220000\", found \"3x\"", order("3")};
  EXPECT_EQ(read("<B>\n<Order><Number>1</Number><Number>2</Number></Order>\n<Order><Line><Code>3x</Code></Line></Order>"
                 "<Order><Number>3</Number></Order></B>"),
            expected);
}

TEST(XmlMessages, NameTheElementThatBreaksTheSchema) {
  const Lines lines = read("<Order><Number>1234567890123</Number></Order>");
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].substr(0, 42), "1: /number: /Order[1]/Number[1]: expected ");
}

TEST(XmlMessages, EndWithLineAndColumnWhereTheTextIsNotWellFormed) {
  EXPECT_EQ(read("<B><Order><Number>1</Number></Order>\n<Order><Num"), (Lines{order("1"), "2:8: the text ends within the message; it has been cut off"}));
  EXPECT_EQ(read("<B><Order><Number>1</Number></Order>\n<Order></B>"),
            (Lines{order("1"), "2:10: this end tag does not fit the element that is open"}));
  EXPECT_EQ(read("").size(), 1u);
}

TEST(XmlMessages, RefuseDocumentTypesAndWithThemEveryEntity) {
  const std::string laughs = "<!DOCTYPE o [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><Order><Number>&b;</Number></Order>";
  ASSERT_EQ(read(laughs).size(), 1u);
  EXPECT_NE(read(laughs)[0].find("document type declaration"), std::string::npos);
  EXPECT_NE(read("<Order><Number>&b;</Number></Order>")[0].find("entity that XML itself does not define"), std::string::npos);
}

TEST(XmlMessages, AreReadInTheEncodingTheyDeclare) {
  const std::string latin = "<?xml version='1.0' encoding='ISO-8859-1'?><Order><Number>M\xFCller</Number></Order>";
  EXPECT_EQ(read(latin), Lines{order("Müller")});
  const std::string chinese = "<?xml version='1.0' encoding='GBK'?><Order><Number>\xD6\xD0\xB9\xFA</Number></Order>";
  EXPECT_EQ(read(chinese), Lines{order("中国")});
  const std::string wrong = "<?xml version='1.0' encoding='UTF-8'?><Order><Number>M\xFCller</Number></Order>";
  EXPECT_NE(read(wrong)[0].find("not in the encoding that the first line declares"), std::string::npos);
  EXPECT_NE(read("<?xml version='1.0' encoding='klingon'?><Order/>")[0].find("\"klingon\" is not known"), std::string::npos);
}

TEST(XmlMessages, AreRefusedWhenTooLargeAndThoseBehindAreRead) {
  std::size_t piece = 0;
  const auto next = [&piece] {
    if (piece++ == 0) return std::string("<B><Order><Number>");
    if (piece < 20) return std::string(std::size_t{1} << 20, 'x');
    return std::string("</Number></Order><Order><Number>2</Number></Order></B>");
  };
  const Lines lines = read(std::make_unique<test::Generated>((std::size_t{18} << 20) + 20, next));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[0].find("more than 8388608 bytes"), std::string::npos);
  EXPECT_EQ(lines[1], order("2"));
}

TEST(XmlMessages, AreRefusedWhenTooDeepOrWhenATagNeverEnds) {
  std::string deep = "<B><Order>";
  for (int i = 0; i < 100; ++i) deep += "<a>";
  for (int i = 0; i < 100; ++i) deep += "</a>";
  const Lines lines = read(deep + "</Order><Order><Number>2</Number></Order></B>");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_NE(lines[0].find("more than 64 elements"), std::string::npos);
  EXPECT_EQ(lines[1], order("2"));
  const Lines endless = read(std::make_unique<test::Generated>(std::size_t{200} << 20, [first = true]() mutable {
    return std::exchange(first, false) ? std::string("<Order ") : std::string(1000, 'a');
  }));
  ASSERT_EQ(endless.size(), 1u);
  EXPECT_NE(endless[0].find("more than 1048576 bytes"), std::string::npos);
}

TEST(XmlMessages, EndWhereNamesNeverRepeat) {
  const auto endless = [](const char* open, const char* begin, const char* end) {
    return read(std::make_unique<test::Generated>(std::size_t{20} << 20, [=, n = std::size_t{0}]() mutable {
      return n++ == 0 ? std::string(open) : begin + std::to_string(n) + end;
    }));
  };
  for (const auto& [open, begin, end] : {std::tuple("<B>", "<a", "/>"), std::tuple("<Order>", "<a", "/>"), std::tuple("<B>", "<a b", "='1'/>"),
                                         std::tuple("<B>", "<a xmlns:p", "='urn:p'/>")}) {
    const Lines lines = endless(open, begin, end);
    ASSERT_EQ(lines.size(), 1u) << open << begin;
    EXPECT_NE(lines[0].find("more than 10000 different names"), std::string::npos) << lines[0];
  }
}

TEST(XmlMessages, SayWhatWasSoughtWhereNoRecordIsThere) {
  EXPECT_EQ(read("<Invoice/>"), Lines{"the mapping reads elements named \"Order\", and the file has none; its root is \"Invoice\""});
}

TEST(XmlMappings, AreRefusedWhenTheyCannotBeMeant) {
  const auto fault = [](std::string_view fields) {
    const auto made = mapping(R"("xml": {"records": ["Order"]}, "fields": )" + std::string(fields));
    return made.ok() ? "" : made.error().pointer + ": " + made.error().message;
  };
  EXPECT_EQ(fault(R"([{"from": "A", "to": "numbr"}])"),
            "/fields/0/to: target \"numbr\" is no field of the document: \"numbr\" is not known; did you mean \"number\"?");
  EXPECT_EQ(fault(R"([{"from": "A", "to": "number"}, {"from": "G", "to": ".", "fields": [{"from": "B", "to": "number"}]}])"),
            "/fields/1/fields/0/to: target \"number\" is also the target of /fields/0/to");
  EXPECT_NE(fault(R"([{"from": "A", "to": "items[].hs"}, {"from": "B", "to": "items[].net_kg"}])").find("read both in a group"), std::string::npos);
  EXPECT_NE(fault(R"([{"from": "../A", "to": "number"}])").find("/fields/0/from: path"), std::string::npos);
  EXPECT_NE(fault(R"([{"from": "p:A", "to": "number"}])").find("prefix \"p\""), std::string::npos);
}

}  // namespace
}  // namespace greenlane::document
