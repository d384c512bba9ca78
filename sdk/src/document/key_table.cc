#include "document/key_table.h"

#include <bit>
#include <random>

namespace greenlane::document {

bool KeyTable::build(const std::vector<std::string>& keys) {
  keys_ = keys;
  for (std::string& key : keys_) key.append(readable, '\0');
  std::mt19937_64 random(1);
  const unsigned least_bits = static_cast<unsigned>(std::bit_width(keys.size() + 1));
  for (unsigned bits = least_bits; bits <= least_bits + 4; ++bits) {
    shift_ = 64 - bits;
    for (int attempt = 0; attempt < 200; ++attempt) {
      seed_ = random() | 1u;
      entries_.assign(std::size_t{1} << bits, {});
      bool apart = true;
      for (std::size_t i = 0; i < keys_.size() && apart; ++i) {
        const Ends ends(keys_[i].data(), keys[i].size());
        Entry& entry = entries_[ends.hash(keys[i].size(), seed_) >> shift_];
        apart = entry.position == none;
        entry = {ends, keys_[i].data(), static_cast<std::uint32_t>(keys[i].size()), static_cast<std::uint32_t>(i)};
      }
      first_ = entries_.data();
      if (apart) return true;
    }
  }
  return false;
}

}  // namespace greenlane::document
