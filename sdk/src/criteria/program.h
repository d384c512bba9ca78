// Conditions as flat branching programs over facts.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "cel/ast.h"
#include "criteria/condition.h"
#include "criteria/facts.h"
#include "criteria/row_columns.h"

namespace greenlane::criteria {

/// What a program says of one element. `ask`: facts that matter are missing or the evaluator would report an
/// error, so that the evaluator has to decide; it would not say clear.
enum class Verdict : std::uint8_t { hit, clear, ask };

/// Which criterion is evaluated, and for which row of its table.
struct Position {
  std::uint32_t rule = 0;
  std::uint32_t row = 0;
  const RowColumns* columns = nullptr;  ///< null without a table
};

/// Evaluates the parts of conditions that no test of facts stands for.
class OpaqueParts {
 public:
  enum class Answer : std::uint8_t { no, yes, unknown };
  virtual Answer evaluate(const cel::Expr& part, const Position& at) = 0;

 protected:
  ~OpaqueParts() = default;
};

/// The programs of the conditions over one each-path. Built when a pack is compiled, then immutable.
class Programs {
 public:
  static constexpr std::uint32_t always = ~std::uint32_t{0};

  /// Adds the program of a conjunction and returns where it begins; `always` for none.
  std::uint32_t add(const std::vector<const Condition*>& conjuncts);

  Verdict run(std::uint32_t start, const Facts& facts, const Position& position, OpaqueParts& opaque) const;
  std::size_t bytes() const noexcept { return code_.capacity() * sizeof(Instruction) + values_.capacity() * sizeof(values_[0]); }

 private:
  using Answer = OpaqueParts::Answer;
  using Target = std::int32_t;  ///< an instruction, or below
  static constexpr Target hit = -1, clear = -2, ask = -3, first_label = -4;
  static constexpr std::uint64_t digits_mask = (std::uint64_t{1} << 56) - 1;

  /// The most frequent instructions are told apart in one step.
  enum class Shape : std::uint8_t { code_is, bits_in, code_in, set_has_one, at_least, at_most, other };
  struct Instruction {
    Shape shape;
    Test test;
    bool strictly;             ///< of a bound that is a column
    std::int16_t column;       ///< -1: the values are constants
    std::uint16_t count;       ///< of values
    std::uint32_t fact;
    std::array<Target, 3> next;  ///< by Answer
    /// The one value, the place of several, the other fact, or the part of the evaluator.
    std::uint64_t value;
  };
  static_assert(sizeof(Instruction) == 32);

  static Shape shape_of(const Instruction& i) noexcept;
  void emit(const Condition& condition, Target on_true, Target on_false, bool strict);
  void emit_all(const std::vector<const Condition*>& parts, bool all, Target on_true, Target on_false, bool strict);
  void emit_atom(const Condition& leaf, Target on_true, Target on_false, bool strict);
  Target new_label() { return first_label - static_cast<Target>(labels_.size()); }
  void bind(Target label) { labels_[static_cast<std::size_t>(first_label - label)] = static_cast<Target>(code_.size()); }

  static Answer answer_of(bool yes) noexcept { return yes ? Answer::yes : Answer::no; }
  Answer answer(const Instruction& i, const Facts& facts, const Position& position, OpaqueParts& opaque) const;
  Answer usual(const Instruction& i, const Facts& facts, const Position& position, OpaqueParts& opaque) const;
  static Answer compare(const Instruction& i, const Facts& facts, std::uint64_t value) noexcept;
  static Answer compare_facts(const Instruction& i, const Facts& facts) noexcept;
  Answer among(const Instruction& i, const Facts& facts, const Position& position) const noexcept;
  bool holds_value(const Instruction& i, std::uint64_t value) const noexcept;

  std::vector<Instruction> code_;
  std::vector<std::uint64_t> values_;
  std::vector<Target> labels_;  ///< while a program is being added
};

/// What most instructions are is answered in line.
inline Programs::Answer Programs::usual(const Instruction& i, const Facts& facts, const Position& position, OpaqueParts& opaque) const {
  switch (i.shape) {
    case Shape::code_is: {
      const std::uint64_t word = facts.word(i.fact);
      return word == Dictionary::absent ? Answer::unknown : answer_of(word == i.value);
    }
    case Shape::bits_in: {
      const std::uint64_t word = facts.word(i.fact);
      return word == 0 ? Answer::unknown : answer_of((word & i.value) != 0);
    }
    case Shape::code_in: {
      const std::uint64_t word = facts.word(i.fact);
      return word == Dictionary::absent ? Answer::unknown : answer_of(holds_value(i, word));
    }
    case Shape::set_has_one:
      for (const std::uint32_t element : facts.set(i.fact)) {
        if (element == i.value) return Answer::yes;
      }
      return facts.set_misses(i.fact) ? Answer::unknown : Answer::no;
    case Shape::at_least:
      return Ordinal::is_number(facts.number(i.fact)) ? answer_of(facts.number(i.fact) >= static_cast<std::int64_t>(i.value)) : Answer::unknown;
    case Shape::at_most:
      return Ordinal::is_number(facts.number(i.fact)) ? answer_of(facts.number(i.fact) <= static_cast<std::int64_t>(i.value)) : Answer::unknown;
    case Shape::other:
      break;
  }
  return answer(i, facts, position, opaque);
}

inline bool Programs::holds_value(const Instruction& i, std::uint64_t value) const noexcept {
  constexpr std::size_t few_values = 8;  // up to here looking at each beats halving
  if (i.count == 1) return i.value == value;
  const std::uint64_t* begin = values_.data() + i.value;
  if (i.count <= few_values) return std::find(begin, begin + i.count, value) != begin + i.count;
  return std::binary_search(begin, begin + i.count, value);
}

inline Verdict Programs::run(std::uint32_t start, const Facts& facts, const Position& position, OpaqueParts& opaque) const {
  if (start == always) return Verdict::hit;
  const Instruction* const code = code_.data();
  bool unsure = false;
  auto at = static_cast<Target>(start);
  while (at >= 0) {
    const Instruction& i = code[at];
    const Answer got = usual(i, facts, position, opaque);
    unsure |= got == Answer::unknown;
    at = i.next[static_cast<std::size_t>(got)];
  }
  if (at == clear) return Verdict::clear;
  return unsure || at == ask ? Verdict::ask : Verdict::hit;
}

}  // namespace greenlane::criteria
