// A compiled expression: parsed, checked, costed; immutable and shared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "cel/ast.h"
#include "cel/environment.h"
#include "cel/evaluator.h"
#include "greenlane/result.h"

namespace greenlane::cel {

struct CompileOptions {
  TypeKind result = TypeKind::dyn;              ///< the type wanted, dyn = any
  std::uint64_t max_cost = 15'000'000;           ///< worst case in units (docs/criteria-language.md)
};

class Expression {
 public:
  /// Compiles `source` against `env`. The error is invalid_expression with line, column and the place
  /// marked; limit_exceeded where the worst-case cost is over the bound.
  static Result<Expression> compile(std::string_view source, const Environment& env, const CompileOptions& options = {});

  const Expr& root() const noexcept { return *root_; }
  const std::string& source() const noexcept { return source_; }
  const TypeRef& type() const noexcept { return type_; }
  std::uint64_t worst_case_cost() const noexcept { return cost_; }
  /// The author's words for a part.
  std::string_view text_of(const Expr& part) const noexcept;

  Evaluation evaluate(const Activation& activation, std::uint64_t budget = 0, TraceNode* trace = nullptr) const {
    return cel::evaluate(*root_, activation, budget, trace);
  }

 private:
  std::string source_;
  ExprPtr root_;
  TypeRef type_;
  std::uint64_t cost_ = 0;
  std::shared_ptr<const FunctionTable> functions_;
};

}  // namespace greenlane::cel
