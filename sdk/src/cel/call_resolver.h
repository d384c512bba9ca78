// Which overloads of a function a call may mean.
#pragma once

#include <vector>

#include "cel/ast.h"
#include "cel/checker.h"
#include "cel/environment.h"
#include "cel/source.h"
#include "cel/type_unifier.h"

namespace greenlane::cel {

class CallResolver {
 public:
  CallResolver(const Environment& env, TypeUnifier& unifier, std::vector<Issue>& issues, CheckMode mode)
      : env_(env), unifier_(unifier), issues_(issues), mode_(mode) {}

  /// Chooses the overloads of a call whose arguments are checked, reads literals as the types they stand
  /// next to, and computes what is constant. Returns the type of the call.
  TypeRef resolve(Expr& call);

 private:
  TypeRef choose(Expr& call);
  TypeRef choose_strict(Expr& call, const std::vector<const Overload*>& candidates);
  void adapt_operands(Expr& call);
  TypeRef match(Expr& call, const std::vector<const Overload*>& candidates);
  bool adapt_arguments(Expr& call, const Overload& candidate);
  const LiteralRule* rule_for(const Expr& literal, const TypeRef& to) const;
  bool convert_literal(Expr& literal, const TypeRef& to);
  void prepare(Expr& call);
  void fold_literal(Expr& call);
  TypeRef fail(const Expr& where, std::string message);
  TypeRef no_overload(const Expr& call, const std::vector<const Overload*>& candidates);
  TypeRef not_a_condition(const Expr& call);

  const Environment& env_;
  TypeUnifier& unifier_;
  std::vector<Issue>& issues_;
  CheckMode mode_;
};

}  // namespace greenlane::cel
