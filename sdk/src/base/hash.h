// A fast hash of short texts, for tables whose keys nobody hostile chooses.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace greenlane {

/// Mixes one more word into a hash.
inline std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) noexcept {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15ull;
  return hash ^ (hash >> 29);
}

inline std::uint64_t hash_of(std::string_view text) noexcept {
  std::uint64_t hash = text.size();
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    hash = mixed(hash, word);
  }
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < left; ++i) word |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
  return mixed(mixed(hash, word), 0);
}

}  // namespace greenlane
