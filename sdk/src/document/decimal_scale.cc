#include "document/decimal_scale.h"

#include <algorithm>
#include <cstddef>

#include "document/formats.h"
#include "greenlane/decimal.h"

namespace greenlane::document {
namespace {

/// The member `key` of `rule` as a whole number between the bounds; nullopt where it is not given.
Result<std::optional<int>> bounded(const json::Value& rule, std::string_view key, int least, int most) {
  const json::Value* value = rule.find(key);
  if (value == nullptr) return std::optional<int>();
  if (value->is(json::Kind::integer) && value->integer() >= least && value->integer() <= most) {
    return std::optional<int>(static_cast<int>(value->integer()));
  }
  return make_error(ErrorCode::invalid_mapping,
                    "expected a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                        ", found " + found(*value),
                    "/" + std::string(key));
}

/// A number without its sign: `digits` with the point behind the first `whole` of them (at least one).
struct Digits {
  std::string digits;
  std::size_t whole = 0;
};

Digits shifted(std::string_view plain, int power) {
  const std::size_t point = std::min(plain.find('.'), plain.size());
  Digits number{std::string(plain.substr(0, point)), point};
  if (point < plain.size()) number.digits += plain.substr(point + 1);
  if (power >= 0) {
    number.whole += static_cast<std::size_t>(power);
    if (number.whole > number.digits.size()) number.digits.resize(number.whole, '0');
    return number;
  }
  const auto left = static_cast<std::size_t>(-power);
  if (left >= number.whole) {
    number.digits.insert(0, left - number.whole + 1, '0');
    number.whole = 1;
  } else {
    number.whole -= left;
  }
  return number;
}

void round_half_even(Digits& number, std::size_t places) {
  const std::size_t kept = number.whole + places;
  if (kept >= number.digits.size()) return;
  const std::string rest = number.digits.substr(kept);
  number.digits.resize(kept);
  const bool odd = (number.digits.back() - '0') % 2 == 1;
  const bool beyond_half = rest.find_first_not_of('0', 1) != std::string::npos;
  const bool up = rest.front() > '5' || (rest.front() == '5' && (beyond_half || odd));
  if (!up) return;
  std::size_t at = kept;
  while (at > 0 && number.digits[at - 1] == '9') number.digits[--at] = '0';
  if (at > 0) {
    ++number.digits[at - 1];
  } else {
    number.digits.insert(0, 1, '1');
    ++number.whole;
  }
}

std::string plain_text(const Digits& number, bool negative) {
  const std::string_view digits = number.digits;
  const std::size_t first = std::min(digits.find_first_not_of('0'), number.whole - 1);
  const std::string_view whole = digits.substr(first, number.whole - first);
  std::string_view fraction = digits.substr(number.whole);
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);
  std::string text = negative && (whole != "0" || !fraction.empty()) ? "-" : "";
  text += whole;
  if (!fraction.empty()) text.append(".").append(fraction);
  return text;
}

}  // namespace

Result<DecimalScale> DecimalScale::make(const json::Value& rule) {
  auto power = bounded(rule, "scale", -12, 12);
  if (!power) return std::move(power).error();
  auto places = bounded(rule, "round", 0, 20);
  if (!places) return std::move(places).error();
  DecimalScale result;
  result.power_ = power->value_or(0);
  result.places_ = *places;
  return result;
}

std::optional<std::string> DecimalScale::apply(std::string_view plain) const {
  const bool negative = plain.starts_with('-');
  Digits number = shifted(plain.substr(negative ? 1 : 0), power_);
  if (places_) round_half_even(number, static_cast<std::size_t>(*places_));
  std::string text = plain_text(number, negative);
  if (!Decimal::parse(text)) return std::nullopt;
  return text;
}

}  // namespace greenlane::document
