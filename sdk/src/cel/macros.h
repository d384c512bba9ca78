// The macros of the language: has, all, exists, exists_one, map, filter, their two-variable forms, cel.bind.
#pragma once

#include <string>
#include <vector>

#include "cel/ast.h"
#include "cel/node_builder.h"
#include "cel/source.h"

namespace greenlane::cel {

/// Replaces `call` by what its macro stands for; returns it unchanged where it is none.
ExprPtr expand_macro(ExprPtr call, NodeBuilder& make, std::vector<Issue>& issues);

}  // namespace greenlane::cel
