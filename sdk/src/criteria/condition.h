// A checked condition as tests of facts joined by and, or and not, with what does not fit left to the evaluator.
#pragma once

#include <cstdint>
#include <vector>

#include "cel/ast.h"

namespace greenlane::criteria {

/// A question about facts. Each answers yes, no, or that it cannot tell, because the fact is missing or
/// the evaluator would report an error.
enum class Test : std::uint8_t {
  code_among,        ///< the code is one of the values
  prefix_among,      ///< the commodity code begins with one of the values (prefix_key)
  number_is,         ///< equal to the value
  number_at_least,   ///< >=
  number_at_most,    ///< <=
  same_code,         ///< the code of another fact
  number_same,       ///< as the other fact
  number_below,      ///< < the other fact
  number_not_above,  ///< <= the other fact
  holds,             ///< a boolean that is true
  present,           ///< declared and not none
  set_has,           ///< an element has one of the values
  on_list,           ///< on one of the lists with the numbers in the values
  opaque,            ///< the evaluator's part
};

/// A test and what it compares with: constants, a column of the table's row, or another fact.
struct Atom {
  Atom() = default;
  explicit Atom(Test asked) : test(asked) {}

  Test test = Test::opaque;
  std::uint32_t fact = 0;                 ///< word of the fact
  std::uint32_t other_fact = 0;
  bool strictly = false;                  ///< of a bound that is a column: > or < rather than >= or <=
  std::vector<std::uint64_t> values;      ///< sorted, unique
  std::uint64_t bits = 0;                 ///< of the values in the fact `other_fact`, where they have some
  std::int32_t column = -1;               ///< of RowColumns, in place of values; -1 = none
  const cel::Expr* expr = nullptr;        ///< what it stands for
  double share = 1;                       ///< of documents for which it is expected to hold, where it has values
};

/// In negation normal form: only leaves are negated.
struct Condition {
  enum class Kind : std::uint8_t { all, any, choice, atom };
  Kind kind = Kind::atom;
  bool negated = false;              ///< of an atom
  Atom atom;
  std::vector<Condition> children;   ///< of a choice: condition, then, else
};

}  // namespace greenlane::criteria
