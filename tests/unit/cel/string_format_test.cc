// format(): verbs, exact numbers, mistakes that are found before anything runs.
#include <gtest/gtest.h>

#include "tests/support/expressions.h"

namespace greenlane::test {
namespace {

using cel::TypeKind;
using cel::Value;

class Format : public testing::Test {
 protected:
  Format() {
    const auto s = simple(TypeKind::string);
    scope_.with("amount", simple(TypeKind::decimal), number("12345678901234567890.125"));
    scope_.with("produced", simple(TypeKind::date), day("2025-01-31"));
    scope_.with("absent", s, absent("/a")).with("gone", s, absent("/b")).with("pattern", s, Value::borrowed("%s-%d"));
    scope_.with("broken", s, Value::borrowed("100%"));
  }
  std::string of(std::string_view source) { return outcome(source, scope_); }
  Scope scope_;
};

TEST_F(Format, FillsPlacesInOrder) {
  EXPECT_EQ(of("'%s is %d%% of %s'.format(['a', 5, 'b'])"), "\"a is 5% of b\"");
  EXPECT_EQ(of("pattern.format(['冷', 7])"), "\"冷-7\"");
  EXPECT_EQ(of("'%s'.format([{'b': [1, true], 'a': null}])"), "\"{a: null, b: [1, true]}\"");
  EXPECT_EQ(of("'%b %o %x %X %x'.format([5, 11, 255, 255u, 'Hi'])"), "\"101 13 ff FF 4869\"");
  EXPECT_EQ(of("'%x %b'.format([-255, -9223372036854775808])"), "\"-ff -1" + std::string(63, '0') + "\"");
}

TEST_F(Format, KeepsMoneyExact) {
  EXPECT_EQ(of("'%s'.format([amount])"), "\"12345678901234567890.125\"");
  EXPECT_EQ(of("'%.2f'.format([amount])"), "\"12345678901234567890.12\"");
  EXPECT_EQ(of("'%.5f'.format([amount])"), "\"12345678901234567890.12500\"");
  EXPECT_EQ(of("'%.40f'.format([decimal('0.5')])"), "\"0.5" + std::string(39, '0') + "\"");
  EXPECT_EQ(of("'%.1f'.format([9007199254740993])"), "\"9007199254740993.0\"");
  EXPECT_EQ(of("'%e'.format([amount])"), "error: '%e' does not take 12345678901234567890.125");
  EXPECT_EQ(of("'%s'.format([produced])"), "\"2025-01-31\"");
}

TEST_F(Format, RoundsDoublesAsTheyAre) {
  EXPECT_EQ(of("'%.0f %.0f %.0f'.format([0.5, 1.5, 2.5])"), "\"0 2 2\"");
  EXPECT_EQ(of("'%.3f'.format([1.2345])"), "\"1.234\"");
  EXPECT_EQ(of("'%e'.format([12345.678])"), "\"1.234568e+04\"");
  EXPECT_EQ(of("'%.100f'.format([1.7976931348623157e308]).size()"), "410");
}

TEST_F(Format, FindsMistakesOfAFixedTextBeforeAnythingRuns) {
  for (const char* source : {"'%'.format([])", "'100% of'.format([])", "'%y'.format([1])", "'%.2d'.format([1])", "'%.101f'.format([1.0])",
                             "'%.99999999999f'.format([1.0])", "'%.f'.format([1.0])", "'%.-1f'.format([1.0])", "'%E'.format([1.0])",
                             "'%5d'.format([1])", "'%é'.format([1])"}) {
    EXPECT_EQ(of(source).substr(0, 8), "refused:") << source;
  }
  EXPECT_EQ(of("broken.format([1])"), "error: a text for format ends behind its last '%'; write '%%' for a percent sign");
}

TEST_F(Format, WantsAsManyValuesAsPlaces) {
  EXPECT_EQ(of("'%s %s'.format(['a'])"), "error: the text has 2 places to fill, but there are 1 values");
  EXPECT_EQ(of("'%s'.format(['a', 'b'])"), "error: the text has 1 places to fill, but there are 2 values");
  EXPECT_EQ(of("'%s'.format([b'\\xff'])"), "error: the bytes are not valid UTF-8");
  EXPECT_EQ(of("'%s'.format([optional.none()])").substr(0, 6), "error:");
}

TEST_F(Format, NamesEveryValueThatWasNotDeclared) {
  EXPECT_EQ(of("'%s %s %s'.format([gone, 'x', absent])"), "missing: /a /b");
  EXPECT_EQ(of("'%s'.format([[1, {'k': gone}]])"), "missing: /b");
  EXPECT_EQ(of("absent.format([gone])"), "missing: /a");
}

TEST_F(Format, StopsWhereSharedPartsWouldGrowWithoutEnd) {
  std::string body = "'%s'.format([l29])";
  for (int i = 29; i >= 0; --i) {
    const std::string inner = i == 0 ? "[[0], [0]]" : "[l" + std::to_string(i - 1) + ", l" + std::to_string(i - 1) + "]";
    body = "cel.bind(l" + std::to_string(i) + ", " + inner + ", " + body + ")";
  }
  EXPECT_EQ(of(body), "error: a text that a condition puts together may have 1000000 bytes at most, but this one would have more");
}

}  // namespace
}  // namespace greenlane::test
