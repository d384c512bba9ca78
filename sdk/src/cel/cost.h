// Worst-case cost of an expression, from the bounds of the lists it goes through.
#pragma once

#include <cstdint>

#include "cel/ast.h"

namespace greenlane::cel {

/// Units that one evaluation of a checked expression may cost at most: one for each part evaluated, more for
/// functions whose work grows with their arguments. Lists count with the bound that their field
/// declares, others with 1,000 elements; texts with 1,000 characters. Saturates.
std::uint64_t worst_case_cost(const Expr& root);

}  // namespace greenlane::cel
