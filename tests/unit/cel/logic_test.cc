// Three-valued logic: what is true, false, undetermined or an error, in either order of the operands.
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/support/long_form.h"
#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

struct Row {
  const char* left;
  const char* right;
  const char* conjunction;
  const char* disjunction;
};

// One operand that decides decides; else undetermined goes before an error.
constexpr std::array<Row, 10> truth_table = {{{"yes", "yes", "true", "true"},
                                              {"yes", "no", "false", "true"},
                                              {"no", "no", "false", "false"},
                                              {"yes", "unknown", "missing: /u", "true"},
                                              {"no", "unknown", "false", "missing: /u"},
                                              {"yes", "broken", "error: broken", "true"},
                                              {"no", "broken", "false", "error: broken"},
                                              {"unknown", "broken", "missing: /u", "missing: /u"},
                                              {"unknown", "other", "missing: /u /v", "missing: /u /v"},
                                              {"broken", "broken", "error: broken", "error: broken"}}};

TEST(Logic, DecidesAndWhereItCanInEitherOrder) {
  const Scope scope = truth_values();
  for (const Row& row : truth_table) {
    const std::string left = row.left;
    const std::string right = row.right;
    EXPECT_EQ(outcome(left + " && " + right, scope), row.conjunction) << left << " && " << right;
    EXPECT_EQ(outcome(right + " && " + left, scope), row.conjunction) << right << " && " << left;
  }
}

TEST(Logic, DecidesOrWhereItCanInEitherOrder) {
  const Scope scope = truth_values();
  for (const Row& row : truth_table) {
    const std::string left = row.left;
    const std::string right = row.right;
    EXPECT_EQ(outcome(left + " || " + right, scope), row.disjunction) << left << " || " << right;
    EXPECT_EQ(outcome(right + " || " + left, scope), row.disjunction) << right << " || " << left;
  }
}

TEST(Logic, NegatesWhatIsKnownOnly) {
  const Scope scope = truth_values();
  EXPECT_EQ(outcome("!yes", scope), "false");
  EXPECT_EQ(outcome("!no", scope), "true");
  EXPECT_EQ(outcome("!unknown", scope), "missing: /u");
  EXPECT_EQ(outcome("!broken", scope), "error: broken");
}

TEST(Logic, ChoosesByAKnownConditionAndLooksAtNoOtherBranch) {
  const Scope scope = truth_values();
  EXPECT_EQ(outcome("yes ? 1 : 2", scope), "1");
  EXPECT_EQ(outcome("no ? 1 : 2", scope), "2");
  EXPECT_EQ(outcome("yes ? yes : broken", scope), "true");
  EXPECT_EQ(outcome("no ? broken : unknown", scope), "missing: /u");
  EXPECT_EQ(outcome("unknown ? 1 : 1", scope), "missing: /u");
  EXPECT_EQ(outcome("broken ? 1 : 2", scope), "error: broken");
}

TEST(Logic, MakesOtherOperationsUndeterminedByAnyOperand) {
  Scope scope = truth_values();
  scope.with("n", simple(cel::TypeKind::integer), absent("/n"))
      .with("m", simple(cel::TypeKind::integer), absent("/m"));
  EXPECT_EQ(outcome("n + 1 == 2", scope), "missing: /n");
  EXPECT_EQ(outcome("n < m", scope), "missing: /m /n");
  EXPECT_EQ(outcome("n == n", scope), "missing: /n");
  EXPECT_EQ(outcome("n / 0 == 1", scope), "missing: /n");
  EXPECT_EQ(outcome("1 / 0 == n", scope), "missing: /n");
  EXPECT_EQ(outcome("1 / 0 == 1", scope), "error: division by zero");
  EXPECT_EQ(outcome("n == 1 || 2 > 1", scope), "true");
}

/// A random condition over the variables, and what Kleene's logic says of it.
class RandomCondition {
 public:
  enum Truth { no, unknown, yes };

  explicit RandomCondition(unsigned seed) : random_(seed) {}

  Truth make(int depth, std::string& text) {
    const unsigned kind = depth == 0 ? 0 : pick(8);
    if (kind == 0) {
      const unsigned leaf = pick(4);
      text += std::array{"no", "unknown", "yes", "other"}[leaf];
      return std::array{no, unknown, yes, unknown}[leaf];
    }
    if (kind == 1) {
      text += "!(";
      const Truth inner = make(depth - 1, text);
      text += ")";
      return static_cast<Truth>(2 - inner);
    }
    if (kind == 2) return conditional(depth, text);
    if (kind >= 6) return quantifier(depth, kind == 6, text);
    text += "(";
    const Truth left = make(depth - 1, text);
    const bool conjunction = pick(2) == 0;
    text += conjunction ? " && " : " || ";
    const Truth right = make(depth - 1, text);
    text += ")";
    return conjunction ? std::min(left, right) : std::max(left, right);
  }

 private:
  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }

  /// all() is a long conjunction, exists() a long disjunction.
  Truth quantifier(int depth, bool all, std::string& text) {
    Truth outcome = all ? yes : no;
    text += "[";
    for (unsigned i = pick(4); i > 0; --i) {
      const Truth element = make(depth - 1, text);
      outcome = all ? std::min(outcome, element) : std::max(outcome, element);
      if (i > 1) text += ", ";
    }
    text += all ? "].all(x, x)" : "].exists(x, x)";
    return outcome;
  }

  Truth conditional(int depth, std::string& text) {
    text += "(";
    const Truth condition = make(depth - 1, text);
    text += " ? ";
    const Truth then = make(depth - 1, text);
    text += " : ";
    const Truth otherwise = make(depth - 1, text);
    text += ")";
    return condition == unknown ? unknown : (condition == yes ? then : otherwise);
  }

  std::mt19937 random_;
};

TEST(Logic, AgreesWithKleeneOnRandomConditions) {
  const Scope scope = truth_values();
  for (unsigned seed = 1; seed <= rounds(1500, 200'000); ++seed) {
    RandomCondition random(seed);
    std::string text;
    const RandomCondition::Truth wanted = random.make(5, text);
    const std::string got = outcome(text, scope);
    if (wanted == RandomCondition::unknown) {
      ASSERT_EQ(got.substr(0, 8), "missing:") << text;
    } else {
      ASSERT_EQ(got, wanted == RandomCondition::yes ? "true" : "false") << text;
    }
    ASSERT_EQ(traced_outcome(text, scope), got) << text;
  }
}

TEST(Logic, NamesNothingMissingThatCouldNotDecide) {
  const Scope scope = truth_values();
  EXPECT_EQ(outcome("(no && unknown) || other", scope), "missing: /v");
  EXPECT_EQ(outcome("(yes || unknown) && other", scope), "missing: /v");
  EXPECT_EQ(outcome("yes ? other : unknown", scope), "missing: /v");
}

}  // namespace
}  // namespace greenlane::test
