// Optional values: of what was declared, of what was not, and what they stand for when there is none.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::Null;
using cel::TypeKind;
using cel::Value;

class Optionals : public testing::Test {
 protected:
  Optionals()
      : buyer_("buyer", {{"id", simple(TypeKind::string), Value::borrowed("B-1")},
                         {"name", simple(TypeKind::string), Value(Null{})},
                         {"city", simple(TypeKind::string), absent("/buyer/city")},
                         {"debt", simple(TypeKind::decimal), number("9.80")}}),
        order_("order", {{"buyer", buyer_.cel_type(), buyer_.value()},
                         {"seller", buyer_.cel_type(), absent("/seller")},
                         {"agent", buyer_.cel_type(), Value(Null{})},
                         {"marks", cel::types::list(simple(TypeKind::string)), Value::list({Value::borrowed("m"), absent("/marks/1")})},
                         {"lines", cel::types::list(buyer_.cel_type()), absent("/lines")},
                         {"notes", cel::types::list(buyer_.cel_type()), Value(Null{})}}) {
    scope_.with("order", order_).with("absent", simple(TypeKind::integer), absent("/i"));
  }
  std::string of(std::string_view source) { return outcome(source, scope_); }

  Record buyer_;
  Record order_;
  Scope scope_;
};

TEST_F(Optionals, AskWhatWasDeclaredAndAreNeverUndetermined) {
  EXPECT_EQ(of("order.buyer.?id.value()"), "\"B-1\"");
  for (const char* source : {"order.buyer.?city", "order.buyer.?name", "order.?seller", "order.?agent", "order.?seller.id",
                             "order.?agent.?id", "order.seller.?id", "order.agent.?id", "order.lines[?0]", "order.notes[?0]",
                             "order.marks[?1]", "order.marks[?2]", "order.?lines[0].city"}) {
    EXPECT_EQ(of(std::string(source) + ".hasValue()"), "false") << source;
  }
}

TEST_F(Optionals, AgreeWithHas) {
  for (const char* field : {"id", "name", "city"}) {
    EXPECT_EQ(of("has(order.buyer." + std::string(field) + ")"), of("order.buyer.?" + std::string(field) + ".hasValue()")) << field;
  }
}

TEST_F(Optionals, StandForAnotherValueOrForNone) {
  EXPECT_EQ(of("order.buyer.?city.orValue('Osaka')"), "\"Osaka\"");
  EXPECT_EQ(of("order.buyer.?city.or(order.buyer.?id).orValue('x')"), "\"B-1\"");
  EXPECT_EQ(of("order.buyer.?debt.orValue(0) > 9.7"), "true");
  EXPECT_EQ(of("order.seller.?debt.orValue(0) == 0"), "true");
  EXPECT_EQ(of("order.seller.?debt.orValue(0.1) == decimal('0.1')"), "true");
  EXPECT_EQ(of("order.buyer.?city.value()"), "error: there is no value; ask hasValue() first, or give another with orValue()");
  EXPECT_EQ(of("order.buyer.?id.orValue(1)").substr(0, 8), "refused:");
  EXPECT_EQ(of("order.buyer.?id == 'B-1'").substr(0, 8), "refused:");
}

TEST_F(Optionals, LookAtTheOtherValueOnlyWhereTheyHaveNone) {
  EXPECT_EQ(of("optional.of(1).orValue(absent)"), "1");
  EXPECT_EQ(of("optional.of(1).or(optional.of(absent)).value()"), "1");
  EXPECT_EQ(of("optional.of(1).orValue(1 / 0)"), "1");
  EXPECT_EQ(of("optional.none().orValue(absent)"), "missing: /i");
  EXPECT_EQ(of("optional.of(absent).hasValue()"), "missing: /i");
  EXPECT_EQ(of("dyn(1).orValue(2)").substr(0, 6), "error:");
  EXPECT_EQ(of("optional.none().or(dyn(1))").substr(0, 6), "error:");
}

TEST_F(Optionals, OfNullAreNotNone) {
  EXPECT_EQ(of("optional.of(null).hasValue()"), "true");
  EXPECT_EQ(of("optional.of(null) == optional.none()"), "false");
  EXPECT_EQ(of("{'a': null}.?a.hasValue()"), "true");
}

TEST_F(Optionals, OfZeroValuesCanBeNone) {
  for (const char* zero : {"0", "0u", "0.0", "false", "''", "b''", "[]", "{}", "null", "duration('0s')", "decimal('0.00')",
                           "timestamp(0)", "optional.none()"}) {
    EXPECT_EQ(of("optional.ofNonZeroValue(" + std::string(zero) + ").hasValue()"), "false") << zero;
  }
  for (const char* some : {"-1", "[0]", "{'a': 0}", "' '", "order.buyer", "decimal('0.01')", "int"}) {
    EXPECT_EQ(of("optional.ofNonZeroValue(" + std::string(some) + ").hasValue()"), "true") << some;
  }
}

TEST_F(Optionals, AreMapped) {
  EXPECT_EQ(of("order.buyer.?id.optMap(i, i + '!').orValue('')"), "\"B-1!\"");
  EXPECT_EQ(of("order.buyer.?city.optMap(c, c + '!').orValue('none')"), "\"none\"");
  EXPECT_EQ(of("order.?buyer.optFlatMap(b, b.?id).value()"), "\"B-1\"");
  EXPECT_EQ(of("optional.of(2).optMap(x, optional.of(3).optMap(y, x * y).value()).value()"), "6");
  EXPECT_EQ(of("optional.of(absent).optMap(x, 1).hasValue()"), "missing: /i");
}

TEST_F(Optionals, AreEntriesOfListsAndMaps) {
  EXPECT_EQ(of("[?order.buyer.?city, ?order.buyer.?id, 'x']"), "[\"B-1\", \"x\"]");
  EXPECT_EQ(of("{?'a': order.buyer.?city, 'b': 1, ?'c': optional.of(2)}"), "{\"b\": 1, \"c\": 2}");
  EXPECT_EQ(of("[?1]").substr(0, 8), "refused:");
  EXPECT_EQ(of("[?optional.of(absent)]"), "missing: /i");
}

TEST_F(Optionals, TracedAndUntracedAgree) {
  for (const char* source : {"order.buyer.?city.orValue('x') == 'x'", "order.?agent.?id.optMap(i, i == 'x').orValue(false)",
                             "optional.of(1).orValue(absent) == 1", "order.lines[?0].hasValue()"}) {
    EXPECT_EQ(traced_outcome(source, scope_), of(source)) << source;
  }
}

}  // namespace
}  // namespace greenlane::test
