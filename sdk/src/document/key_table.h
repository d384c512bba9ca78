// Finds the keys of one object without collisions.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace greenlane::document {

/// A perfect hash of a few keys. Immutable; any thread.
class KeyTable {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  /// Bytes that must be readable from the begin of a key on, however short it is.
  static constexpr std::size_t readable = 8;

  KeyTable() = default;
  KeyTable(const KeyTable&) = delete;
  KeyTable& operator=(const KeyTable&) = delete;

  /// False where no seed keeps the keys apart. Keys that are found are given by their position in `keys`.
  bool build(const std::vector<std::string>& keys);

  /// REQUIRES: `readable` bytes can be read from `key` on.
  std::uint32_t find(const char* key, std::size_t size) const noexcept {
    const Entry& entry = entries_[hash(key, size, seed_) >> shift_];
    return entry.size == size && std::memcmp(entry.key, key, size) == 0 ? entry.position : none;
  }

 private:
  struct Entry {
    const char* key = "";
    std::size_t size = ~std::size_t{0};  ///< of no key
    std::uint32_t position = none;
  };

  static std::uint64_t hash(const char* key, std::size_t size, std::uint64_t seed) noexcept {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;
    std::memcpy(&head, key, sizeof head);
    if (size >= sizeof tail) {
      std::memcpy(&tail, key + size - sizeof tail, sizeof tail);
    } else {
      // Only the bytes of the key, wherever they stand in the word.
      const std::size_t rest = 8 * (sizeof head - size);
      head = size == 0 ? 0 : std::endian::native == std::endian::little ? head << rest : head >> rest;
    }
    return ((head * 0x9E3779B97F4A7C15u) ^ (tail + size)) * seed;
  }

  std::vector<std::string> keys_;  ///< padded
  std::vector<Entry> entries_ = std::vector<Entry>(2);
  std::uint64_t seed_ = 1;
  unsigned shift_ = 63;
};

}  // namespace greenlane::document
