// Random numbers that are the same with every compiler and library, which std:: distributions are not.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <utility>
#include <vector>

namespace greenlane::bench {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0 <= x < 1.
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  /// 0 <= x < n.
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(unit() * n); }
  /// low <= x <= high.
  std::uint32_t from_to(std::uint32_t low, std::uint32_t high) { return low + below(high - low + 1); }
  bool chance(double share) { return unit() < share; }
  /// Of the standard normal distribution (Box and Muller 1958).
  double normal() { return std::sqrt(-2 * std::log(1 - unit())) * std::cos(2 * std::numbers::pi * unit()); }

  template <typename T>
  void shuffle(std::vector<T>& all) {
    for (std::size_t left = all.size(); left > 1; --left)
      std::swap(all[left - 1], all[below(static_cast<std::uint32_t>(left))]);
  }

 private:
  std::mt19937_64 engine_;
};

/// Draws ranks so that rank i, from 0, has weight 1 / (i + 1)^exponent.
class Zipf {
 public:
  Zipf() = default;
  Zipf(std::size_t ranks, double exponent);
  std::uint32_t draw(Random& random) const;

 private:
  std::vector<double> sums_;
};

/// exp(mean + deviation * N(0, 1)).
struct Lognormal {
  double mean, deviation;
  double draw(Random& random) const { return std::exp(mean + deviation * random.normal()); }
  double quantile(double share) const;
};

}  // namespace greenlane::bench
