// Syntax: precedence, literals, escapes, limits. The places of mistakes are in mistakes_test.cc.
#include <gtest/gtest.h>

#include "cel/checker.h"
#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

TEST(Parser, BindsAndBeforeOrBeforeConditional) {
  EXPECT_EQ(parsed_as("a || b && c"), "(a || (b && c))");
  EXPECT_EQ(parsed_as("a && b || c"), "((a && b) || c)");
  EXPECT_EQ(parsed_as("a || b ? c : d"), "((a || b) ? c : d)");
  EXPECT_EQ(parsed_as("a ? b : c ? d : e"), "(a ? b : (c ? d : e))");
}

TEST(Parser, BindsArithmeticBeforeComparisonBeforeLogic) {
  EXPECT_EQ(parsed_as("1 + 2 * 3 == 7 && x"), "(((1 + (2 * 3)) == 7) && x)");
  EXPECT_EQ(parsed_as("1 - 2 - 3"), "((1 - 2) - 3)");
  EXPECT_EQ(parsed_as("a / b % c"), "((a / b) % c)");
  EXPECT_EQ(parsed_as("!a == b"), "((!a) == b)");
  EXPECT_EQ(parsed_as("-a * b"), "((-a) * b)");
}

TEST(Parser, GivesInThePrecedenceOfTheOtherRelations) {
  EXPECT_EQ(parsed_as("a in b && c"), "((a in b) && c)");
  EXPECT_EQ(parsed_as("a + 1 in b"), "((a + 1) in b)");
  EXPECT_EQ(parsed_as("a == b in c"), "((a == b) in c)");
  EXPECT_EQ(parsed_as("a in b == c"), "((a in b) == c)");
  EXPECT_EQ(parsed_as("a in b in c"), "((a in b) in c)");
}

TEST(Parser, FollowsFieldsCallsAndIndexesFromLeftToRight) {
  EXPECT_EQ(parsed_as("a.b.c(d)[0].e"), "a.b.c(d)[0].e");
  EXPECT_EQ(parsed_as("f(a, b).g()"), "f(a, b).g()");
  EXPECT_EQ(parsed_as("-5.abs()"), "-5.abs()");
}

TEST(Parser, CancelsSignsInPairs) {
  EXPECT_EQ(parsed_as("!!a"), "a");
  EXPECT_EQ(parsed_as("!!!a"), "(!a)");
  EXPECT_EQ(parsed_as("--a"), "a");
  EXPECT_EQ(parsed_as("1--1"), "(1 - -1)");
}

TEST(Parser, ReadsTheWholeRangeOfIntegers) {
  EXPECT_EQ(outcome("-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(outcome("9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(outcome("0xFF"), "255");
  EXPECT_EQ(outcome("18446744073709551615u"), "18446744073709551615");
  EXPECT_NE(mistake("9223372036854775808"), "");
  EXPECT_NE(mistake("18446744073709551616u"), "");
  EXPECT_NE(mistake("-9223372036854775809"), "");
}

TEST(Parser, DecodesTheEscapesOfStrings) {
  EXPECT_EQ(outcome(R"('\x41\101\u0041\U00000041' == 'AAAA')"), "true");
  EXPECT_EQ(outcome(R"(size('\n\t\\\'\"\`\?') == 7)"), "true");
  EXPECT_EQ(outcome(R"('\u4e2d' == '中')"), "true");
  EXPECT_EQ(outcome(R"(r'\d' == '\\d')"), "true");
  EXPECT_EQ(outcome("'''two\nlines''' == 'two\\nlines'"), "true");
  EXPECT_EQ(outcome(R"(b'\xff' == b'\377')"), "true");
}

TEST(Parser, RefusesEscapesThatMeanNothing) {
  for (const char* text : {R"('\d')", R"('\x4')", R"('\u12')", R"('\ud800')", R"('\U00110000')", R"('\400')",
                           R"(b'\u0041')", "'never closed", "'over\ntwo lines'", "\"mixed'"}) {
    EXPECT_NE(mistake(text), "") << text;
  }
}

TEST(Parser, SkipsCommentsAndWhiteSpace) { EXPECT_EQ(outcome("1 // one\n + \t\r\n 2 // two"), "3"); }

TEST(Parser, KeepsWordsOfTheLanguageForItself) {
  EXPECT_NE(mistake("while"), "");
  EXPECT_NE(mistake("let == 1"), "");
  EXPECT_EQ(parsed_as("a.package"), "a.package");  // as the name of a field it is free
}

TEST(Parser, ExplainsOperatorsThatArePlausibleButWrong) {
  EXPECT_NE(mistake("a = b").find("compare with '=='"), std::string::npos);
  EXPECT_NE(mistake("a & b").find("twice"), std::string::npos);
  EXPECT_NE(mistake("12kg").find("runs into a letter"), std::string::npos);
  EXPECT_NE(mistake("f(a,)").find("argument"), std::string::npos);
  EXPECT_NE(mistake("").find("end of the expression"), std::string::npos);
}

TEST(Parser, TakesTwoHundredFiftyNestedBracketsAndNoMore) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '(') + "true" + std::string(depth, ')');
  };
  EXPECT_EQ(outcome(nested(249)), "true");
  EXPECT_NE(mistake(nested(251)).find("nest deeper"), std::string::npos);
  EXPECT_NE(mistake(nested(30'000)).find("nest deeper"), std::string::npos);
}

TEST(Parser, TakesAThousandTermsInAChainOfAndOrOr) {
  for (const std::string op : {" && ", " || "}) {
    std::string chain = op == " && " ? "yes" : "no";
    for (int i = 0; i < 999; ++i) chain += op + (op == " && " ? "yes" : "no");
    EXPECT_EQ(outcome(chain, truth_values()), op == " && " ? "true" : "false");
    EXPECT_EQ(outcome(chain + op + "unknown", truth_values()), "missing: /u");
    EXPECT_EQ(outcome("unknown" + op + chain + op + (op == " && " ? "no" : "yes"), truth_values()),
              op == " && " ? "false" : "true");
  }
}

TEST(Parser, BoundsChainsOfOtherOperators) {
  std::string sum = "1";
  for (int i = 0; i < 1000; ++i) sum += "+1";
  EXPECT_NE(mistake(sum).find("in a row"), std::string::npos);
  std::string fields = "a";
  for (int i = 0; i < 1000; ++i) fields += ".a";
  EXPECT_NE(mistake(fields).find("in a row"), std::string::npos);
  EXPECT_NE(mistake(std::string(1000, '-') + "a"), "");
  EXPECT_NE(mistake(std::string(70'000, ' ') + "1").find("longer than"), std::string::npos);
}

TEST(Parser, BoundsTheDepthOfTheTreeAlsoWhereBracketsAndChainsMix) {
  // Each pair of brackets holds a chain that leans to the left, so that the tree is as deep as it has
  // operators.
  std::string deep = "1";
  std::size_t operators = 0;
  while (deep.size() < 60'000 && operators < 9'500) {
    deep = "(" + deep;
    for (int i = 0; i < 240; ++i, ++operators) deep += "+1";
    deep += ")";
  }
  EXPECT_NE(mistake(deep), "") << "a tree of depth " << operators
                               << " was accepted; walking it may overflow the stack";
}

}  // namespace
}  // namespace greenlane::test
