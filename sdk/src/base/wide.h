// Unsigned integers of 128 and 256 bits for exact decimal arithmetic.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace greenlane {

__extension__ typedef unsigned __int128 Uint128;

/// 256 bits: enough for the product of two coefficients below 10^34, and for one of them times 10^34.
struct Uint256 {
  std::array<std::uint64_t, 4> limbs{};  // least significant first

  static constexpr Uint256 of(Uint128 value) noexcept {
    return {{static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64), 0, 0}};
  }

  static constexpr Uint256 product(Uint128 a, Uint128 b) noexcept {
    const Uint256 x = of(a), y = of(b);
    Uint256 result;
    for (std::size_t i = 0; i < 2; ++i) {
      Uint128 carry = 0;
      for (std::size_t j = 0; j < 2; ++j) {
        carry += static_cast<Uint128>(x.limbs[i]) * y.limbs[j] + result.limbs[i + j];
        result.limbs[i + j] = static_cast<std::uint64_t>(carry);
        carry >>= 64;
      }
      result.limbs[i + 2] = static_cast<std::uint64_t>(carry);
    }
    return result;
  }

  constexpr void add(const Uint256& other) noexcept {
    Uint128 carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      carry += static_cast<Uint128>(limbs[i]) + other.limbs[i];
      limbs[i] = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
  }

  /// REQUIRES: other <= *this.
  constexpr void subtract(const Uint256& other) noexcept {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const Uint128 taken = static_cast<Uint128>(other.limbs[i]) + borrow;
      borrow = limbs[i] < taken ? 1 : 0;
      limbs[i] = static_cast<std::uint64_t>(limbs[i] - taken);
    }
  }

  /// Divides by `divisor` and returns the remainder.
  constexpr std::uint64_t divide(std::uint64_t divisor) noexcept {
    Uint128 rest = 0;
    for (std::size_t i = 4; i-- > 0;) {
      rest = (rest << 64) | limbs[i];
      limbs[i] = static_cast<std::uint64_t>(rest / divisor);
      rest %= divisor;
    }
    return static_cast<std::uint64_t>(rest);
  }

  constexpr bool fits_128() const noexcept { return limbs[2] == 0 && limbs[3] == 0; }
  constexpr Uint128 low_128() const noexcept { return static_cast<Uint128>(limbs[1]) << 64 | limbs[0]; }

  friend constexpr std::strong_ordering operator<=>(const Uint256& a, const Uint256& b) noexcept {
    for (std::size_t i = 4; i-- > 0;) {
      if (a.limbs[i] != b.limbs[i]) return a.limbs[i] <=> b.limbs[i];
    }
    return std::strong_ordering::equal;
  }
};

}  // namespace greenlane
