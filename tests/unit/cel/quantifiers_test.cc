// Quantifiers and lists with elements that are undetermined or errors.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::Value;

Value truths(std::vector<Value> elements) { return Value::list(std::move(elements)); }

/// Lists of conditions by what is in them: t(rue), f(alse), u and v (undetermined), e(rror).
Scope lists() {
  const auto type = cel::types::list(simple(cel::TypeKind::boolean));
  Scope scope;
  for (const std::string name : {"t", "f", "u", "e", "tf", "tu", "fu", "te", "fe", "uv", "ue", "ttu", "ttf",
                                 "tfu", "fff", "tue", "fue"}) {
    std::vector<std::vector<Value>> both(2);
    for (std::size_t i = 0; i < name.size(); ++i) {
      const char c = name[i];
      const Value v = c == 't'   ? Value(true)
                      : c == 'f' ? Value(false)
                      : c == 'u' ? absent("/u")
                      : c == 'v' ? absent("/v")
                                 : Value::error("broken");
      both[0].push_back(v);
      both[1].insert(both[1].begin(), v);
    }
    scope.with(name, type, truths(both[0])).with(name + "_back", type, truths(both[1]));
  }
  return scope.with("none", type, truths({})).with("nothing", type, absent("/list"));
}

/// What `macro` says of a list, forwards and backwards; both when they differ.
std::string both_ways(const std::string& list, const std::string& macro) {
  static const Scope& scope = *new Scope(lists());
  const std::string forwards = outcome(list + macro, scope);
  const std::string backwards = outcome(list + "_back" + macro, scope);
  EXPECT_EQ(traced_outcome(list + macro, scope), forwards) << list << macro;
  return forwards == backwards ? forwards : forwards + " but backwards " + backwards;
}

TEST(Quantifiers, AllIsDecidedByOneThatIsFalse) {
  EXPECT_EQ(both_ways("t", ".all(x, x)"), "true");
  EXPECT_EQ(both_ways("tf", ".all(x, x)"), "false");
  EXPECT_EQ(both_ways("fu", ".all(x, x)"), "false");
  EXPECT_EQ(both_ways("fe", ".all(x, x)"), "false");
  EXPECT_EQ(both_ways("fue", ".all(x, x)"), "false");
  EXPECT_EQ(both_ways("tu", ".all(x, x)"), "missing: /u");
  EXPECT_EQ(both_ways("te", ".all(x, x)"), "error: broken");
  EXPECT_EQ(both_ways("tue", ".all(x, x)"), "missing: /u");
  EXPECT_EQ(both_ways("uv", ".all(x, x)"), "missing: /u /v");
}

TEST(Quantifiers, ExistsIsDecidedByOneThatIsTrue) {
  EXPECT_EQ(both_ways("f", ".exists(x, x)"), "false");
  EXPECT_EQ(both_ways("tf", ".exists(x, x)"), "true");
  EXPECT_EQ(both_ways("tu", ".exists(x, x)"), "true");
  EXPECT_EQ(both_ways("te", ".exists(x, x)"), "true");
  EXPECT_EQ(both_ways("tue", ".exists(x, x)"), "true");
  EXPECT_EQ(both_ways("fu", ".exists(x, x)"), "missing: /u");
  EXPECT_EQ(both_ways("fe", ".exists(x, x)"), "error: broken");
  EXPECT_EQ(both_ways("fue", ".exists(x, x)"), "missing: /u");
  EXPECT_EQ(both_ways("uv", ".exists(x, x)"), "missing: /u /v");
}

TEST(Quantifiers, ExistsOneCountsExactlyOne) {
  EXPECT_EQ(both_ways("tf", ".exists_one(x, x)"), "true");
  EXPECT_EQ(both_ways("fff", ".exists_one(x, x)"), "false");
  EXPECT_EQ(both_ways("ttf", ".exists_one(x, x)"), "false");
  EXPECT_EQ(both_ways("tu", ".exists_one(x, x)"), "missing: /u");
  EXPECT_EQ(both_ways("fu", ".exists_one(x, x)"), "missing: /u");
}

TEST(Quantifiers, ExistsOneIsDecidedByTwoThatAreTrue) {
  EXPECT_EQ(both_ways("ttu", ".exists_one(x, x)"), "false");
}

TEST(Quantifiers, ExistsOneAndFilterNameEveryFieldThatIsMissing) {
  EXPECT_EQ(both_ways("uv", ".exists_one(x, x)"), "missing: /u /v");
  EXPECT_EQ(both_ways("uv", ".filter(x, x).size() > 0"), "missing: /u /v");
  EXPECT_EQ(both_ways("uv", ".map(x, x, 1).size() > 0"), "missing: /u /v");
}

TEST(Quantifiers, OfNothingAreAsInMathematics) {
  EXPECT_EQ(both_ways("none", ".all(x, x)").substr(0, 4), "true");
  const Scope scope = lists();
  EXPECT_EQ(outcome("none.exists(x, x)", scope), "false");
  EXPECT_EQ(outcome("none.exists_one(x, x)", scope), "false");
  EXPECT_EQ(outcome("none.filter(x, x)", scope), "[]");
  EXPECT_EQ(outcome("size(none) == 0", scope), "true");
}

TEST(Quantifiers, OfAListThatWasNotDeclaredAreUndetermined) {
  const Scope scope = lists();
  for (const char* text : {"nothing.all(x, x)", "nothing.exists(x, true)", "nothing.filter(x, x) == []",
                           "size(nothing) > 0", "true in nothing", "nothing[0]"}) {
    EXPECT_EQ(outcome(text, scope).substr(0, 14), "missing: /list") << text;
  }
  EXPECT_EQ(outcome("nothing[3]", scope), "missing: /list/3");
  EXPECT_EQ(outcome("nothing.exists(x, x) || true", scope), "true");
}

TEST(Quantifiers, MapAndFilterKeepTheOrderOfTheList) {
  EXPECT_EQ(outcome("[3, 1, 2].map(x, x * 10)"), "[30, 10, 20]");
  EXPECT_EQ(outcome("[3, 1, 2].filter(x, x > 1)"), "[3, 2]");
  EXPECT_EQ(outcome("[3, 1, 2].map(x, x > 1, x * 10)"), "[30, 20]");
  EXPECT_EQ(outcome("[[1, 2], [3]].map(l, l.map(x, x + size(l)))"), "[2 elements]");
  EXPECT_EQ(outcome("{'b': 1, 'a': 2}.exists(k, k == 'a')"), "true");
}

TEST(Quantifiers, SeeTheNearestVariableOfAName) {
  EXPECT_EQ(outcome("[1, 2].exists(x, [10].exists(x, x == 10))"), "true");
  EXPECT_EQ(outcome("[1, 2].all(x, [x].exists(y, y == x))"), "true");
}

TEST(Quantifiers, GoThroughNullAsThroughAnEmptyList) {
  Scope scope;
  scope.with("l", cel::types::list(simple(cel::TypeKind::integer)), Value(cel::Null{}));
  EXPECT_EQ(outcome("l.all(x, x > 1)", scope), "true");
  EXPECT_EQ(outcome("l.exists(x, x > 1)", scope), "false");
}

TEST(Membership, IsDecidedByAnElementThatIsEqual) {
  Scope scope;
  const auto type = cel::types::list(simple(cel::TypeKind::integer));
  scope.with("l", type, Value::list({absent("/l/0"), integer(2), Value::error("broken")}));
  EXPECT_EQ(outcome("2 in l", scope), "true");
  EXPECT_EQ(outcome("3 in l", scope), "missing: /l/0");
  EXPECT_EQ(outcome("3 in [1, 2]", scope), "false");
  EXPECT_EQ(outcome("!(3 in [1, 2])", scope), "true");
  EXPECT_EQ(outcome("'a' in {'a': 1}", scope), "true");
}

TEST(Lists, KeepUndeterminedElementsUntilTheyMatter) {
  const Scope scope = truth_values();
  EXPECT_EQ(outcome("size([unknown, yes]) == 2", scope), "true");
  EXPECT_EQ(outcome("[unknown, yes][1]", scope), "true");
  EXPECT_EQ(outcome("[unknown, yes] == [yes, no]", scope), "false");
  EXPECT_EQ(outcome("[unknown, yes] == [yes, yes]", scope), "missing: /u");
}

TEST(Lists, AreNotReadBehindTheirEnd) {
  EXPECT_EQ(outcome("[1, 2][2]"), "error: index 2 is outside a list of 2 elements");
  EXPECT_EQ(outcome("[1, 2][-1]"), "error: index -1 is outside a list of 2 elements");
}

}  // namespace
}  // namespace greenlane::test
