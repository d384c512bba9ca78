#include "document/edifact_source.h"

#include <gtest/gtest.h>

#include "stream_fixture.h"
#include "tests/support/test_data.h"

namespace greenlane::document {
namespace {

using Lines = std::vector<std::string>;

/// "BGM{1.1=830 2.1=X}" of a segment, "item[…]" of a group.
std::string shown(const MessageTree& tree, std::uint32_t element) {
  std::string text;
  for (std::uint32_t child = tree[element].first_child; child != MessageTree::none; child = tree[child].next) {
    if (!text.empty()) text += ' ';
    const bool component = tree.name(child).written.find('.') != std::string::npos;
    const std::uint32_t below = tree[child].first_child;
    const bool segment = below == MessageTree::none || tree.name(below).written.find('.') != std::string::npos;
    text += tree.name(child).written;
    if (component) {
      text += "=" + std::string(tree.text(child));
    } else {
      text += (segment ? "{" : "[") + shown(tree, child) + (segment ? "}" : "]");
    }
  }
  return text;
}

/// One string a record: "line: TYPE ref", its message without the segments of the syntax, or "line! error".
Lines outcomes(std::string text, EdifactOptions options = {}, std::size_t step = 100'000) {
  EdifactSource source(std::make_unique<test::Dribble>(std::move(text), step), std::move(options));
  Lines lines;
  for (const Record& record : test::all_records(source)) {
    EXPECT_EQ(record.index, lines.size() + 1);
    EXPECT_EQ(record.message == nullptr, record.error.has_value());
    if (record.error) {
      lines.push_back(std::to_string(record.error->line) + "! " + record.error->message);
      continue;
    }
    std::string content = shown(*record.message, 0);
    content.erase(0, content.find("UNH{"));
    content.erase(0, content.find("} ") + 2);
    content.erase(content.rfind(" UNT{"));
    lines.push_back(std::to_string(record.line) + ": " + record.message->name(0).written + " " + content);
  }
  return lines;
}

/// The interchange with `body` between UNH and UNT, of syntax `unb`.
std::string one(const std::string& body, std::size_t segments, const std::string& unb = "UNOC:3") {
  return "UNB+" + unb + "+A+B+260101:1200+R1'UNH+1+CUSDEC:D:99B:UN'" + body + "UNT+" + std::to_string(segments + 2) + "+1'UNZ+1+R1'";
}

std::string refusal(const std::string& text) {
  EdifactSource source(test::memory(text), {});
  auto record = source.next();
  EXPECT_FALSE(record.ok());
  return record.ok() ? "" : record.error().to_text();
}

TEST(EdifactSource, GivesOneTreeAMessage) {
  const std::string text = "UNB+UNOC:3+A::X+B+260101:1200+R1++++1'\nUNH+1+CUSDEC:D:99B:UN'\nBGM+830:::EXD+2004:1+9'\n"
                           "LOC+27+US::5+YY-FO::6'\nUNT+4+1'\nUNZ+1+R1'\n";
  for (std::size_t step = 1; step < 9; ++step) {
    EdifactSource source(std::make_unique<test::Dribble>(text, step), {});
    const auto records = test::all_records(source);
    ASSERT_EQ(records.size(), 1u);
    const MessageTree& tree = *records[0].message;
    EXPECT_EQ(records[0].line, 2u);
    EXPECT_EQ(tree.syntax(), MessageTree::Syntax::edifact);
    EXPECT_EQ(tree.name(0).written, "CUSDEC");
    EXPECT_EQ(shown(tree, 0),
              "UNB{1.1=UNOC 1.2=3 2.1=A 2.3=X 3.1=B 4.1=260101 4.2=1200 5.1=R1 9.1=1} UNH{1.1=1 2.1=CUSDEC 2.2=D 2.3=99B 2.4=UN} "
              "BGM{1.1=830 1.4=EXD 2.1=2004 2.2=1 3.1=9} LOC{1.1=27 2.1=US 2.3=5 3.1=YY-FO 3.3=6} UNT{1.1=4 2.1=1}");
    std::string places;
    std::string services;
    for (std::uint32_t i = 1; i < tree.size(); ++i) {
      if (tree[i].parent == 0) places += std::to_string(tree[i].line) + ":" + tree.place(i) + " ";
      if (tree[i].service) services += tree.name(i).written + " ";
    }
    EXPECT_EQ(places, "1:UNB[1] 2:UNH[1] 3:BGM[2] 4:LOC[3] 5:UNT[4] ");
    EXPECT_EQ(services, "UNB UNH UNT ");
    EXPECT_EQ(tree.place(tree.size() - 1), "UNT[4]/2.1");
  }
}

TEST(EdifactSource, ReadsTheSeparatorsOfTheServiceStringAdvice) {
  EXPECT_EQ(outcomes("UNA:+,? '" + one("FTX+AAA+++it?'s 5?+5?:2 ?" "?'", 1)), Lines{"1: CUSDEC FTX{1.1=AAA 4.1=it's 5+5:2 ?}"});
  EXPECT_EQ(outcomes("\xEF\xBB\xBFUNA|*.\\ ~\r\nUNB*UNOC|3*A*B*1|2*R1~UNH*1*CUSDEC|D~FTX*AAA****5+5|it's\\~~UNT*3*1~UNZ*1*R1~"),
            Lines{"2: CUSDEC FTX{1.1=AAA 5.1=5+5 5.2=it's~}"});
  // No release character, and the end of a line as terminator.
  EXPECT_EQ(outcomes("UNA:+.  \nUNB+UNOC:3+A+B+1:2+R1\nUNH+1+CUSDEC:D\nFTX+why?\nUNT+3+1\nUNZ+1+R1\n"), Lines{"3: CUSDEC FTX{1.1=why?}"});
  // Level B of the older versions.
  EXPECT_EQ(outcomes("UNB\x1DUNOB\x1F" "1\x1D" "A\x1D" "B\x1D" "1\x1DR1\x1CUNH\x1D" "1\x1D" "CUSDEC\x1C" "FTX\x1D?'+:\x1CUNT\x1D" "3\x1D" "1\x1CUNZ\x1D" "1\x1DR1\x1C"),
            Lines{"1: CUSDEC FTX{1.1=?'+:}"});
  EXPECT_EQ(refusal("UNA++.? 'UNB"), "1: the service string advice \"UNA++.? '\" cannot be used; expected separators that differ, such as UNA:+.? '");
  EXPECT_EQ(refusal("UNAabc"), "1: the file ends within the service string advice UNA; it has been cut off");
}

TEST(EdifactSource, RepeatsAComponentInVersionFourOnly) {
  EXPECT_EQ(outcomes(one("CST+1:2*3:4*5+6*7'", 1, "UNOC:4")), Lines{"1: CUSDEC CST{1.1=1 1.2=2 1.1=3 1.2=4 1.1=5 2.1=6 2.1=7}"});
  EXPECT_EQ(outcomes(one("CST+1*2'", 1)), Lines{"1: CUSDEC CST{1.1=1*2}"});
  EXPECT_EQ(outcomes("UNA:+.?*'" + one("CST+1*2'", 1)), Lines{"1: CUSDEC CST{1.1=1*2}"});
  EXPECT_EQ(outcomes("UNA:+.?^'" + one("CST+1^2*3'", 1, "UNOC:4")), Lines{"1: CUSDEC CST{1.1=1 1.1=2*3}"});
  EdifactSource source(test::memory(one("CST+1*2'", 1, "UNOC:4")), {});
  const auto record = source.next().value();
  const MessageTree& tree = *record->message;
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < tree.size(); ++i) last = tree.name(i).written == "1.1" && tree.text(i) == "2" ? i : last;
  EXPECT_EQ(tree[last].position, 2u);
}

TEST(EdifactSource, ReadsTheCharacterSetThatTheInterchangeNames) {
  EXPECT_EQ(outcomes(one("FTX+caf\xE9'", 1)), Lines{"1: CUSDEC FTX{1.1=café}"});
  EXPECT_EQ(outcomes(one("FTX+\xB3\xF3'", 1, "UNOD:3")), Lines{"1: CUSDEC FTX{1.1=łó}"});
  EXPECT_EQ(outcomes(one("FTX+\xBF\xE0\xD8'", 1, "UNOE:3")), Lines{"1: CUSDEC FTX{1.1=При}"});
  EXPECT_EQ(outcomes(one("FTX+冷冻扇贝'", 1, "UNOY:4")), Lines{"1: CUSDEC FTX{1.1=冷冻扇贝}"});
  EXPECT_EQ(outcomes(one("FTX+caf\xE9'", 1, "UNOA:2")),
            Lines{"1! segment 2 (FTX) of message \"1\": bytes that are not ASCII (UNOA) in data element 1, component 1"});
  EXPECT_EQ(outcomes(one("FTX+a:\xE5\x86'", 1, "UNOW:4")),
            Lines{"1! segment 2 (FTX) of message \"1\": bytes that are not UTF-8 (UNOW) in data element 1, component 2"});
  // A curly quote of Windows, which ISO 8859-1 does not have.
  EXPECT_EQ(outcomes(one("FTX+it\x92s'", 1)),
            Lines{"1! segment 2 (FTX) of message \"1\": bytes that are not ISO 8859-1 (UNOC) in data element 1, component 1"});
  EXPECT_EQ(outcomes(one("FTX+x'", 1, "UNOX:4") + one("FTX+x'", 1)),
            (Lines{"1! the interchange is refused with all its messages: syntax identifier \"UNOX\" is not read; expected UNOA to UNOL, UNOW or UNOY",
                   "1: CUSDEC FTX{1.1=x}"}));
  EXPECT_EQ(outcomes(one("FTX+x'", 1, "UNOC:5")),
            Lines{"1! the interchange is refused with all its messages: syntax version \"5\" is not read; expected 1 to 4"});
}

TEST(EdifactSource, PutsSegmentsIntoTheGroupsOfTheMapping) {
  EdifactOptions options;
  options.groups = {{"transport", "TDT", {}, {}},
                    {"item", "CST", {"UNS"}, {{"packages", "PAC", {"MOA"}, {{"marks", "PCI", {}, {}}}}, {"document", "DOC", {}, {}}}}};
  EXPECT_EQ(outcomes(one("BGM+1'TDT+20'LOC+9'CST+1'FTX+a'PAC+1'PCI+x'FTX+b'PAC+2'MOA+5'DOC+7'DTM+3'CST+2'PAC+3'PCI+y'UNS+S'CNT+9'", 17), options),
            Lines{"1: CUSDEC BGM{1.1=1} transport[TDT{1.1=20} LOC{1.1=9}] "
                  "item[CST{1.1=1} FTX{1.1=a} packages[PAC{1.1=1} marks[PCI{1.1=x} FTX{1.1=b}]] packages[PAC{1.1=2}] MOA{1.1=5} "
                  "document[DOC{1.1=7} DTM{1.1=3}]] item[CST{1.1=2} packages[PAC{1.1=3} marks[PCI{1.1=y}]]] UNS{1.1=S} CNT{1.1=9}"});
  EdifactSource source(test::memory(one("CST+1'CST+2'PAC+3'", 3)), options);
  const auto record = source.next().value();
  const MessageTree& tree = *record->message;
  std::vector<std::string> places;
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (tree.name(i).written == "item") places.push_back("item " + std::to_string(tree[i].position));
    if (tree.name(i).written == "PAC") places.push_back(tree.place(tree[i].first_child));
  }
  // Groups are counted; a segment's place is that in the message, whatever group it stands in.
  EXPECT_EQ(places, (std::vector<std::string>{"item 1", "item 2", "PAC[4]/1.1"}));
}

TEST(EdifactSource, ReadsTheTypesThatTheMappingNames) {
  EdifactOptions options;
  options.messages = {"CUSDEC:D:99B", "CUSREP"};
  const std::string text = "UNB+UNOC:3+A+B+1:2+R1'UNH+1+CUSCAR:D:99B:UN'BGM+1'UNT+3+1'UNH+2+CUSDEC:D:99B:UN'BGM+2'UNT+3+2'"
                           "UNH+3+CUSDEC:D:96B:UN'UNT+2+3'UNH+4+CUSREP:D:96B:UN'BGM+4'UNT+3+4'UNZ+4+R1'";
  const std::string reads = ", which the mapping does not read; it reads CUSDEC:D:99B, CUSREP";
  EXPECT_EQ(outcomes(text, options), (Lines{"1! message \"1\" is of type \"CUSCAR:D:99B\"" + reads, "1: CUSDEC BGM{1.1=2}",
                                            "1! message \"3\" is of type \"CUSDEC:D:96B\"" + reads, "1: CUSREP BGM{1.1=4}"}));
}

TEST(EdifactSource, ReadsFunctionalGroupsAndSeveralInterchanges) {
  const std::string message = "UNH+1+CUSDEC:D:99B'BGM+1'UNT+3+1'";
  const std::string text = "UNB+UNOC:3+A+B+1:2+R1'\nUNG+CUSDEC+A+B+1:2+G1+UN+D:99B'\n" + message + message + "UNE+2+G1'\nUNG+CUSDEC+A+B+1:2+G2'" +
                           message + "UNE+1+G2'UNZ+2+R1'\nUNA;-.? ~UNB-UNOC;3-A-B-1;2-R2~\nUNH-1-CUSDEC;D~BGM-2;+'~UNT-3-1~UNZ-1-R2~\n" +
                           "UNB+UNOC:3+A+B+1:2+R3'UNZ+0+R3'\x1A";
  EXPECT_EQ(outcomes(text), (Lines{"3: CUSDEC BGM{1.1=1}", "3: CUSDEC BGM{1.1=1}", "4: CUSDEC BGM{1.1=1}", "6: CUSDEC BGM{1.1=2 1.2=+'}"}));
}

TEST(EdifactSource, RefusesAMessageWhoseTrailerDoesNotFitAndGoesOn) {
  const auto three = [](const std::string& unt) {
    return "UNB+UNOC:3+A+B+1:2+R1'\nUNH+1+CUSDEC:D:99B'\nBGM+1'\n" + unt + "\nUNH+2+CUSDEC:D:99B'\nBGM+2'\nUNT+3+2'\nUNZ+2+R1'";
  };
  const std::string good = "5: CUSDEC BGM{1.1=2}";
  EXPECT_EQ(outcomes(three("UNT+4+1'")),
            (Lines{"4! segment 3 (UNT) of message \"1\": counts 4 segments, but the message has 3; segments have been lost or added", good}));
  EXPECT_EQ(outcomes(three("UNT+3+7'")),
            (Lines{"4! segment 3 (UNT) of message \"1\": expected the message's reference \"1\" in data element 2, found \"7\"", good}));
  EXPECT_EQ(outcomes(three("UNT+three+1'")),
            (Lines{"4! segment 3 (UNT) of message \"1\": expected the number of segments in data element 1, found \"three\"", good}));
  EXPECT_EQ(outcomes(three("UNT'")),
            (Lines{"4! segment 3 (UNT) of message \"1\": expected the number of segments in data element 1, found \"\"", good}));
  EXPECT_EQ(outcomes(three("")), (Lines{"5! message \"1\" has no UNT before UNH", good}));
}

TEST(EdifactSource, TellsOfAnInterchangeWhoseTrailerDoesNotFit) {
  const std::string begin = "UNB+UNOC:3+A+B+1:2+R1'\nUNH+1+CUSDEC:D:99B'BGM+1'UNT+3+1'\n";
  const std::string good = "2: CUSDEC BGM{1.1=1}";
  EXPECT_EQ(outcomes(begin + "UNZ+2+R1'"),
            (Lines{good, "3! UNZ of interchange \"R1\": counts 2 messages, but there are 1; messages have been lost or added"}));
  EXPECT_EQ(outcomes(begin + "UNZ+1+R2'"),
            (Lines{good, "3! UNZ of interchange \"R1\": expected the reference \"R1\" in data element 2, found \"R2\""}));
  EXPECT_EQ(outcomes(begin), (Lines{good, "1! interchange \"R1\" has no UNZ before the file ends; it has been cut off"}));
  EXPECT_EQ(outcomes(begin + begin + "UNZ+1+R1'"),
            (Lines{good, "3! interchange \"R1\" has no UNZ before the next UNB", "4: CUSDEC BGM{1.1=1}"}));
  const std::string group = "UNB+UNOC:3+A+B+1:2+R1'\nUNG+CUSDEC+A+B+1:2+G1'\nUNH+1+CUSDEC:D'BGM+1'UNT+3+1'\n";
  EXPECT_EQ(outcomes(group + "UNE+2+G1'UNZ+2+R1'"),
            (Lines{"3: CUSDEC BGM{1.1=1}", "4! UNE of functional group \"G1\": counts 2 messages, but there are 1; messages have been lost or added",
                   "4! UNZ of interchange \"R1\": counts 2 functional groups, but there are 1; messages have been lost or added"}));
  EXPECT_EQ(outcomes(group + "UNE+1+G2'UNZ+1+R1'"),
            (Lines{"3: CUSDEC BGM{1.1=1}", "4! UNE of functional group \"G1\": expected the reference \"G1\" in data element 2, found \"G2\""}));
  EXPECT_EQ(outcomes(group + "UNZ+1+R1'"), (Lines{"3: CUSDEC BGM{1.1=1}", "4! functional group \"G1\" has no UNE before UNZ"}));
  EXPECT_EQ(outcomes(begin + "UNE+1+G1'UNZ+1+R1'"),
            (Lines{good, "3! UNE ends a functional group that no UNG has begun; expected UNH or UNZ"}));
}

TEST(EdifactSource, RefusesAFileThatHasBeenCutOff) {
  const std::string text = "UNB+UNOC:3+A+B+1:2+R1'\nUNH+1+CUSDEC:D:99B'BGM+1'UNT+3+1'\nUNH+2+CUSDEC:D:99B'BGM+2'UNT+3+2'\nUNZ+2+R1'";
  ASSERT_EQ(outcomes(text).size(), 2u);
  for (std::size_t size = 4; size < text.size(); ++size) {
    const Lines lines = outcomes(text.substr(0, size));
    ASSERT_FALSE(lines.empty()) << size;
    EXPECT_NE(lines.back().find("cut off"), std::string::npos) << lines.back();
    EXPECT_LE(lines.size(), 3u) << size;
  }
  EXPECT_EQ(outcomes(text.substr(0, 40)), Lines{"2! segment 1 (UNH) of the message: the file ends within the segment, before its terminator \"'\"; it has been cut off"});
  EXPECT_EQ(outcomes(text.substr(0, text.find("UNT"))), Lines{"2! message \"1\" has no UNT before the file ends; it has been cut off"});
}

TEST(EdifactSource, LosesOneMessageToWhatIsNoSegment) {
  const std::string second = "UNH+2+CUSDEC:D:99B'BGM+2'UNT+3+2'";
  const auto with = [&](const std::string& body, int segments) {
    return "UNB+UNOC:3+A+B+1:2+R1'\nUNH+1+CUSDEC:D:99B'\n" + body + "UNT+" + std::to_string(segments) + "+1'\n" + second + "UNZ+2+R1'";
  };
  const auto first = [&](const std::string& body, int segments) {
    const Lines lines = outcomes(with(body, segments));
    EXPECT_EQ(lines.size(), 2u);
    EXPECT_TRUE(lines.back().ends_with(": CUSDEC BGM{1.1=2}")) << lines.back();
    return lines.front();
  };
  EXPECT_EQ(first("bgm+1'", 3),
            "3! segment 2 of message \"1\": expected a segment, which begins with a tag of three capital letters, found \"bgm+1\"");
  EXPECT_EQ(first("BGM+1''", 4), "3! segment 3 of message \"1\": expected a segment, which begins with a tag of three capital letters, found \"\"");
  EXPECT_EQ(first("\x01\xFF%'", 3), "3! segment 2 of message \"1\": expected a segment, which begins with a tag of three capital letters, found \"..%\"");
  EXPECT_EQ(first(std::string("BGM+1\0'", 7), 3),
            "3! segment 2 (BGM) of message \"1\": the control character U+0000 in data element 1, component 1, which no character set of EDIFACT has");
  EXPECT_EQ(first("BGM+1:2\nLOC+1'", 3), "3! segment 2 (BGM) of message \"1\": a line break in data element 1, component 2; expected line breaks "
                                         "between segments only, so a terminator is missing, or the file has been wrapped at a fixed width");
  EXPECT_EQ(first("BGM+" + std::string(70'000, 'x') + "?''", 3),
            "3! segment 2 (BGM) of message \"1\": the segment is longer than 65536 bytes; its terminator \"'\" is missing");
  EXPECT_EQ(first("BGM" + std::string(1'000, '+') + "'", 3),
            "3! segment 2 (BGM) of message \"1\": the segment has more than 999 data elements, or one with more than 99 components");
  EXPECT_EQ(first("BGM+" + std::string(100, ':') + "'", 3),
            "3! segment 2 (BGM) of message \"1\": the segment has more than 999 data elements, or one with more than 99 components");
}

TEST(EdifactSource, TellsOnceOfWhatStandsBetweenMessages) {
  const std::string good = "UNH+1+CUSDEC:D:99B'BGM+1'UNT+3+1'";
  EXPECT_EQ(outcomes("UNB+UNOC:3+A+B+1:2+R1'LOC+1'LOC+2'" + good + "junk'UNZ+1+R1'LOC+3'UNT+1+1'\n" + one("BGM+2'", 1)),
            (Lines{"1! segment LOC stands outside of any message; expected UNH or UNZ", "1: CUSDEC BGM{1.1=1}",
                   "1! expected a segment, which begins with a tag of three capital letters, found \"junk\"",
                   "1! segment LOC stands outside of any message; expected UNB, with which an interchange begins", "2: CUSDEC BGM{1.1=2}"}));
  // What is not EDIFACT ends with its line where an interchange begins behind it.
  EXPECT_EQ(outcomes(one("BGM+1'", 1) + "\n\nSent by my telephone\r\n" + one("BGM+2'", 1)),
            (Lines{"1: CUSDEC BGM{1.1=1}", "3! expected a segment, which begins with a tag of three capital letters, found \"Sent by my telephone\"",
                   "4: CUSDEC BGM{1.1=2}"}));
}

TEST(EdifactSource, RefusesWhatIsNotEdifact) {
  const std::string expected = "the file is not EDIFACT; expected an interchange, which begins with UNA or UNB, found ";
  EXPECT_EQ(refusal("<?xml version=\"1.0\"?>\n<a/>"), "1: " + expected + "\"<?xml version=\\\"1.0\\\"?\"");
  EXPECT_EQ(refusal("\r\n\r\nUNH+1+CUSDEC'"), "3: " + expected + "\"UNH+1+CUSDEC'\"");
  EXPECT_EQ(refusal(std::string("U\0N\0B\0", 6)), "1: " + expected + "\"U.N.B.\"");
  EXPECT_EQ(refusal(std::string(200'000, '\0')), "1: " + expected + "\"" + std::string(20, '.') + "\"");
  EXPECT_EQ(refusal(""), "1: the file is empty; expected an EDIFACT interchange, which begins with UNA or UNB");
}

TEST(EdifactSource, BoundsAMessage) {
  std::string text;
  for (std::size_t i = 0; i < edifact_message_segments; ++i) text += "LOC+1'";
  EXPECT_EQ(outcomes(one(text, edifact_message_segments) + one("BGM+2'", 1)),
            (Lines{"1! message \"1\" has more segments than 100000", "1: CUSDEC BGM{1.1=2}"}));
  const std::string long_text = "FTX+" + std::string(60'000, 'x') + "'";
  text.clear();
  for (std::size_t i = 0; i < 150; ++i) text += long_text;
  EXPECT_EQ(outcomes(one(text, 150) + one("BGM+2'", 1)), (Lines{"1! message \"1\" has more bytes than 8388608", "1: CUSDEC BGM{1.1=2}"}));
  // Many names and many small components cost what they weigh, and no more.
  text.clear();
  std::size_t segments = 0;
  for (; text.size() < 6'000'000; ++segments) {
    text += {static_cast<char>('A' + segments / 676 % 26), static_cast<char>('A' + segments / 26 % 26), static_cast<char>('A' + segments % 26)};
    for (std::size_t e = 0; e < 500; ++e) text += e % 5 == 0 ? "+a:b" : "+a";
    text += '\'';
  }
  EXPECT_EQ(outcomes(one(text, segments)), Lines{"1! message \"1\" has more segments and components than 1000000"});
}

TEST(EdifactSource, ReadsMessagesOfACustomsAuthority) {
  const auto folder = greenlane::test::test_data() / "edifact";
  GREENLANE_NEED_TEST_DATA(folder);
  const auto read = [&](const std::string& name) { return outcomes(greenlane::test::read_file(folder / name)); };
  EXPECT_EQ(read("cusrep-depart-d99b.edi"),
            Lines{"1: CUSREP BGM{1.1=124 1.4=DEPART 2.1=200401270013 2.2=1 3.1=9} DTM{1.1=136 1.2=20040127 1.3=102} DTM{1.1=136 1.2=0700 1.3=401} "
                  "LOC{1.1=5 2.1=9053M 2.3=95} TDT{1.1=20 2.1=N1 4.1=11 5.1=N2 5.3=95 8.1=N3 8.3=11} LOC{1.1=8 2.1=NZAKL 2.3=6}"});
  EXPECT_EQ(read("genral-streq-d99b.edi"), Lines{"1: GENRAL BGM{1.1=23 1.4=STREQ 2.1=200401270016 2.2=1 3.1=13} RFF{1.1=TN 1.2=AAAAAAAT4}"});
  for (const std::string name : {"cuscar-warrel-d99b.edi", "cusdec-exd-d99b.edi"}) {
    const Lines lines = read(name);
    ASSERT_EQ(lines.size(), 1u);
    EXPECT_EQ(lines[0].substr(0, 5), "1: CU");
  }
}

}  // namespace
}  // namespace greenlane::document
