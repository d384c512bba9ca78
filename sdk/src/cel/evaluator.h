// Evaluation of checked expressions with three outcomes: a value, an error, undetermined.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cel/ast.h"
#include "cel/value.h"

namespace greenlane::cel {

/// The values of an environment's variables, and what the host's functions look up.
struct Activation {
  std::span<const Value> variables;
  const void* host = nullptr;
  /// Whether a choice (?:) that cannot be made names what is missing on both ways, not for the choice only.
  bool both_ways = false;
};

/// What one part of an expression came to. Parts that a macro made are left out; the turns of a
/// quantifier are nodes without an expression whose label says which element it was.
struct TraceNode {
  const Expr* expr = nullptr;
  std::string label;
  Value value;
  std::vector<TraceNode> children;
};

struct Evaluation {
  Value value;
  std::uint64_t cost = 0;    ///< units spent
  bool over_budget = false;  ///< stopped; `value` is an error
};

/// Evaluates `root`, which must have been checked. `budget` bounds the cost in units, 0 = none. With a
/// `trace` every part is evaluated, also where another part decides already, and recorded in it. Pure;
/// one expression may be evaluated by many threads at once.
Evaluation evaluate(const Expr& root, const Activation& activation, std::uint64_t budget = 0, TraceNode* trace = nullptr);

}  // namespace greenlane::cel
