// The texts that a pack compares fields with, as small numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greenlane::criteria {

/// Numbers of texts. Built when a pack is compiled, then immutable; any thread.
class Dictionary {
 public:
  // What a field may hold beside a text of the dictionary. `other` is a text that no condition names.
  static constexpr std::uint32_t absent = 0, none = 1, other = 2, no = 3, yes = 4, first = 5;

  std::uint32_t add(std::string_view text);
  /// The number of `text`, or `other`.
  std::uint32_t find(std::string_view text) const noexcept;
  std::size_t size() const noexcept { return ends_.size(); }  ///< texts; their numbers are first … first + size() - 1
  std::size_t bytes() const noexcept;

 private:
  struct Slot {
    std::uint32_t tag = 0;     ///< of the hash
    std::uint32_t number = 0;  ///< 0 = empty
  };

  std::string_view text_of(std::uint32_t number) const noexcept;
  std::size_t place_of(std::string_view text, std::uint64_t hash) const noexcept;
  void grow();

  std::vector<Slot> slots_;
  std::string texts_;
  std::vector<std::uint32_t> ends_;  ///< of each text in texts_
};

}  // namespace greenlane::criteria
