// From text to syntax tree (cel-spec, "Syntax" and "Macros").
#pragma once

#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/source.h"

namespace greenlane::cel {

struct ParseOptions {
  bool macros = true;
  std::size_t max_bytes = 64u << 10;   ///< of the source
  std::uint32_t max_depth = 250;       ///< of nested brackets, and of operators or fields in a row
  std::uint32_t max_height = 500;      ///< of the tree
  std::uint32_t max_nodes = 20'000;    ///< of the tree
};

/// The tree of `source`, or null with at least one issue.
ExprPtr parse(std::string_view source, std::vector<Issue>& issues, const ParseOptions& options = {});

}  // namespace greenlane::cel
