// A condition decided by walking its tree from the left, with nothing prepared and nothing remembered.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cel/ast.h"
#include "criteria/pack_model.h"
#include "greenlane/date.h"
#include "tests/differential/naive_value.h"

namespace greenlane::test::naive {

using Variables = std::vector<std::pair<std::string, Value>>;  ///< the innermost last

struct Setting {
  const criteria::PackSource& pack;
  Date as_of;
  std::set<std::string>* found_in = nullptr;  ///< gets the lists in which something was found
};

/// The value of a tree that was parsed, not checked. Throws std::logic_error for what random packs do not
/// hold.
Value evaluate(const cel::Expr& tree, const Variables& variables, const Setting& setting);

/// Whether a row of a table is in force on `day`.
bool in_force(const criteria::ListSource& table, std::size_t row, Date day);

}  // namespace greenlane::test::naive
