#include "cel/expression.h"

#include <algorithm>

#include "cel/checker.h"
#include "cel/cost.h"
#include "cel/parser.h"

namespace greenlane::cel {

Result<Expression> Expression::compile(std::string_view source, const Environment& env, const CompileOptions& options) {
  std::vector<Issue> issues;
  Expression made;
  made.source_ = source;
  made.functions_ = env.functions;
  made.root_ = parse(source, issues);
  if (!made.root_) return to_error(source, issues);
  made.type_ = check(*made.root_, env, issues);
  if (!issues.empty()) return to_error(source, issues);
  const bool any = options.result == TypeKind::dyn || made.type_->is(TypeKind::dyn);
  if (!any && !made.type_->is(options.result)) {
    issues.push_back({made.root_->range, "the whole expression should be a " + types::simple(options.result)->name() +
                                             ", but it is a " + made.type_->to_string()});
    return to_error(source, issues);
  }
  made.cost_ = cel::worst_case_cost(*made.root_);
  if (made.cost_ > options.max_cost) {
    Error error{.code = ErrorCode::limit_exceeded, .message = {}, .source = {}, .pointer = {}};
    error.message = "the expression may cost " + std::to_string(made.cost_) + " units, more than the bound of " +
                    std::to_string(options.max_cost) + "; nest fewer quantifiers or go through shorter lists";
    return error;
  }
  return made;
}

std::string_view Expression::text_of(const Expr& part) const noexcept {
  const std::string_view all = source_;
  const std::size_t begin = std::min<std::size_t>(part.range.begin, all.size());
  const std::size_t end = std::min<std::size_t>(std::max(part.range.begin, part.range.end), all.size());
  return all.substr(begin, end - begin);
}

}  // namespace greenlane::cel
