// Numbers with check digits, against numbers that are published as examples.
#include "criteria/check_digits.h"

#include <gtest/gtest.h>

#include "tests/support/packs.h"

namespace greenlane::criteria {
namespace {

/// How many of the ten digits in place of the last are accepted.
template <typename Test>
int accepted_last_digits(std::string number, Test test) {
  int accepted = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    number.back() = digit;
    accepted += test(number) ? 1 : 0;
  }
  return accepted;
}

TEST(ContainerNumbers, OfTheStandardAndOfShippingLinesAreRight) {
  // CSQU3054383 is the example of ISO 6346.
  for (const char* number : {"CSQU3054383", "MSKU9070323", "HLXU2008419"}) {
    EXPECT_EQ(accepted_last_digits(number, is_container_number), 1) << number;
  }
  EXPECT_TRUE(is_container_number("CSQU3054383"));
  EXPECT_TRUE(is_container_number("MSKU9070323"));
}

TEST(ContainerNumbers, WithAnyOtherCheckDigitAreWrong) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string number = std::string("CSQU305438") + digit;
    EXPECT_EQ(is_container_number(number), digit == '3') << number;
  }
}

TEST(ContainerNumbers, WithARemainderOfTenEndInZero) {
  int seen = 0;
  for (int serial = 0; serial < 300; ++serial) {
    std::string number = "ABCU" + std::to_string(1000000 + serial).substr(1) + "0";
    int sum = 0;
    const std::string values = "0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ";
    for (int i = 0; i < 10; ++i)
      sum += static_cast<int>(values.find(number[static_cast<std::size_t>(i)])) << i;
    if (sum % 11 != 10) continue;
    ++seen;
    EXPECT_TRUE(is_container_number(number)) << number;
  }
  EXPECT_GT(seen, 5);
}

TEST(ContainerNumbers, OfAnotherShapeAreWrong) {
  for (const char* number : {"", "CSQU305438", "CSQU30543830", "csqu3054383", "CSQA3054383", "CSQU 305438",
                             "CS1U3054383", "CSQUO054383", "CSQU305438X"}) {
    EXPECT_FALSE(is_container_number(number)) << number;
  }
}

TEST(ImoNumbers, AreRightWithTheirCheckDigitOnly) {
  EXPECT_TRUE(is_imo_number("9074729"));
  EXPECT_TRUE(is_imo_number("9176187"));
  EXPECT_FALSE(is_imo_number("9074728"));
  EXPECT_FALSE(is_imo_number("IMO9074729"));
  EXPECT_FALSE(is_imo_number("907472"));
  EXPECT_FALSE(is_imo_number("907472X"));
  EXPECT_EQ(accepted_last_digits("9074720", is_imo_number), 1);
}

TEST(VehicleNumbers, HaveTheirCheckDigitInTheMiddle) {
  EXPECT_TRUE(is_vin("1HGCM82633A004352"));
  EXPECT_TRUE(is_vin("1M8GDM9AXKP042788"));
  EXPECT_TRUE(is_vin("11111111111111111"));
  EXPECT_FALSE(is_vin("1HGCM82633A004353"));
  EXPECT_FALSE(is_vin("1HGCM82643A004352"));
  EXPECT_FALSE(is_vin("1HGCM82633A00435"));
  EXPECT_FALSE(is_vin("1hgcm82633a004352"));
  for (const char letter : {'I', 'O', 'Q', '-', ' '}) {
    std::string number = "1HGCM82633A004352";
    number[5] = letter;
    EXPECT_FALSE(is_vin(number)) << number;
  }
}

TEST(SocialCreditCodes, AreRightWithTheirCheckCharacterOnly) {
  // The example of GB 32100-2015, and two of companies that publish theirs.
  EXPECT_TRUE(is_uscc("91350100M000100Y43"));
  EXPECT_TRUE(is_uscc("91110000802100433B"));
  EXPECT_TRUE(is_uscc("91440300708461136T"));
  EXPECT_FALSE(is_uscc("91350100M000100Y44"));
  EXPECT_FALSE(is_uscc("91350100M000100Y4"));
  EXPECT_FALSE(is_uscc("91350100m000100y43"));
  EXPECT_FALSE(is_uscc("91350100I000100Y43"));
}

TEST(CheckDigits, AreAskedForInConditions) {
  using test::verdict;
  const std::string one = R"("equipment": [{"id": "CSQU3054383"}])";
  const std::string other = R"("equipment": [{"id": "CSQU3054384"}, {"id": null}, {}])";
  const test::Draft wrong{.when = "has(unit.id) && !unit.id.isContainerNumber()", .each = "equipment"};
  EXPECT_EQ(verdict(wrong, one), "clear");
  EXPECT_EQ(verdict(wrong, other), "hit");
  EXPECT_EQ(verdict("declaration.transport.border.id.isImoNumber()",
                    R"("transport": {"border": {"id": "9074729"}})"),
            "hit");
  EXPECT_EQ(verdict({.when = "item.vins.all(v, v.isVin())", .each = "items"},
                    R"("items": [{"vins": ["1HGCM82633A004352"]}])"),
            "hit");
  EXPECT_EQ(verdict("declaration.parties.importer.id.isUscc()",
                    R"("parties": {"importer": {"id": "91350100M000100Y43"}})"),
            "hit");
}

}  // namespace
}  // namespace greenlane::criteria
