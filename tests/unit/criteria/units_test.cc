// Units of measure: exact conversion between units of the same kind.
#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

/// The verdict on an item with 12.5 kg gross.
std::string weighing(const std::string& when) {
  return verdict(
      {.when = when, .each = "items"},
      R"("items": [{"measure": {"gross_kg": "12.5", "quantities": [{"value": "2", "unit": "TNE"}]}}])");
}

TEST(Units, ConvertExactly) {
  EXPECT_EQ(weighing("item.measure.gross_kg.convert('KGM', 'GRM') == 12500"), "hit");
  EXPECT_EQ(weighing("item.measure.gross_kg.convert('LBR', 'KGM') == 5.669904625"), "hit");
  EXPECT_EQ(weighing("item.measure.gross_kg.convert('TNE', 'KGM') == 12500"), "hit");
  EXPECT_EQ(weighing("decimal('1').convert('DZN', 'C62') == 12"), "hit");
  EXPECT_EQ(weighing("decimal('3').convert('MTQ', 'LTR') == 3000"), "hit");
  EXPECT_EQ(weighing("decimal('100').convert('FOT', 'MTR') == 30.48"), "hit");
}

TEST(Units, GoThereAndBack) {
  for (const char* unit : {"GRM", "MGM", "TNE", "DTN", "LBR", "ONZ", "CTM"}) {
    const std::string code = unit;
    EXPECT_EQ(weighing("decimal('7').convert('" + code + "', 'KGM').convert('KGM', '" + code + "') == 7"),
              "hit")
        << code;
  }
}

TEST(Units, OfFieldsMayBeAnything) {
  EXPECT_EQ(
      weighing("item.measure.quantities.exists(q, q.value.convert(q.unit, 'KGM') > item.measure.gross_kg)"),
      "hit");
}

TEST(Units, ThatMeasureDifferentThingsAreErrors) {
  EXPECT_EQ(weighing("item.measure.gross_kg.convert('KGM', 'LTR') > 1"),
            "error: \"KGM\" and \"LTR\" measure different things");
  EXPECT_EQ(weighing("item.measure.gross_kg.convert('KGM', 'XXX') > 1"),
            "error: \"XXX\" is no unit that can be converted");
}

}  // namespace
}  // namespace greenlane::test
