// Codes of at most eight bytes to their numbers, as fast as it goes: a code is one word.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace greenlane::bench {

class ShortCodes {
 public:
  explicit ShortCodes(const std::vector<std::string>& codes) {
    const std::size_t size = std::bit_ceil(codes.size() * 3 + 8);
    shift_ = 64 - std::countr_zero(size);
    slots_.assign(size, {});
    for (std::size_t i = 0; i < codes.size(); ++i) {
      std::size_t at = word_of(codes[i]) * 0x9E3779B97F4A7C15u >> shift_;
      while (slots_[at].word != 0) at = (at + 1) & (size - 1);
      slots_[at] = {word_of(codes[i]), static_cast<std::uint32_t>(i)};
    }
  }

  std::uint32_t number(std::string_view code) const {
    const std::uint64_t word = word_of(code);
    const Slot* const slots = slots_.data();
    for (std::size_t at = word * 0x9E3779B97F4A7C15u >> shift_;; at = (at + 1) & (slots_.size() - 1)) {
      if (slots[at].word == word) return slots[at].number;
      if (slots[at].word == 0)
        throw std::runtime_error("a code that the workload does not have: " + std::string(code));
    }
  }

 private:
  struct Slot {
    std::uint64_t word = 0;
    std::uint32_t number = 0;
  };
  static std::uint64_t word_of(std::string_view code) {
    std::uint64_t word = 0;
    std::memcpy(&word, code.data(), code.size() < 8 ? code.size() : 8);
    return word;
  }

  std::vector<Slot> slots_;
  int shift_ = 0;
};

}  // namespace greenlane::bench
