// Which of a pack's sets of codes hold a text, found in one step for all sets.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "criteria/dictionary.h"
#include "criteria/reference_list.h"

namespace greenlane::criteria {

/// Built when a pack is compiled: sets are added, then finish() is called. Then immutable; any thread.
class ListMembership {
 public:
  /// The number of `set` among those asked for texts as a whole; its elements go into `dictionary`.
  std::uint32_t add(const CodeSet& set, Dictionary& dictionary);
  /// The number of `set` among those asked for prefixes of commodity codes; nullopt where an element is none.
  std::optional<std::uint32_t> add_prefixes(const CodeSet& set);
  void finish();

  /// The sets that hold the text with this number of the dictionary, ascending.
  std::span<const std::uint32_t> lists_of(std::uint64_t code) const noexcept;
  /// Appends the sets that hold a prefix of the commodity code `code`, ascending, each once.
  void append_prefix_lists(std::string_view code, std::vector<std::uint32_t>& out) const;
  std::size_t bytes() const noexcept;

 private:
  using Pair = std::pair<std::uint64_t, std::uint32_t>;  ///< of a key and a set

  std::vector<const CodeSet*> sets_, prefix_sets_;
  std::vector<Pair> members_;           ///< by number of the dictionary
  std::vector<std::uint32_t> begins_;   ///< of the sets of each number in lists_
  std::vector<std::uint32_t> lists_;
  std::vector<Pair> prefixes_;          ///< sorted
  std::uint32_t lengths_ = 0;           ///< bit by length of prefix
};

/// A prefix of a commodity code, 2 to 12 digits, as one number.
constexpr std::uint64_t prefix_key(std::size_t length, std::uint64_t digits) noexcept { return (std::uint64_t{length} << 56) | (digits + 1); }
std::uint64_t digits_of(std::string_view code) noexcept;

}  // namespace greenlane::criteria
