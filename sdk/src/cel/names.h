// How names are looked up (cel-spec, "Name Resolution").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/type.h"

namespace greenlane::cel {

/// What `name` may stand for in `container`, innermost first: "a.b.x", "a.x", "x"; only "x" for ".x".
std::vector<std::string> candidate_names(std::string_view container, std::string_view name);

/// "a.b.c" for such a chain of fields; "" for anything else.
std::string dotted_name(const Expr& e);

/// The type that is called `name` in an expression, such as int or google.protobuf.Timestamp, or null.
TypeRef named_type(std::string_view name);

}  // namespace greenlane::cel
