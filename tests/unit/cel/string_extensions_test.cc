// The strings library: positions in characters, bounds on what is put together, undetermined parts.
#include <gtest/gtest.h>

#include "cel/text_search.h"
#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::TypeKind;
using cel::Value;

/// `text` of any length, `texts` with an element that was not declared, `name` that was not declared.
class Texts : public testing::Test {
 protected:
  explicit Texts(std::size_t size = 0) : long_(size, 'a') {
    const auto s = simple(TypeKind::string);
    scope_.with("text", s, Value::borrowed(long_)).with("name", s, absent("/name"));
    scope_.with("texts", cel::types::list(s), Value::list({Value::borrowed("a"), absent("/texts/1"), absent("/texts/2")}));
  }
  std::string of(std::string_view source) { return outcome(source, scope_); }

  std::string long_;
  Scope scope_;
};

class HugeTexts : public Texts {
 protected:
  HugeTexts() : Texts(600'000) {}
};

TEST_F(Texts, ArePositionedByCharactersAndNotByBytes) {
  EXPECT_EQ(of("'冷冻扇贝'.charAt(2)"), "\"扇\"");
  EXPECT_EQ(of("'冷冻扇贝'.indexOf('贝')"), "3");
  EXPECT_EQ(of("'冷冻扇贝 扇贝'.lastIndexOf('扇')"), "5");
  EXPECT_EQ(of("'冷冻扇贝'.substring(2)"), "\"扇贝\"");
  EXPECT_EQ(of("'冷冻扇贝'.substring(0, 2)"), "\"冷冻\"");
  EXPECT_EQ(of("'é😀'.reverse()"), "\"😀é\"");
  EXPECT_EQ(of("'é😀'.split('')"), "[\"é\", \"😀\"]");
  EXPECT_EQ(of("'é😀'.replace('', '-')"), "\"-é-😀-\"");
  EXPECT_EQ(of("'\\u3000x\\u00a0'.trim()"), "\"x\"");
}

TEST_F(Texts, HaveNoPositionsOutside) {
  EXPECT_EQ(of("'扇贝'.charAt(2)"), "\"\"");
  EXPECT_EQ(of("'扇贝'.charAt(3)"), "error: position 3 is outside a text of 2 characters; positions count from 0");
  for (const char* source :
       {"'扇贝'.charAt(-1)", "'扇贝'.charAt(9223372036854775807)", "'扇贝'.charAt(-9223372036854775808)",
        "'扇贝'.substring(3)", "'扇贝'.substring(-1)", "'扇贝'.substring(0, 3)", "'扇贝'.substring(2, 1)",
        "'扇贝'.indexOf('x', 3)", "'扇贝'.indexOf('', -1)", "'扇贝'.lastIndexOf('x', -1)", "'扇贝'.lastIndexOf('x', 3)"}) {
    EXPECT_EQ(of(source).substr(0, 6), "error:") << source;
  }
}

TEST_F(Texts, AreSplitAndJoined) {
  EXPECT_EQ(of("'a,b,,c'.split(',')"), "[\"a\", \"b\", \"\", \"c\"]");
  EXPECT_EQ(of("'a,b,,c'.split(',', 2)"), "[\"a\", \"b,,c\"]");
  EXPECT_EQ(of("'a,b'.split(',', 0)"), "[]");
  EXPECT_EQ(of("'a,b'.split(',', 1)"), "[\"a,b\"]");
  EXPECT_EQ(of("'a,b'.split(',', -7)"), "[\"a\", \"b\"]");
  EXPECT_EQ(of("'abc'.split('', 2)"), "[\"a\", \"bc\"]");
  EXPECT_EQ(of("''.split('')"), "[]");
  EXPECT_EQ(of("''.split(',')"), "[\"\"]");
  EXPECT_EQ(of("'a,b,c'.split(',').join('-')"), "\"a-b-c\"");
  EXPECT_EQ(of("[].join(',')"), "\"\"");
  EXPECT_EQ(of("dyn([1]).join(',')"), "error: 'join' takes a list of texts, but it holds 1");
}

TEST_F(Texts, AreReplaced) {
  EXPECT_EQ(of("'aaaa'.replace('aa', 'a')"), "\"aa\"");
  EXPECT_EQ(of("'abab'.replace('a', 'x', 1)"), "\"xbab\"");
  EXPECT_EQ(of("'abab'.replace('a', 'x', 0)"), "\"abab\"");
  EXPECT_EQ(of("'ab'.replace('', '-', 2)"), "\"-a-b\"");
  EXPECT_EQ(of("''.replace('', '-')"), "\"-\"");
}

TEST_F(Texts, ChangeTheirCaseInTheLatinAlphabetOnly) {
  EXPECT_EQ(of("'Straße İ Å'.lowerAscii()"), "\"straße İ Å\"");
  EXPECT_EQ(of("'straße ı å'.upperAscii()"), "\"STRAßE ı å\"");
  EXPECT_EQ(of("strings.quote('a\\n\"b\\\\') == '\"a\\\\n\\\\\"b\\\\\\\\\"'"), "true");
}

TEST_F(Texts, ThatWereNotDeclaredMakeTheResultUndetermined) {
  for (const char* source : {"name.trim()", "name.charAt(0)", "'x'.indexOf(name)", "'x'.replace('x', name)",
                             "name.split(',')", "['a'].join(name)", "strings.quote(name)"}) {
    EXPECT_EQ(of(source), "missing: /name") << source;
  }
  EXPECT_EQ(of("texts.join(',')"), "missing: /texts/1 /texts/2");
  EXPECT_EQ(of("texts[0].upperAscii()"), "\"A\"");
}

TEST_F(HugeTexts, AreRefusedWhereMoreThanAMillionBytesWouldBePutTogether) {
  for (const char* source : {"text + text", "text.replace('a', 'bb')", "text.replace('', 'x')", "[text, text].join()",
                             "strings.quote(text.replace('a', '\"'))", "'%s%s'.format([text, text])", "'%x'.format([text])",
                             "bytes(text) + bytes(text)"}) {
    EXPECT_EQ(of(source), "error: a text that a condition puts together may have 1000000 bytes at most, but this one would have more")
        << source;
  }
  EXPECT_EQ(of("text.split('')"),
            "error: a list that a condition puts together may have 100000 elements at most, but this one would have more");
  EXPECT_EQ(of("text.replace('a', '').size()"), "0");
}

TEST_F(HugeTexts, AreSearchedInTimeThatGrowsWithTheirLength) {
  // Comparing at every place would take 600,000 times 300,000 steps.
  for (const char* source : {"text.indexOf(text.substring(300000) + 'b')", "text.lastIndexOf('b' + text.substring(300000))",
                             "text.contains(text.substring(300000) + 'b') ? 1 : -1",
                             "text.split(text.substring(300000) + 'b').size() - 2",
                             "text.replace(text.substring(300000) + 'b', '') == text ? -1 : 1"}) {
    EXPECT_EQ(of(source), "-1") << source;
  }
}

TEST_F(HugeTexts, CostWhatTheyAreLong) {
  for (const char* source : {"text.trim() == ''", "text.charAt(5) == ''", "text.replace('b', 'c') == ''", "text.indexOf('b') > 0",
                             "text.reverse() == ''", "text.split('b').size() > 5", "'%s'.format([text]) == ''"}) {
    const auto made = cel::Expression::compile(source, scope_.env);
    ASSERT_TRUE(made.ok()) << source;
    EXPECT_GE(made->evaluate({scope_.values, nullptr}).cost, 60'000u) << source;
    EXPECT_TRUE(made->evaluate({scope_.values, nullptr}, 50'000).over_budget || made->evaluate({scope_.values, nullptr}).cost < 50'000)
        << source;
  }
}

TEST_F(HugeTexts, CostAlsoWhereTheyAreRefused) {
  for (const char* source : {"text.replace('a', 'bb') == ''", "[text, text].join() == ''", "text.split('').size() > 1",
                             "'%s%s'.format([text, text]) == ''", "strings.quote(text.replace('a', '\"')) == ''"}) {
    const auto made = cel::Expression::compile(source, scope_.env);
    ASSERT_TRUE(made.ok()) << source;
    EXPECT_GE(made->evaluate({scope_.values, nullptr}).cost, 60'000u) << source;
  }
}

TEST(Lists, ThatAConditionPutsTogetherAreBounded) {
  std::string source = "[1, 2, 3, 4]";
  for (int i = 0; i < 15; ++i) {
    source = "cel.bind(l" + std::to_string(i) + ", " + source + ", l" + std::to_string(i) + " + l" + std::to_string(i) + ")";
  }
  EXPECT_EQ(outcome(source + ".size()"),
            "error: a list that a condition puts together may have 100000 elements at most, but this one would have more");
}

TEST(WorstCase, OfTextsThatGrowIsForeseen) {
  Scope scope;
  const std::string text(1000, 'x');
  const auto s = simple(TypeKind::string);
  scope.with("a", s, Value::borrowed(text)).with("b", s, Value::borrowed(text));
  std::vector<Value> all(50, Value::borrowed(text));
  const Record record("order", {{"marks", cel::types::list(s), Value::list(all), 50}});
  scope.with("order", record);
  for (const char* source : {"a.replace('x', b) == b", "a.replace('', 'yy').replace('y', 'zz').indexOf('q') == 0",
                             "a.split('').join(b) == b", "order.marks.join(', ').size() > 10", "'%s and %x'.format([a, b]) == ''",
                             "'%s'.format([a]).trim() == ''", "strings.quote(a).reverse().charAt(3) == ''",
                             "base64.decode(base64.encode(bytes(a))) == b'x'", "a.lastIndexOf(b) + a.indexOf(b, 1) > 4"}) {
    const auto made = cel::Expression::compile(source, scope.env);
    ASSERT_TRUE(made.ok()) << source << ": " << made.error().message;
    EXPECT_LE(made->evaluate({scope.values, nullptr}).cost, made->worst_case_cost()) << source;
  }
}

TEST(WorstCase, OfTextsThatExplodeIsRefusedBeforeAnythingRuns) {
  Scope scope;
  const std::string text(1000, 'x');
  const auto s = simple(TypeKind::string);
  const Record record("order", {{"marks", cel::types::list(s), Value::list({}), 999}});
  scope.with("a", s, Value::borrowed(text)).with("order", record);
  const auto made = cel::Expression::compile("order.marks.exists(m, a.replace(m, a).contains('y'))", scope.env);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::limit_exceeded);
}

TEST(TextSearch, AgreesWithTheStandardLibrary) {
  const std::string text = std::string(40, 'a') + "b" + std::string(25, 'a') + "b" + std::string(17, 'a') + "b";
  for (std::size_t begin = 0; begin < text.size(); begin += 3) {
    for (std::size_t length = 0; begin + length <= text.size(); length += 5) {
      const std::string wanted = text.substr(begin, length);
      for (std::size_t from = 0; from <= text.size() + 1; from += 7) {
        EXPECT_EQ(cel::find_text(text, wanted, from), text.find(wanted, from)) << wanted << " from " << from;
        EXPECT_EQ(cel::find_last_text(text, wanted, from), text.rfind(wanted, from)) << wanted << " to " << from;
      }
      EXPECT_EQ(cel::find_last_text(text, wanted), text.rfind(wanted));
      EXPECT_EQ(cel::find_text(text, wanted + "c"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace greenlane::test
