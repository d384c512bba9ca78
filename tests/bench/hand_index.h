// The limit: what a matcher costs that is written by hand for exactly this workload. Each rule waits in the
// bucket of its rarest necessary test of equality (Hanson 1990), buckets are sorted by a bound, the rest of a
// rule is a flat program. It knows no missing value, no decimal beyond hundredths and no other condition.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "workload.h"

namespace greenlane::bench {

/// A goods line with every code as a small number.
struct Line {
  std::array<std::uint32_t, 4> hs;    ///< its first 2, 4, 6 and 8 digits
  std::array<std::uint8_t, 6> codes;  ///< from Field::origin to Field::preference
  std::int64_t amount, net;           ///< hundredths
  std::array<std::uint64_t, 2> documents;
  std::array<std::uint64_t, 2> lists;  ///< those that the consignee is in, and the consignor
};

/// By party: the lists it is in.
std::vector<std::uint64_t> list_masks(const World& world);
std::vector<Line> intern(const World& world, const std::vector<Goods>& all);
/// The lines whose codes tell how frequent codes are.
inline std::span<const Line> sample_of(const std::vector<Line>& lines) {
  return std::span(lines).first(std::min<std::size_t>(2'000, lines.size()));
}
inline void set_hs(Line& line, std::uint32_t eight_digits) {
  line.hs = {eight_digits / 1'000'000, eight_digits / 10'000, eight_digits / 100, eight_digits};
}

/// The rules that hold for a line, ascending, and space to find them. Reused; one thread.
class HandMatches {
 public:
  std::span<const std::uint32_t> hits() const { return {hits_.data(), count_}; }
  std::uint64_t candidates = 0;  ///< looked at since it was made

 private:
  friend class HandIndex;
  std::vector<std::uint64_t> bits_, summary_;
  std::vector<std::uint32_t> hits_;
  std::size_t count_ = 0;
};

class HandIndex {
 public:
  /// `sample` tells how frequent codes are.
  HandIndex(std::span<const Rule> rules, std::span<const Line> sample);

  void match(const Line& line, HandMatches& out) const;
  void prepare(HandMatches& out) const;
  std::size_t bytes() const;

 private:
  /// Jumps are relative to the first instruction of the rule.
  struct Instruction {
    Test test;
    std::uint8_t place;  ///< in Line::hs, codes, documents or lists; 0 amount, 1 net
    std::int16_t when_true, when_false;
    std::uint32_t number;
    std::uint64_t mask;
    std::int64_t bound;
  };
  static constexpr std::int16_t hit = -1, miss = -2;
  static constexpr std::uint32_t always = ~std::uint32_t{0};

  struct Entry {
    std::int64_t bound;
    std::uint32_t rule, program;
  };
  struct Bucket {
    std::uint32_t begin, amount_begin, net_begin,
        end;  ///< without a bound, amount above it, net weight above it
  };
  struct Slot {
    std::uint64_t key = ~std::uint64_t{0};
    std::uint32_t bucket = 0;
  };
  using Keys = std::vector<std::uint64_t>;

  static Keys keys_of(const Atom& atom);
  static Instruction instruction(const Atom& atom);
  static bool holds(const Instruction& instruction, const Line& line);
  std::uint32_t add_program(const Rule& rule, std::size_t access, std::size_t bound);
  bool run(std::uint32_t program, const Line& line) const;
  const Bucket* find(std::uint64_t key) const;
  template <typename Visit>
  static void each_key(const Line& line, const Visit& visit);

  std::vector<Instruction> code_;
  std::vector<Entry> entries_;
  std::vector<Bucket> buckets_;
  std::vector<Slot> table_;
  int shift_ = 0;
  std::size_t rules_;
};

}  // namespace greenlane::bench
