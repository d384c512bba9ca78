// From a fact's value to the bucket of those who wait for it: open addressing, at most a third full.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace greenlane::criteria {

/// A fact and one of its values. REQUIRES fact < 2^20, value < 2^44.
constexpr std::uint64_t fact_key(std::uint32_t fact, std::uint64_t value) noexcept { return (std::uint64_t{fact} << 44) | value; }

class KeyTable {
 public:
  static constexpr std::uint32_t no_bucket = ~std::uint32_t{0};

  void reserve(std::size_t keys) {
    const std::size_t size = std::bit_ceil(keys * 2 + 2);
    slots_.assign(size, {});
    shift_ = 64 - std::countr_zero(size);
  }
  void put(std::uint64_t key, std::uint32_t bucket) noexcept {
    std::size_t at = place_of(key);
    while (slots_[at].bucket != no_bucket) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {key, bucket};
  }
  std::uint32_t find(std::uint64_t key) const noexcept {
    const Slot* const slots = slots_.data();
    for (std::size_t at = place_of(key);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots[at].key == key || slots[at].bucket == no_bucket) return slots[at].bucket;
    }
  }
  std::size_t bytes() const noexcept { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint64_t key = ~std::uint64_t{0};
    std::uint32_t bucket = no_bucket;
  };

  std::size_t place_of(std::uint64_t key) const noexcept { return static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ull) >> shift_); }

  std::vector<Slot> slots_;
  int shift_ = 63;
};

}  // namespace greenlane::criteria
