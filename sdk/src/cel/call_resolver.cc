#include "cel/call_resolver.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace greenlane::cel {
namespace {

Form form_of(const Expr& call) {
  const std::string_view function = call.name;
  if (function == operators::logical_and) return Form::logical_and;
  if (function == operators::logical_or) return Form::logical_or;
  if (function == operators::not_strictly_false) return Form::not_strictly_false;
  if (function == operators::conditional) return Form::conditional;
  if (function == operators::equals) return Form::equals;
  if (function == operators::not_equals) return Form::not_equals;
  if (function == operators::optional_index) return Form::optional_index;
  if (call.member && call.args.size() == 2 && (function == "or" || function == "orValue")) return Form::optional_or;
  return Form::strict_call;
}

bool is_equality(std::string_view function) {
  return function == operators::equals || function == operators::not_equals;
}

/// Operators whose two sides have one type, so that a literal on one side is read as the other side's type.
bool is_symmetric(std::string_view function) {
  for (const char* op : {operators::equals, operators::not_equals, operators::less, operators::less_equals,
                         operators::greater, operators::greater_equals, operators::add, operators::subtract,
                         operators::multiply, operators::divide}) {
    if (function == op) return true;
  }
  return false;
}

/// "_<_" is shown as '<', a function by its name.
std::string shown(const std::string& function) {
  if (function == operators::in) return "'in'";
  if (function == operators::index) return "'[]'";
  if (function == operators::optional_index) return "'[?]'";
  std::string symbol = function;
  std::erase(symbol, '_');
  const bool is_operator = !symbol.empty() && function.find('_') != std::string::npos &&
                           symbol.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  return "'" + (is_operator ? symbol : function) + "'";
}

std::string signature(const std::vector<TypeRef>& params) {
  std::string out = "(";
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (i > 0) out += ", ";
    out += params[i]->is(TypeKind::param) ? "any" : params[i]->to_string();
  }
  return out + ")";
}

/// Dates have functions where other languages have signs.
std::string date_hint(const Expr& call, const std::vector<TypeRef>& args) {
  const bool dates = std::any_of(args.begin(), args.end(), [](const TypeRef& t) { return t->is(TypeKind::date); });
  if (!dates || args.size() != 2) return "";
  if (call.name == operators::add) return "; add days with date.plusDays(n), months with date.plusMonths(n)";
  if (call.name == operators::subtract) return "; the days from one date to another are a.daysUntil(b)";
  return "";
}

bool is_macro(std::string_view name) {
  for (const char* macro : {"all", "exists", "exists_one", "map", "filter"}) {
    if (name == macro) return true;
  }
  return false;
}

}  // namespace

TypeRef CallResolver::fail(const Expr& where, std::string message) {
  if (mode_ == CheckMode::strict) issues_.push_back({where.range, std::move(message)});
  return types::simple(TypeKind::error);
}

TypeRef CallResolver::resolve(Expr& call) {
  call.form = form_of(call);
  if (is_symmetric(call.name) || call.name == operators::in) adapt_operands(call);
  TypeRef type = choose(call);
  if (call.overloads.empty()) return type;
  prepare(call);
  fold_literal(call);
  return type;
}

TypeRef CallResolver::choose(Expr& call) {
  std::vector<const Overload*> candidates;
  bool known = false;
  if (const auto* named = env_.functions->find(call.name)) {
    for (const auto& overload : *named) {
      known = true;
      if (overload->params.size() == call.args.size() && overload->member == call.member) {
        candidates.push_back(overload.get());
      }
    }
  }
  if (!known && call.member && is_macro(call.name)) {
    return fail(call, "'" + call.name + "' takes a variable and what is asked of it, as in " + call.name + "(d, d.type == 'A')");
  }
  if (!known) {
    const std::string hint = text::did_you_mean(call.name, env_.functions->names());
    return fail(call, "there is no function '" + call.name + "'" + hint);
  }
  if (mode_ == CheckMode::lenient) {
    call.overloads = std::move(candidates);
    return types::dyn();
  }
  if (env_.null_comparable && is_equality(call.name) &&
      (call.args[0]->type->is(TypeKind::null) || call.args[1]->type->is(TypeKind::null))) {
    call.overloads = {candidates.front()};
    return types::simple(TypeKind::boolean);
  }
  return choose_strict(call, candidates);
}

TypeRef CallResolver::choose_strict(Expr& call, const std::vector<const Overload*>& candidates) {
  if (TypeRef result = match(call, candidates)) return result;
  for (const Overload* candidate : candidates) {
    if (!adapt_arguments(call, *candidate)) continue;
    if (TypeRef result = match(call, candidates)) return result;
  }
  return no_overload(call, candidates);
}

/// The overloads that take the arguments as they are; null if none does.
TypeRef CallResolver::match(Expr& call, const std::vector<const Overload*>& candidates) {
  std::vector<TypeRef> args;
  for (const ExprPtr& arg : call.args) args.push_back(arg->type);
  const bool dynamic = std::any_of(args.begin(), args.end(), [this](const TypeRef& t) { return unifier_.substitute(t)->is(TypeKind::dyn); });
  TypeRef result;
  for (const Overload* candidate : candidates) {
    if (candidate->dynamic_only && !dynamic) continue;
    std::vector<TypeRef> declared = candidate->params;
    declared.push_back(candidate->result);
    std::vector<TypeRef> params = unifier_.fresh(declared);
    const TypeRef candidate_result = params.back();
    params.pop_back();
    if (!unifier_.assignable_all(params, args)) continue;
    call.overloads.push_back(candidate);
    const TypeRef type = unifier_.substitute(candidate_result);
    if (!result) {
      result = type;
    } else if (!(*result == *type)) {
      result = types::dyn();
    }
  }
  return result;
}

TypeRef CallResolver::not_a_condition(const Expr& call) {
  for (const ExprPtr& arg : call.args) {
    const TypeRef type = unifier_.substitute(arg->type);
    if (!type->is(TypeKind::boolean) && !type->is(TypeKind::dyn)) {
      return fail(*arg, "expected a condition (bool), found " + type->to_string());
    }
  }
  return types::simple(TypeKind::error);
}

TypeRef CallResolver::no_overload(const Expr& call, const std::vector<const Overload*>& candidates) {
  if (call.form == Form::logical_and || call.form == Form::logical_or || call.name == operators::logical_not) {
    return not_a_condition(call);
  }
  if (call.form == Form::conditional && !unifier_.substitute(call.args[0]->type)->is(TypeKind::boolean)) {
    return fail(*call.args[0], "expected a condition (bool) before '?', found " + call.args[0]->type->to_string());
  }
  std::vector<TypeRef> args;
  for (const ExprPtr& arg : call.args) args.push_back(unifier_.substitute(arg->type, true));
  if (is_equality(call.name)) {
    return fail(call, "both sides of " + shown(call.name) + " need the same type, found " + args[0]->to_string() + " and " + args[1]->to_string());
  }
  std::string message = shown(call.name) + " does not take " + signature(args) + date_hint(call, args);
  std::size_t listed = 0;
  for (const Overload* candidate : candidates) {
    if (listed == 4) break;
    message += listed++ == 0 ? "; it takes " : " or ";
    message += signature(candidate->params);
  }
  if (candidates.empty()) {
    message = shown(call.name) + (call.member ? " cannot be called on a value with " : " cannot be called with ") +
              std::to_string(call.args.size() - (call.member ? 1 : 0)) + " argument(s)";
  }
  return fail(call, std::move(message));
}

/// Reads a literal operand, or the literals of a list after 'in', as the type of the other side.
void CallResolver::adapt_operands(Expr& call) {
  if (call.args.size() != 2) return;
  Expr& left = *call.args[0];
  Expr& right = *call.args[1];
  const TypeRef left_type = unifier_.substitute(left.type);
  const TypeRef right_type = unifier_.substitute(right.type);
  if (call.name != operators::in) {
    convert_literal(right, left_type);
    convert_literal(left, right_type);
    return;
  }
  if (right.kind == ExprKind::list && !right.args.empty()) {
    bool all = true;
    for (const ExprPtr& element : right.args) all = convert_literal(*element, left_type) && all;
    if (all) right.type = types::list(left_type);
  } else if (right_type->is(TypeKind::list)) {
    convert_literal(left, right_type->params()[0]);
  }
}

/// Reads literal arguments as the types that `candidate` wants, if with that it takes them all.
bool CallResolver::adapt_arguments(Expr& call, const Overload& candidate) {
  const std::vector<TypeRef> params = unifier_.fresh(candidate.params);
  const std::size_t before = unifier_.mark();
  bool takes_all = true;
  // What a type parameter stands for is known from the arguments before: a decimal in x.?amount.orValue(0).
  std::vector<TypeRef> wanted;
  for (std::size_t i = 0; i < params.size() && takes_all; ++i) {
    wanted.push_back(unifier_.substitute(params[i]));
    takes_all = unifier_.assignable(params[i], call.args[i]->type) || rule_for(*call.args[i], wanted[i]) != nullptr;
  }
  unifier_.undo(before);
  if (!takes_all) return false;
  for (std::size_t i = 0; i < params.size(); ++i) convert_literal(*call.args[i], wanted[i]);
  return true;
}

const LiteralRule* CallResolver::rule_for(const Expr& literal, const TypeRef& to) const {
  if (literal.kind != ExprKind::constant) return nullptr;
  for (const LiteralRule& rule : env_.functions->literal_rules()) {
    if (*rule.to == *to && rule.from == literal.type->kind()) return &rule;
  }
  return nullptr;
}

bool CallResolver::convert_literal(Expr& literal, const TypeRef& to) {
  if (*literal.type == *to) return true;
  const LiteralRule* rule = rule_for(literal, to);
  if (rule == nullptr) return false;
  Value converted = rule->convert(literal);
  if (const auto* error = converted.get_if<ErrorValue>()) {
    fail(literal, *error->message);
  } else {
    literal.constant = std::move(converted);
  }
  literal.type = to;
  return true;
}

void CallResolver::prepare(Expr& call) {
  const Overload& overload = *call.overloads.front();
  if (overload.prepare == nullptr) return;
  std::vector<const Value*> constants;
  for (const ExprPtr& arg : call.args) {
    constants.push_back(arg->kind == ExprKind::constant ? &arg->constant : nullptr);
  }
  std::string problem;
  call.prepared = overload.prepare(constants, problem);
  if (!problem.empty()) fail(call, std::move(problem));
}

/// date("2025-06-29") is computed here, and refused here if there is no such day.
void CallResolver::fold_literal(Expr& call) {
  const Overload& overload = *call.overloads.front();
  if (!overload.literal || call.overloads.size() != 1) return;
  std::vector<Value> args;
  for (const ExprPtr& arg : call.args) {
    if (arg->kind != ExprKind::constant) return;
    args.push_back(arg->constant);
  }
  Value value = overload.run(CallContext{.call = call}, args.data());
  if (const auto* error = value.get_if<ErrorValue>()) {
    fail(call, *error->message);
    return;
  }
  call.kind = ExprKind::constant;
  call.constant = std::move(value);
  call.args.clear();
  call.overloads.clear();
}

}  // namespace greenlane::cel
