// Choices that a seed repeats with every standard library: its distributions differ, its engine does not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace greenlane::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <typename Choices>
  const auto& pick(const Choices& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace greenlane::test
