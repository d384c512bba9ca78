#include "criteria/check_digits.h"

#include <algorithm>
#include <array>

#include "cel/library.h"
#include "criteria/language.h"

namespace greenlane::criteria {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

/// ISO 6346: A is 10; multiples of 11 are left out, so that B is 12, L is 23 and V is 34.
int container_value(char c) {
  if (is_digit(c)) return c - '0';
  return c - 'A' + 10 + (c >= 'B' ? 1 : 0) + (c >= 'L' ? 1 : 0) + (c >= 'V' ? 1 : 0);
}

/// 49 CFR 565.15: letters as digits; -1 for a character that may not stand in a VIN.
int vin_value(char c) {
  if (is_digit(c)) return c - '0';
  static constexpr std::string_view letters = "ABCDEFGHJKLMNPRSTUVWXYZ";
  static constexpr std::string_view values = "12345678123457923456789";
  const std::size_t at = letters.find(c);
  return at == std::string_view::npos ? -1 : values[at] - '0';
}

template <bool (*test)(std::string_view) noexcept>
cel::Value tested(const cel::CallContext&, const cel::Value* a) {
  return cel::Value(test(a[0].text()));
}

}  // namespace

bool is_container_number(std::string_view text) noexcept {
  if (text.size() != 11) return false;
  if (!std::all_of(text.begin(), text.begin() + 3, is_capital) || !std::all_of(text.begin() + 4, text.end(), is_digit)) return false;
  if (text[3] != 'U' && text[3] != 'J' && text[3] != 'Z') return false;
  int sum = 0;
  for (std::size_t i = 0; i < 10; ++i) sum += container_value(text[i]) << i;
  return sum % 11 % 10 == text[10] - '0';
}

bool is_imo_number(std::string_view text) noexcept {
  if (text.size() != 7 || !std::all_of(text.begin(), text.end(), is_digit)) return false;
  int sum = 0;
  for (int i = 0; i < 6; ++i) sum += (text[static_cast<std::size_t>(i)] - '0') * (7 - i);
  return sum % 10 == text[6] - '0';
}

bool is_vin(std::string_view text) noexcept {
  static constexpr std::array<int, 17> weights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  if (text.size() != weights.size()) return false;
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const int value = vin_value(text[i]);
    if (value < 0) return false;
    sum += value * weights[i];
  }
  const int remainder = sum % 11;
  return text[8] == (remainder == 10 ? 'X' : static_cast<char>('0' + remainder));
}

bool is_uscc(std::string_view text) noexcept {
  static constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (text.size() != 18) return false;
  std::size_t sum = 0;
  std::size_t weight = 1;  // powers of 3 modulo 31
  for (std::size_t i = 0; i < 17; ++i) {
    const std::size_t value = alphabet.find(text[i]);
    if (value == std::string_view::npos) return false;
    sum += value * weight;
    weight = weight * 3 % 31;
  }
  return alphabet[(31 - sum % 31) % 31] == text[17];
}

void add_check_digits(cel::FunctionTable& functions) {
  cel::Declare declare(functions);
  const cel::TypeRef s = cel::types::simple(cel::TypeKind::string);
  declare.question("isContainerNumber", true, {s}, tested<is_container_number>);
  declare.question("isImoNumber", true, {s}, tested<is_imo_number>);
  declare.question("isVin", true, {s}, tested<is_vin>);
  declare.question("isUscc", true, {s}, tested<is_uscc>);
}

void add_customs_library(cel::FunctionTable& functions) {
  add_commodity_codes(functions);
  add_texts(functions);
  add_check_digits(functions);
  add_units(functions);
}

}  // namespace greenlane::criteria
