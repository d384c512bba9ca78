// Decimal: exact decimal numbers for money and quantities.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/export.h"

namespace greenlane {

/// An exact decimal number: coefficient x 10^-scale, at most 34 significant digits (the precision
/// of IEEE 754 decimal128) and at most 34 digits after the point. Values that are numerically equal
/// compare equal ("1.50" == "1.5"); to_string() keeps the digits that were read or computed.
///
/// Arithmetic never rounds silently: a sum, difference or product that does not fit gives nullopt.
/// A quotient is rounded half to even at 34 significant digits, so that comparing the quotient of
/// two amounts of up to 16+6 digits with a limit of up to 10 digits decides like the exact ratio.
///
/// A plain value: copy freely, any thread.
class GREENLANE_EXPORT Decimal {
 public:
  constexpr Decimal() noexcept = default;  ///< zero
  static Decimal from_int(std::int64_t value) noexcept;

  /// Reads "-12.50": an optional '-', digits, optionally '.' and digits. Nothing else: no '+', no
  /// exponent, no blanks, no thousands signs. nullopt for other text or more than 34 digits.
  static std::optional<Decimal> parse(std::string_view text) noexcept;

  static std::optional<Decimal> add(const Decimal& a, const Decimal& b) noexcept;
  static std::optional<Decimal> subtract(const Decimal& a, const Decimal& b) noexcept;
  static std::optional<Decimal> multiply(const Decimal& a, const Decimal& b) noexcept;
  static std::optional<Decimal> divide(const Decimal& a, const Decimal& b) noexcept;  ///< nullopt also for b = 0

  /// `places` digits after the point (0 to 34), rounded half to even.
  std::optional<Decimal> round(int places) const noexcept;
  Decimal negated() const noexcept;
  bool is_zero() const noexcept { return high_ == 0 && low_ == 0; }
  bool is_negative() const noexcept { return negative_; }
  int scale() const noexcept { return scale_; }

  /// The integer, where the value is one and fits 64 bits.
  std::optional<std::int64_t> to_int() const noexcept;
  /// The largest integer not above value x 10^places (0 to 18 places), where it fits 64 bits; `exact` tells
  /// whether the two are equal.
  std::optional<std::int64_t> floor_scaled(int places, bool& exact) const noexcept;
  /// The nearest double; for display and statistics only.
  double to_double() const noexcept;
  std::string to_string() const;

  /// Equal for numerically equal values.
  std::uint64_t hash() const noexcept;

  friend bool operator==(const Decimal& a, const Decimal& b) noexcept { return (a <=> b) == 0; }
  friend GREENLANE_EXPORT std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) noexcept;

 private:
  // Magnitude of the coefficient, below 10^34; zero is never negative.
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
  std::uint8_t scale_ = 0;
  bool negative_ = false;
};

}  // namespace greenlane
