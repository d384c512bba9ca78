#include "greenlane/decimal.h"

#include <charconv>
#include <limits>
#include <tuple>

#include "base/wide.h"

namespace greenlane {
namespace {

constexpr int kDigits = 34;  // of a coefficient, and after the point

constexpr std::array<Uint128, 39> powers_of_ten() noexcept {
  std::array<Uint128, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}

constexpr std::array<Uint128, 39> kPowers = powers_of_ten();
constexpr Uint128 kLimit = kPowers[kDigits];

constexpr Uint128 power(int exponent) noexcept { return kPowers[static_cast<std::size_t>(exponent)]; }

/// A Decimal taken apart, for calculations.
struct Parts {
  Uint128 coefficient = 0;
  int scale = 0;
  bool negative = false;

  Parts() = default;
  Parts(Uint128 c, int s, bool n) noexcept : coefficient(c), scale(s), negative(n) {}
  Parts(std::uint64_t high, std::uint64_t low, std::uint8_t s, bool n) noexcept
      : coefficient(static_cast<Uint128>(high) << 64 | low), scale(s), negative(n) {}

  /// high, low, scale, negative as a Decimal stores them.
  std::tuple<std::uint64_t, std::uint64_t, std::uint8_t, bool> fields() const noexcept {
    return {static_cast<std::uint64_t>(coefficient >> 64), static_cast<std::uint64_t>(coefficient),
            static_cast<std::uint8_t>(scale), negative && coefficient != 0};
  }
};

/// `value` x 10^-scale where that can be represented, if need be without trailing zeros.
std::optional<Parts> fit(Uint256 value, int scale, bool negative) noexcept {
  while (!value.fits_128() || value.low_128() >= kLimit || scale > kDigits) {
    if (scale == 0) return std::nullopt;
    if (value.divide(10) != 0) return std::nullopt;
    --scale;
  }
  return Parts(value.low_128(), scale, negative);
}

/// Whether value x 10^digits stays below 2^127, so that two such numbers can be added in 128 bits.
bool scales_within_128(Uint128 value, int digits) noexcept {
  constexpr Uint128 kHalf = std::numeric_limits<Uint128>::max() / 2;
  return value <= kHalf / power(digits);
}

std::strong_ordering order(Uint128 a, Uint128 b) noexcept {
  if (a == b) return std::strong_ordering::equal;
  return a < b ? std::strong_ordering::less : std::strong_ordering::greater;
}

std::strong_ordering compare_magnitudes(const Parts& a, const Parts& b) noexcept {
  const int up_a = b.scale > a.scale ? b.scale - a.scale : 0;
  const int up_b = a.scale > b.scale ? a.scale - b.scale : 0;
  if (scales_within_128(a.coefficient, up_a) && scales_within_128(b.coefficient, up_b)) {
    return order(a.coefficient * power(up_a), b.coefficient * power(up_b));
  }
  return Uint256::product(a.coefficient, power(up_a)) <=> Uint256::product(b.coefficient, power(up_b));
}

std::optional<Parts> sum(const Parts& a, const Parts& b) noexcept {
  const int scale = a.scale > b.scale ? a.scale : b.scale;
  if (scales_within_128(a.coefficient, scale - a.scale) &&
      scales_within_128(b.coefficient, scale - b.scale)) {
    const Uint128 x = a.coefficient * power(scale - a.scale);
    const Uint128 y = b.coefficient * power(scale - b.scale);
    if (a.negative == b.negative) return fit(Uint256::of(x + y), scale, a.negative);
    return x < y ? fit(Uint256::of(y - x), scale, b.negative) : fit(Uint256::of(x - y), scale, a.negative);
  }
  Uint256 x = Uint256::product(a.coefficient, power(scale - a.scale));
  Uint256 y = Uint256::product(b.coefficient, power(scale - b.scale));
  if (a.negative == b.negative) {
    x.add(y);
    return fit(x, scale, a.negative);
  }
  if (x < y) {
    y.subtract(x);
    return fit(y, scale, b.negative);
  }
  x.subtract(y);
  return fit(x, scale, a.negative);
}

/// value + 1 where the part `rest` / `divisor` left over is above one half, or is one half and value odd.
Uint128 round_half_even(Uint128 value, Uint128 rest, Uint128 divisor) noexcept {
  const Uint128 above = divisor - rest;
  if (rest > above || (rest == above && (value & 1) != 0)) return value + 1;
  return value;
}

/// Long division, one digit a step, until it is exact, has 34 digits or reaches 34 places.
std::optional<Parts> quotient(const Parts& a, const Parts& b) noexcept {
  if (b.coefficient == 0) return std::nullopt;
  Uint128 value = a.coefficient / b.coefficient;
  Uint128 rest = a.coefficient % b.coefficient;
  int scale = a.scale - b.scale;
  while (rest != 0 && value < power(kDigits - 1) && scale < kDigits) {
    rest *= 10;
    value = value * 10 + rest / b.coefficient;
    rest %= b.coefficient;
    ++scale;
  }
  // This never carries to 35 digits: a ratio of coefficients below 10^34 that is no power of ten
  // differs from the next one by a relative 10^-34 or more, and rounding moves it by half of that.
  if (rest != 0) value = round_half_even(value, rest, b.coefficient);
  for (; scale < 0; ++scale) {
    if (rest != 0 || value >= power(kDigits - 1)) return std::nullopt;
    value *= 10;
  }
  return Parts(value, scale, a.negative != b.negative);
}

std::optional<Parts> rounded(const Parts& a, int places) noexcept {
  if (places < 0 || places > kDigits) return std::nullopt;
  if (places >= a.scale) {
    const Uint256 padded = Uint256::product(a.coefficient, power(places - a.scale));
    if (!padded.fits_128() || padded.low_128() >= kLimit) return std::nullopt;
    return Parts(padded.low_128(), places, a.negative);
  }
  const Uint128 divisor = power(a.scale - places);
  const Uint128 value = round_half_even(a.coefficient / divisor, a.coefficient % divisor, divisor);
  return Parts(value, places, a.negative);
}

std::optional<Parts> read(std::string_view text) noexcept {
  Parts parts;
  if (!text.empty() && text.front() == '-') {
    parts.negative = true;
    text.remove_prefix(1);
  }
  bool point = false;
  bool digit = false;  // whether the last character was one
  for (const char c : text) {
    if (c == '.') {
      if (point || !digit) return std::nullopt;
      point = true;
      digit = false;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    digit = true;
    parts.coefficient = parts.coefficient * 10 + static_cast<unsigned>(c - '0');
    if (point) ++parts.scale;
    if (parts.coefficient >= kLimit || parts.scale > kDigits) return std::nullopt;
  }
  if (!digit) return std::nullopt;
  return parts;
}

/// Takes off the zeros at the end of the fraction.
void shorten(Parts& parts) noexcept {
  while (parts.scale > 0 && parts.coefficient % 10 == 0) {
    parts.coefficient /= 10;
    --parts.scale;
  }
}

/// The same for up to 19 characters, whose digits 64 bits hold, as with nearly all amounts; nullopt for any other text.
std::optional<Parts> read_short(std::string_view text) noexcept {
  const bool negative = text.starts_with('-');
  const std::size_t first = negative ? 1 : 0;
  if (text.size() > first + 19) return std::nullopt;
  std::uint64_t coefficient = 0;
  std::size_t point = text.size();
  for (std::size_t i = first; i < text.size(); ++i) {
    const auto digit = static_cast<unsigned>(text[i]) - '0';
    if (digit <= 9) {
      coefficient = coefficient * 10 + digit;
    } else if (text[i] == '.' && point == text.size() && i > first) {
      point = i;
    } else {
      return std::nullopt;
    }
  }
  const std::size_t places = point == text.size() ? 0 : text.size() - point - 1;
  if (text.size() == first || point + 1 == text.size()) return std::nullopt;
  return Parts(coefficient, static_cast<int>(places), negative);
}

}  // namespace

Decimal Decimal::from_int(std::int64_t value) noexcept {
  Decimal result;
  const auto bits = static_cast<std::uint64_t>(value);
  result.low_ = value < 0 ? 0 - bits : bits;
  result.negative_ = value < 0;
  return result;
}

std::optional<Decimal> Decimal::parse(std::string_view text) noexcept {
  Decimal result;
  if (const auto parts = read_short(text)) {
    result.low_ = static_cast<std::uint64_t>(parts->coefficient);
    result.scale_ = static_cast<std::uint8_t>(parts->scale);
    result.negative_ = parts->negative && result.low_ != 0;
    return result;
  }
  const auto parts = read(text);
  if (!parts) return std::nullopt;
  std::tie(result.high_, result.low_, result.scale_, result.negative_) = parts->fields();
  return result;
}

std::optional<Decimal> Decimal::add(const Decimal& a, const Decimal& b) noexcept {
  const auto parts = sum({a.high_, a.low_, a.scale_, a.negative_}, {b.high_, b.low_, b.scale_, b.negative_});
  if (!parts) return std::nullopt;
  Decimal result;
  std::tie(result.high_, result.low_, result.scale_, result.negative_) = parts->fields();
  return result;
}

std::optional<Decimal> Decimal::subtract(const Decimal& a, const Decimal& b) noexcept {
  return add(a, b.negated());
}

std::optional<Decimal> Decimal::multiply(const Decimal& a, const Decimal& b) noexcept {
  const Parts x(a.high_, a.low_, a.scale_, a.negative_), y(b.high_, b.low_, b.scale_, b.negative_);
  const auto parts =
      fit(Uint256::product(x.coefficient, y.coefficient), x.scale + y.scale, x.negative != y.negative);
  if (!parts) return std::nullopt;
  Decimal result;
  std::tie(result.high_, result.low_, result.scale_, result.negative_) = parts->fields();
  return result;
}

std::optional<Decimal> Decimal::divide(const Decimal& a, const Decimal& b) noexcept {
  const auto parts =
      quotient({a.high_, a.low_, a.scale_, a.negative_}, {b.high_, b.low_, b.scale_, b.negative_});
  if (!parts) return std::nullopt;
  Decimal result;
  std::tie(result.high_, result.low_, result.scale_, result.negative_) = parts->fields();
  return result;
}

std::optional<Decimal> Decimal::round(int places) const noexcept {
  const auto parts = rounded({high_, low_, scale_, negative_}, places);
  if (!parts) return std::nullopt;
  Decimal result;
  std::tie(result.high_, result.low_, result.scale_, result.negative_) = parts->fields();
  return result;
}

Decimal Decimal::negated() const noexcept {
  Decimal result = *this;
  result.negative_ = !negative_ && !is_zero();
  return result;
}

std::optional<std::int64_t> Decimal::to_int() const noexcept {
  Parts parts(high_, low_, scale_, negative_);
  shorten(parts);
  constexpr Uint128 kMax = static_cast<Uint128>(std::numeric_limits<std::int64_t>::max());
  if (parts.scale != 0 || parts.coefficient > kMax + (negative_ ? 1 : 0)) return std::nullopt;
  const auto magnitude = static_cast<std::uint64_t>(parts.coefficient);
  return static_cast<std::int64_t>(negative_ ? 0 - magnitude : magnitude);
}

std::optional<std::int64_t> Decimal::floor_scaled(int places, bool& exact) const noexcept {
  const Uint128 coefficient = static_cast<Uint128>(high_) << 64 | low_;
  constexpr Uint128 most = static_cast<Uint128>(std::numeric_limits<std::int64_t>::max());
  Uint128 magnitude = coefficient;
  exact = true;
  if (scale_ <= places) {
    const Uint128 factor = power(places - scale_);
    if (coefficient > most / factor) return std::nullopt;
    magnitude = coefficient * factor;
  } else {
    const Uint128 factor = power(scale_ - places);
    magnitude = coefficient / factor;
    exact = magnitude * factor == coefficient;
    if (negative_ && !exact) ++magnitude;
    if (magnitude > most) return std::nullopt;
  }
  const auto value = static_cast<std::int64_t>(magnitude);
  return negative_ ? -value : value;
}

double Decimal::to_double() const noexcept {
  // The digits without a heap allocation: sign, 34 digits, 'e', exponent.
  Parts parts(high_, low_, scale_, negative_);
  char text[48];
  char* begin = text + sizeof text - 8;
  char* end = std::to_chars(begin + 1, text + sizeof text, -parts.scale).ptr;
  *begin = 'e';
  do {
    *--begin = static_cast<char>('0' + static_cast<int>(parts.coefficient % 10));
    parts.coefficient /= 10;
  } while (parts.coefficient != 0);
  double value = 0;
  std::from_chars(begin, end, value);
  return negative_ ? -value : value;
}

std::string Decimal::to_string() const {
  Parts parts(high_, low_, scale_, negative_);
  char text[kDigits * 2 + 3];
  char* const end = text + sizeof text;
  char* begin = end;
  for (int place = 0; place <= parts.scale || parts.coefficient != 0; ++place) {
    if (place == parts.scale && place > 0) *--begin = '.';
    *--begin = static_cast<char>('0' + static_cast<int>(parts.coefficient % 10));
    parts.coefficient /= 10;
  }
  if (negative_) *--begin = '-';
  return std::string(begin, end);
}

std::uint64_t Decimal::hash() const noexcept {
  Parts parts(high_, low_, scale_, negative_);
  shorten(parts);
  const auto [high, low, scale, negative] = parts.fields();
  std::uint64_t hash = 0;
  for (const std::uint64_t word : {high, low, std::uint64_t{scale} << 1 | (negative ? 1u : 0u)}) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15u;  // 2^64 / golden ratio: spreads low bits upwards
    hash ^= hash >> 32;
  }
  return hash;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept {
  if (a.negative_ != b.negative_) {
    return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  const auto magnitudes =
      compare_magnitudes({a.high_, a.low_, a.scale_, false}, {b.high_, b.low_, b.scale_, false});
  return a.negative_ ? 0 <=> magnitudes : magnitudes;
}

}  // namespace greenlane
