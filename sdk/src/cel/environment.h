// What an expression may refer to.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/function.h"
#include "cel/type.h"

namespace greenlane::cel {

struct Variable {
  std::string name;  ///< may be qualified: "a.b"
  TypeRef type;
  std::optional<Value> constant = std::nullopt;  ///< a value known when the expression is compiled, such as a list
};

/// Variables and functions of an expression. The index of a variable is its slot in the Activation.
struct Environment {
  std::shared_ptr<const FunctionTable> functions;
  std::vector<Variable> variables;
  std::string container;        ///< names are looked for in it and in what encloses it
  bool null_comparable = false; ///< `x == null` checks for every type, as the fields of documents may be null

  std::optional<std::size_t> variable(std::string_view name) const noexcept;
};

}  // namespace greenlane::cel
