#include "criteria/program.h"

#include <algorithm>

namespace greenlane::criteria {
namespace {

/// Tests of facts before the evaluator's parts; a conjunction or disjunction comes to the same in any order.
int effort(const Condition& condition) noexcept {
  if (condition.kind == Condition::Kind::atom) return condition.atom.test == Test::opaque ? 2 : 0;
  int most = 1;
  for (const Condition& child : condition.children) most = std::max(most, effort(child));
  return most;
}

std::vector<const Condition*> by_effort(const std::vector<const Condition*>& parts) {
  std::vector<const Condition*> sorted = parts;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Condition* a, const Condition* b) { return effort(*a) < effort(*b); });
  return sorted;
}

std::vector<const Condition*> children_of(const Condition& condition) {
  std::vector<const Condition*> children;
  for (const Condition& child : condition.children) children.push_back(&child);
  return children;
}

}  // namespace

std::uint32_t Programs::add(const std::vector<const Condition*>& conjuncts) {
  if (conjuncts.empty()) return always;
  const std::size_t start = code_.size();
  labels_.clear();
  emit_all(conjuncts, true, hit, clear, false);
  for (std::size_t i = start; i < code_.size(); ++i) {
    for (Target& next : code_[i].next) {
      if (next <= first_label) next = labels_[static_cast<std::size_t>(first_label - next)];
    }
  }
  return static_cast<std::uint32_t>(start);
}

void Programs::emit_all(const std::vector<const Condition*>& parts, bool all, Target on_true, Target on_false, bool strict) {
  const auto sorted = by_effort(parts);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i + 1 == sorted.size()) {
      emit(*sorted[i], on_true, on_false, strict);
      break;
    }
    const Target next = new_label();
    labels_.push_back(0);
    emit(*sorted[i], all ? next : on_true, all ? on_false : next, strict);
    bind(next);
  }
}

/// `strict`: where something cannot be told, nothing is assumed, as in the condition of a choice.
void Programs::emit(const Condition& condition, Target on_true, Target on_false, bool strict) {
  switch (condition.kind) {
    case Condition::Kind::all:
    case Condition::Kind::any:
      emit_all(children_of(condition), condition.kind == Condition::Kind::all, on_true, on_false, strict);
      return;
    case Condition::Kind::choice: {
      const Target then = new_label();
      labels_.push_back(0);
      const Target otherwise = new_label();
      labels_.push_back(0);
      emit(condition.children[0], then, otherwise, true);
      bind(then);
      emit(condition.children[1], on_true, on_false, strict);
      bind(otherwise);
      emit(condition.children[2], on_true, on_false, strict);
      return;
    }
    case Condition::Kind::atom:
      emit_atom(condition, on_true, on_false, strict);
      return;
  }
}

Programs::Shape Programs::shape_of(const Instruction& i) noexcept {
  if (i.column >= 0) return Shape::other;
  if (i.test == Test::code_among) return i.count == 1 ? Shape::code_is : Shape::code_in;
  if (i.test == Test::set_has && i.count == 1) return Shape::set_has_one;
  if (i.test == Test::number_at_least) return Shape::at_least;
  return i.test == Test::number_at_most ? Shape::at_most : Shape::other;
}

void Programs::emit_atom(const Condition& leaf, Target on_true, Target on_false, bool strict) {
  const Atom& atom = leaf.atom;
  Instruction made{};
  made.test = atom.test;
  made.strictly = atom.strictly;
  made.column = static_cast<std::int16_t>(atom.column);
  made.fact = atom.fact;
  made.count = static_cast<std::uint16_t>(atom.values.size());
  if (atom.test == Test::opaque) {
    made.value = reinterpret_cast<std::uintptr_t>(atom.expr);
  } else if (atom.values.empty()) {
    made.value = atom.other_fact;
  } else if (atom.values.size() == 1) {
    made.value = atom.values[0];
  } else {
    made.value = values_.size();
    values_.insert(values_.end(), atom.values.begin(), atom.values.end());
  }
  const Target yes = leaf.negated ? on_false : on_true;
  const Target no = leaf.negated ? on_true : on_false;
  // What cannot be told is taken for what would let the criterion hit; only what is clear even then is clear.
  made.next = {no, yes, strict ? ask : on_true};
  made.shape = shape_of(made);
  if (atom.bits != 0) {
    made.shape = Shape::bits_in;
    made.fact = atom.other_fact;
    made.value = atom.bits;
  }
  code_.push_back(made);
}

Programs::Answer Programs::answer(const Instruction& i, const Facts& facts, const Position& position, OpaqueParts& opaque) const {
  switch (i.test) {
    case Test::code_among:
    case Test::prefix_among:
    case Test::set_has:
    case Test::on_list:
      return among(i, facts, position);
    case Test::number_is:
    case Test::number_at_least:
    case Test::number_at_most:
      return compare(i, facts, i.column < 0 ? i.value : position.columns->cell(i.column, position.row));
    case Test::same_code:
    case Test::number_same:
    case Test::number_below:
    case Test::number_not_above:
      return compare_facts(i, facts);
    case Test::holds:
      if (facts.word(i.fact) == Dictionary::yes) return Answer::yes;
      return facts.word(i.fact) == Dictionary::no ? Answer::no : Answer::unknown;
    case Test::present:
      return answer_of(facts.word(i.fact) == Dictionary::other);
    case Test::opaque:
      break;
  }
  return opaque.evaluate(*reinterpret_cast<const cel::Expr*>(static_cast<std::uintptr_t>(i.value)), position);
}

Programs::Answer Programs::among(const Instruction& i, const Facts& facts, const Position& position) const noexcept {
  const bool is_set = i.test == Test::set_has || i.test == Test::on_list;
  const std::uint64_t cell = i.column < 0 ? 0 : position.columns->cell(i.column, position.row);
  if (is_set) {
    for (const std::uint32_t element : facts.set(i.fact)) {
      if (i.column < 0 ? holds_value(i, element) : cell == element) return Answer::yes;
    }
    return facts.set_misses(i.fact) ? Answer::unknown : Answer::no;
  }
  const std::uint64_t word = facts.word(i.fact);
  if (word == Dictionary::absent) return Answer::unknown;
  if (i.test == Test::code_among) return answer_of(i.column < 0 ? holds_value(i, word) : cell == word);
  const auto begins = [&](std::uint64_t prefix) {
    return prefix != 0 && facts.word(i.fact + static_cast<std::uint32_t>(prefix >> 56)) == (prefix & digits_mask);
  };
  if (i.column >= 0) return answer_of(begins(cell));
  if (i.count == 1) return answer_of(begins(i.value));
  const std::uint64_t* values = &values_[i.value];
  return answer_of(std::any_of(values, values + i.count, begins));
}

Programs::Answer Programs::compare(const Instruction& i, const Facts& facts, std::uint64_t value) noexcept {
  const std::int64_t fact = facts.number(i.fact);
  const auto bound = static_cast<std::int64_t>(value);
  if (fact == Ordinal::absent) return Answer::unknown;
  if (i.test == Test::number_is) return answer_of(fact == bound);
  // Ordering what is declared as none is an error.
  if (!Ordinal::is_number(fact) || !Ordinal::is_number(bound)) return Answer::unknown;
  if (i.test == Test::number_at_least) return answer_of(i.strictly ? fact > bound : fact >= bound);
  return answer_of(i.strictly ? fact < bound : fact <= bound);
}

Programs::Answer Programs::compare_facts(const Instruction& i, const Facts& facts) noexcept {
  if (i.test == Test::same_code) {
    const std::uint64_t a = facts.word(i.fact);
    const std::uint64_t b = facts.word(static_cast<std::uint32_t>(i.value));
    return a == Dictionary::absent || b == Dictionary::absent ? Answer::unknown : answer_of(a == b);
  }
  const std::int64_t a = facts.number(i.fact);
  const std::int64_t b = facts.number(static_cast<std::uint32_t>(i.value));
  if (a == Ordinal::absent || b == Ordinal::absent) return Answer::unknown;
  if (i.test == Test::number_same && (!Ordinal::is_number(a) || !Ordinal::is_number(b))) return answer_of(a == b);
  if (!Ordinal::is_number(a) || !Ordinal::is_number(b) || (a == b && Ordinal::is_inexact(a))) return Answer::unknown;
  if (i.test == Test::number_same) return answer_of(a == b);
  return answer_of(i.test == Test::number_below ? a < b : a <= b);
}

}  // namespace greenlane::criteria
