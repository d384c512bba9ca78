// Conditions as flat branching programs over facts.
#pragma once

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
  using Target = std::int32_t;  ///< an instruction, or below
  static constexpr Target hit = -1, clear = -2, ask = -3, first_label = -4;

  struct Instruction {
    Test test;
    bool strictly;             ///< of a bound that is a column
    std::int16_t column;       ///< -1: the values are constants
    std::uint32_t fact;
    std::uint32_t other_fact;  ///< or the place of the values
    std::uint32_t count;       ///< of values
    std::array<Target, 3> next;  ///< by OpaqueParts::Answer
    std::uint64_t value;       ///< the one value, or the part of the evaluator
  };

  void emit(const Condition& condition, Target on_true, Target on_false, bool strict);
  void emit_all(const std::vector<const Condition*>& parts, bool all, Target on_true, Target on_false, bool strict);
  void emit_atom(const Condition& leaf, Target on_true, Target on_false, bool strict);
  Target new_label() { return first_label - static_cast<Target>(labels_.size()); }
  void bind(Target label) { labels_[static_cast<std::size_t>(first_label - label)] = static_cast<Target>(code_.size()); }

  OpaqueParts::Answer answer(const Instruction& i, const Facts& facts, const Position& position, OpaqueParts& opaque) const;
  OpaqueParts::Answer compare(const Instruction& i, const Facts& facts, std::uint64_t value) const noexcept;
  OpaqueParts::Answer compare_facts(const Instruction& i, const Facts& facts) const noexcept;
  OpaqueParts::Answer among(const Instruction& i, const Facts& facts, const Position& position) const noexcept;
  bool holds_value(const Instruction& i, std::uint64_t value) const noexcept;

  std::vector<Instruction> code_;
  std::vector<std::uint64_t> values_;
  std::vector<Target> labels_;  ///< while a program is being added
};

}  // namespace greenlane::criteria
