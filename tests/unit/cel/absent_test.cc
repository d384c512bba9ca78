// Fields that were not declared, and fields that are declared as none.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::Null;
using cel::TypeKind;
using cel::Value;

class Absent : public testing::Test {
 protected:
  Absent()
      : buyer_("buyer", {{"id", simple(TypeKind::string), Value::borrowed("B-1")},
                         {"name", simple(TypeKind::string), Value(Null{})},
                         {"city", simple(TypeKind::string), absent("/buyer/city")}}),
        order_("order", {{"buyer", buyer_.cel_type(), buyer_.value()},
                         {"seller", buyer_.cel_type(), absent("/seller")},
                         {"agent", buyer_.cel_type(), Value(Null{})},
                         {"weight", simple(TypeKind::decimal), Value(Null{})},
                         {"used", simple(TypeKind::boolean), absent("/used")},
                         {"marks", cel::types::list(simple(TypeKind::string)), Value::list({})},
                         {"lines", cel::types::list(buyer_.cel_type()), absent("/lines")}}) {
    scope_.with("order", order_);
  }
  std::string of(std::string_view source) { return outcome(source, scope_); }

  Record buyer_;
  Record order_;
  Scope scope_;
};

TEST_F(Absent, FieldsMakeAComparisonUndeterminedAndAreNamed) {
  EXPECT_EQ(of("order.buyer.city == 'Osaka'"), "missing: /buyer/city");
  EXPECT_EQ(of("order.seller.id == 'S-1'"), "missing: /seller/id");
  EXPECT_EQ(of("order.lines[2].name == 'x'"), "missing: /lines/2/name");
  EXPECT_EQ(of("order.used"), "missing: /used");
  EXPECT_EQ(of("order.seller.id == order.buyer.city"), "missing: /buyer/city /seller/id");
  EXPECT_EQ(of("order.buyer.id == 'other' && order.used"), "false");
}

TEST_F(Absent, FieldsAreNeverUndeterminedForHas) {
  EXPECT_EQ(of("has(order.buyer.id)"), "true");
  EXPECT_EQ(of("has(order.buyer.city)"), "false");
  EXPECT_EQ(of("has(order.seller)"), "false");
  EXPECT_EQ(of("has(order.seller.id)"), "false");
  EXPECT_EQ(of("has(order.buyer.name)"), "false");
  EXPECT_EQ(of("has(order.agent)"), "false");
  EXPECT_EQ(of("has(order.agent.id)"), "false");
  EXPECT_EQ(of("has(order.marks)"), "true");
}

TEST_F(Absent, NullIsKnownToBeNone) {
  EXPECT_EQ(of("order.buyer.name == null"), "true");
  EXPECT_EQ(of("order.buyer.name != null"), "false");
  EXPECT_EQ(of("order.buyer.name == 'x'"), "false");
  EXPECT_EQ(of("order.buyer.id == null"), "false");
  EXPECT_EQ(of("order.buyer.city == null"), "missing: /buyer/city");
  EXPECT_EQ(of("order.agent == null"), "true");
  EXPECT_EQ(of("order.agent.id == null"), "true");
  EXPECT_EQ(of("order.agent.id == 'A-1'"), "false");
  EXPECT_EQ(of("order.weight == null && !has(order.weight)"), "true");
}

TEST_F(Absent, NullHasNoOrderAndTheErrorSaysWhatToDo) {
  EXPECT_EQ(of("order.weight < 5").substr(0, 6), "error:");
  EXPECT_NE(of("order.weight < 5").find("has() first"), std::string::npos);
  EXPECT_EQ(of("has(order.weight) && order.weight < 5"), "false");
}

TEST_F(Absent, PartsOfWhatIsNoneAreNoneAlsoAsLists) {
  EXPECT_EQ(of("order.agent.city == 'x'"), "false");
  EXPECT_EQ(of("order.lines.exists(l, l.id == 'x') || order.buyer.id == 'B-1'"), "true");
}

TEST_F(Absent, ValuesOfAMapAreErrorsWhereTheMapIsKnown) {
  EXPECT_EQ(of("{'a': 1}.b"), "error: there is no key 'b'");
  EXPECT_EQ(of("has({'a': 1}.b)"), "false");
  EXPECT_EQ(of("{'a': 1}['b']").substr(0, 6), "error:");
}

TEST_F(Absent, ObjectsAreEqualWherePartsAre) { EXPECT_EQ(of("order.buyer == order.buyer"), "true"); }

TEST_F(Absent, PointersEscapeTheCharactersOfJsonPointer) {
  Scope scope;
  scope.with("free", cel::types::map(simple(TypeKind::string), cel::types::dyn()), absent("/free"));
  EXPECT_EQ(outcome("free.`a/b` == 1", scope), "missing: /free/a~1b");
  EXPECT_EQ(outcome("free['a~b'] == 1", scope), "missing: /free/a~0b");
}

TEST_F(Absent, TracedAndUntracedAgree) {
  for (const char* text :
       {"order.seller.id == 'x' || order.buyer.id == 'B-1'", "has(order.agent.id) && order.used",
        "order.marks.all(m, m == 'x')", "order.used ? 1 : 2", "order.weight < 5 && order.buyer.id == 'x'"}) {
    EXPECT_EQ(traced_outcome(text, scope_), of(text)) << text;
  }
}

TEST_F(Absent, TraceHoldsEveryPartTheAuthorWrote) {
  const auto made = cel::Expression::compile(
      "order.buyer.id == 'other' && (order.used || order.marks.exists(m, m == 'x'))", scope_.env);
  ASSERT_TRUE(made.ok());
  cel::TraceNode trace;
  made->evaluate({scope_.values, nullptr}, 0, &trace);
  ASSERT_EQ(trace.children.size(), 1u);
  const cel::TraceNode& root = trace.children[0];
  EXPECT_TRUE(root.value.is_false());
  ASSERT_EQ(root.children.size(), 2u);  // also the part behind the one that decided
  EXPECT_EQ(made->text_of(*root.children[0].expr), "order.buyer.id == 'other'");
  EXPECT_TRUE(root.children[1].value.is<cel::Undetermined>());
}

TEST_F(Absent, TraceNamesTheTurnsOfAQuantifier) {
  const auto made = cel::Expression::compile("[1, 2].exists(n, n > 1)", scope_.env);
  ASSERT_TRUE(made.ok());
  cel::TraceNode trace;
  made->evaluate({scope_.values, nullptr}, 0, &trace);
  const auto& turns = trace.children.at(0).children;
  ASSERT_GE(turns.size(), 2u);
  EXPECT_EQ(turns[turns.size() - 2].label, "n = [0]");
  EXPECT_TRUE(turns[turns.size() - 2].value.is_false());
  EXPECT_EQ(turns[turns.size() - 1].label, "n = [1]");
  EXPECT_TRUE(turns[turns.size() - 1].value.is_true());
}

TEST_F(Absent, TextOfAPartHasItsBracketsInPairs) {
  for (const char* source : {"(order.used || order.buyer.id == 'x') && order.used",
                             "order.used && (order.used || order.used)", "(order.used) || (order.used)"}) {
    const auto made = cel::Expression::compile(source, scope_.env);
    ASSERT_TRUE(made.ok());
    const std::string_view text = made->text_of(made->root());
    EXPECT_EQ(std::count(text.begin(), text.end(), '('), std::count(text.begin(), text.end(), ')')) << text;
  }
}

}  // namespace
}  // namespace greenlane::test
