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

  /// REQUIRES: built; `readable` bytes can be read from `key` on.
  std::uint32_t find(const char* key, std::size_t size) const noexcept {
    const Ends ends(key, size);
    const Entry& entry = first_[ends.hash(size, seed_) >> shift_];
    if (entry.size != size || entry.ends.head != ends.head || entry.ends.tail != ends.tail) return none;
    return size <= 16 || std::memcmp(entry.key, key, size) == 0 ? entry.position : none;
  }

 private:
  /// The first and the last eight bytes of a key: all of it up to 16 bytes.
  struct Ends {
    std::uint64_t head = 0;
    std::uint64_t tail = 0;

    Ends() = default;
    Ends(const char* key, std::size_t size) noexcept {
      std::memcpy(&head, key, sizeof head);
      if (size >= sizeof tail) {
        std::memcpy(&tail, key + size - sizeof tail, sizeof tail);
      } else {
        // Only the bytes of the key, wherever they stand in the word.
        const std::size_t rest = 8 * (sizeof head - size);
        head = size == 0 ? 0 : std::endian::native == std::endian::little ? head << rest : head >> rest;
      }
    }
    std::uint64_t hash(std::size_t size, std::uint64_t seed) const noexcept {
      return ((head * 0x9E3779B97F4A7C15u) ^ (tail + size)) * seed;
    }
  };
  struct Entry {
    Ends ends;
    const char* key = "";
    std::uint32_t size = 0xFFFFFFFF;  ///< of no key
    std::uint32_t position = none;
  };

  std::vector<std::string> keys_;  ///< padded
  std::vector<Entry> entries_;
  const Entry* first_ = nullptr;
  std::uint64_t seed_ = 1;
  unsigned shift_ = 63;
};

}  // namespace greenlane::document
