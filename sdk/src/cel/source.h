// Positions in the text of an expression, and what went wrong there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "greenlane/result.h"

namespace greenlane::cel {

/// One mistake in an expression.
struct Issue {
  Range range;
  std::string message;
};

struct Position {
  std::size_t line = 1;    ///< 1-based
  std::size_t column = 1;  ///< 1-based, in code points
};
Position position_at(std::string_view source, std::uint32_t offset) noexcept;

/// All `issues` as one Error (invalid_expression) at the place of the first: its message has, for each
/// issue, line and column, the line of the source and a caret under the place.
Error to_error(std::string_view source, const std::vector<Issue>& issues);

}  // namespace greenlane::cel
