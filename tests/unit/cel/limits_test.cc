// Ceilings: the cost that is foreseen, the cost that is spent, regular expressions.
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::TypeKind;
using cel::Value;

/// A list of `declared` elements at most, with `held` in it.
class Bounded {
 public:
  Bounded(std::size_t declared, std::size_t held)
      : record_("order", {{"lines", cel::types::list(simple(TypeKind::integer)), elements(held), declared}}) {
    scope_.with("order", record_);
  }
  Scope& scope() { return scope_; }

 private:
  static Value elements(std::size_t count) {
    std::vector<Value> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(integer(static_cast<std::int64_t>(i)));
    return Value::list(std::move(all));
  }
  Record record_;
  Scope scope_;
};

cel::Expression compiled(std::string_view source, const Scope& scope) {
  auto made = cel::Expression::compile(source, scope.env);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().message);
  return std::move(made).value();
}

TEST(Cost, GrowsWithTheBoundsOfTheListsGoneThrough) {
  Bounded few(10, 0);
  Bounded many(500, 0);
  const auto cost = [](Bounded& lists, std::string_view source) {
    return compiled(source, lists.scope()).worst_case_cost();
  };
  EXPECT_LT(cost(few, "order.lines.all(x, x > 1)") * 20, cost(many, "order.lines.all(x, x > 1)"));
  EXPECT_LT(cost(few, "order.lines.all(x, order.lines.all(y, x > y))") * 1000,
            cost(many, "order.lines.all(x, order.lines.all(y, x > y))"));
}

TEST(Cost, OfNestedQuantifiersIsRefusedBeforeAnythingRuns) {
  Bounded lists(1000, 0);
  const auto made = cel::Expression::compile(
      "order.lines.all(x, order.lines.all(y, order.lines.all(z, x + y > z)))", lists.scope().env);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::limit_exceeded);
  EXPECT_NE(made.error().message.find("more than the bound of 15000000"), std::string::npos)
      << made.error().message;
}

TEST(Cost, SaturatesInsteadOfWrapping) {
  Bounded lists(1000, 0);
  std::string source = "true";
  for (int i = 0; i < 30; ++i) source = "order.lines.all(x" + std::to_string(i) + ", " + source + ")";
  const auto made = cel::Expression::compile(source, lists.scope().env);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().code, ErrorCode::limit_exceeded);
}

TEST(Cost, IsNeverUnderestimatedForListsWithinTheirBound) {
  Bounded lists(50, 50);
  for (const char* source :
       {"order.lines.all(x, x >= 0)", "order.lines.exists(x, order.lines.exists(y, x + y == 1000))",
        "order.lines.map(x, x * 2).filter(y, y > 10).size() == 5",
        "order.lines.exists_one(x, x in [1, 2, 3])", "order.lines.sum() > 5 && order.lines.max() < 100"}) {
    const auto e = compiled(source, lists.scope());
    EXPECT_LE(e.evaluate({lists.scope().values, nullptr}).cost, e.worst_case_cost()) << source;
  }
}

TEST(Cost, CountsTheElementsOfAListThatWasGivenAName) {
  Bounded lists(50, 50);
  for (const char* source : {"cel.bind(few, [1, 2, 3, 4, 5, 6, 7, 8, 9], few.all(x, few.exists(y, x == y)))",
                             "optional.of([1, 2, 3, 4, 5, 6]).optMap(few, few.all(x, x in few)).value()"}) {
    const auto e = compiled(source, lists.scope());
    EXPECT_LE(e.evaluate({lists.scope().values, nullptr}).cost, e.worst_case_cost()) << source;
  }
}

TEST(Budget, StopsAnEvaluationWithAnErrorAndNeverWithAnAnswer) {
  Bounded lists(500, 500);
  const auto e = compiled("order.lines.all(x, order.lines.exists(y, x == y))", lists.scope());
  const auto stopped = e.evaluate({lists.scope().values, nullptr}, 10'000);
  EXPECT_TRUE(stopped.over_budget);
  EXPECT_TRUE(stopped.value.is<cel::ErrorValue>()) << shown(stopped.value);
  EXPECT_LT(stopped.cost, 20'000u);
  const auto whole = e.evaluate({lists.scope().values, nullptr}, 0);
  EXPECT_FALSE(whole.over_budget);
  EXPECT_TRUE(whole.value.is_true());
}

TEST(Budget, StopsAlsoUnderNegationAndInBranches) {
  Bounded lists(500, 500);
  for (const char* source : {"!order.lines.all(x, order.lines.exists(y, x == y))",
                             "order.lines.exists(x, order.lines.all(y, x != y)) ? 1 > 2 : true",
                             "order.lines.filter(x, order.lines.exists(y, x == y)).size() >= 0",
                             "true || order.lines.sum() > 1"}) {
    const auto e = compiled(source, lists.scope());
    for (const std::uint64_t budget : {1u, 2u, 3u, 5u, 100u, 5000u}) {
      const auto made = e.evaluate({lists.scope().values, nullptr}, budget);
      EXPECT_EQ(made.over_budget, made.value.is<cel::ErrorValue>())
          << source << " with " << budget << ": " << shown(made.value);
    }
  }
}

TEST(Budget, IsEnoughExactlyAtWhatAnEvaluationCosts) {
  Bounded lists(100, 100);
  const auto e = compiled("order.lines.all(x, x >= 0)", lists.scope());
  const std::uint64_t cost = e.evaluate({lists.scope().values, nullptr}).cost;
  EXPECT_FALSE(e.evaluate({lists.scope().values, nullptr}, cost).over_budget);
  EXPECT_TRUE(e.evaluate({lists.scope().values, nullptr}, cost - 1).over_budget);
}

TEST(Comparisons, OfListsThatShareTheirPartsStop) {
  std::string body = "x59 == y59";
  for (int i = 59; i >= 0; --i) {
    for (const std::string name : {"x", "y"}) {
      const std::string part = i == 0 ? "[1]" : name + std::to_string(i - 1);
      body = "cel.bind(" + name + std::to_string(i) + ", [" + part + ", " + part + "], " + body + ")";
    }
  }
  // Each list has twice the parts of the one before: 2^60 in all.
  EXPECT_EQ(outcome(body), "error: two values with more than 1000000 parts are not compared; compare what matters of them");
  Scope scope;
  EXPECT_GE(compiled(body, scope).evaluate({scope.values, nullptr}).cost, 1'000'000u);
}

TEST(RegularExpressions, AreCheckedWhenTheExpressionIsCompiled) {
  EXPECT_EQ(outcome("'CSQU3054383'.matches('^[A-Z]{4}[0-9]{7}$')"), "true");
  EXPECT_EQ(outcome("'x'.matches('(')").substr(0, 8), "refused:");
  EXPECT_EQ(outcome("'x'.matches('(?=y)')").substr(0, 8), "refused:");
  EXPECT_EQ(outcome("'x'.matches(r'(a)\\1')").substr(0, 8), "refused:");
}

TEST(RegularExpressions, ThatExplodeAreRefused) {
  EXPECT_EQ(outcome("'x'.matches('((a{1,100}){1,100}){1,100}')").substr(0, 8), "refused:");
  EXPECT_EQ(outcome("'x'.matches('" + std::string(2000, 'a') + "')").substr(0, 8), "refused:");
  Scope scope;
  scope.with("p", simple(TypeKind::string), Value::borrowed("((a{1,100}){1,100}){1,100}"));
  EXPECT_EQ(outcome("'x'.matches(p)", scope).substr(0, 6), "error:");
}

TEST(RegularExpressions, TakeTimeThatGrowsWithTheTextOnly) {
  // These backtrack for ages in other engines.
  Scope scope;
  const std::string text(100'000, 'a');
  scope.with("text", simple(TypeKind::string), Value::borrowed(text));
  const auto begin = std::chrono::steady_clock::now();
  for (const char* source : {"text.matches('^(a+)+$')", "text.matches('(a|a)*b')",
                             "text.matches('(a*)*(a*)*c')", "text.matches('^(([a-z])+.)+[A-Z]([a-z])+$')"}) {
    EXPECT_NE(outcome(source, scope).substr(0, 6), "error:") << source;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

/// Processor seconds to compile a conjunction of `terms` comparisons.
double seconds_to_compile(int terms) {
  Scope scope;
  scope.with("a", simple(TypeKind::integer), integer(1));
  std::string source = "a == 1";
  for (int i = 1; i < terms; ++i) source += " && a == 1";
  const std::clock_t begin = std::clock();
  EXPECT_EQ(outcome(source, scope), "true");
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

TEST(Compiling, TakesTimeThatGrowsWithTheTextOnly) {
  seconds_to_compile(10);
  const double few = seconds_to_compile(300);
  const double many = seconds_to_compile(1200);
  EXPECT_LT(many, 8 * few + 0.2)
      << "four times the text should cost about four times as much, not the square of it";
}

}  // namespace
}  // namespace greenlane::test
