// Static checking: names, fields and types, before anything is evaluated.
#pragma once

#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/environment.h"
#include "cel/source.h"

namespace greenlane::cel {

enum class CheckMode : unsigned char {
  strict,  ///< a mistake is an issue
  lenient  ///< names are bound, types are left to the evaluation (cel-spec: unchecked expressions)
};

/// Checks `root` against `env` and fills in types, bindings and overloads. Returns the expression's type.
TypeRef check(Expr& root, const Environment& env, std::vector<Issue>& issues, CheckMode mode = CheckMode::strict);

}  // namespace greenlane::cel
