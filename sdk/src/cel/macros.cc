#include "cel/macros.h"

#include <algorithm>
#include <utility>

namespace greenlane::cel {
namespace {

constexpr const char* accumulator = "@result";

/// What a quantifier or transformation folds: start, condition, step and result over the accumulator.
struct Fold {
  ExprPtr start, condition, step, result;
};

class MacroExpander {
 public:
  MacroExpander(ExprPtr call, NodeBuilder& make, std::vector<Issue>& issues)
      : call_(std::move(call)), make_(make), issues_(issues) {}

  ExprPtr run() {
    make_.at(call_->range, true);
    if (!call_->member) return call_->name == "has" && call_->args.size() == 1 ? has() : std::move(call_);
    const std::string& name = call_->name;
    const std::size_t count = call_->args.size() - 1;
    if (name == "bind" && count == 3 && is_ident(*call_->args[0], "cel")) return bind();
    if ((name == "optMap" || name == "optFlatMap") && count == 2) return optional_map(name == "optMap");
    if ((name == "greatest" || name == "least") && count > 2 && is_ident(*call_->args[0], "math")) return pairwise();
    const bool one_variable = count == 2 || (name == "map" && count == 3);
    if (one_variable && is_one_variable_macro(name)) return comprehension(1);
    if ((count == 3 || (count == 4 && name.starts_with("transform"))) && is_two_variable_macro(name)) {
      return comprehension(2);
    }
    return std::move(call_);
  }

 private:
  static bool is_ident(const Expr& e, std::string_view name) { return e.kind == ExprKind::ident && e.name == name; }
  static bool is_one_variable_macro(std::string_view name) {
    return name == "all" || name == "exists" || name == "exists_one" || name == "existsOne" || name == "map" ||
           name == "filter";
  }
  static bool is_two_variable_macro(std::string_view name) {
    return name == "all" || name == "exists" || name == "exists_one" || name == "existsOne" ||
           name == "transformList" || name == "transformMap" || name == "transformMapEntry";
  }

  ExprPtr accu() { return make_.ident(accumulator); }

  ExprPtr fail(const Expr& where, std::string message) {
    issues_.push_back({where.range, std::move(message)});
    return std::move(call_);
  }

  ExprPtr has() {
    if (call_->args[0]->kind != ExprKind::select) {
      return fail(*call_->args[0], "has() takes a field, as in has(item.origin.region_id)");
    }
    ExprPtr select = std::move(call_->args[0]);
    select->test_only = true;
    select->range = call_->range;
    return select;
  }

  ExprPtr variable_problem() {
    const std::size_t variables = call_->args.size();
    for (std::size_t i = 1; i < variables; ++i) {
      if (i > variable_count_) break;
      const Expr& variable = *call_->args[i];
      if (variable.kind != ExprKind::ident) return fail(variable, "the first argument names the variable, as in exists(i, i > 0)");
      if (variable.name == accumulator) return fail(variable, "this name is kept for the language");
    }
    if (variable_count_ == 2 && call_->args[1]->name == call_->args[2]->name) {
      return fail(*call_->args[2], "the two variables need different names");
    }
    return nullptr;
  }

  ExprPtr comprehension(std::size_t variables) {
    variable_count_ = variables;
    if (ExprPtr problem = variable_problem()) return problem;
    ExprPtr made = make_.node(ExprKind::comprehension, call_->name);
    made->synthetic = false;
    made->iter_var = call_->args[1]->name;
    if (variables == 2) made->iter_var2 = call_->args[2]->name;
    made->accu_var = accumulator;
    Fold fold = fold_of(call_->name);
    make_.attach(*made, std::move(call_->args[0]));
    make_.attach(*made, std::move(fold.start));
    make_.attach(*made, std::move(fold.condition));
    make_.attach(*made, std::move(fold.step));
    make_.attach(*made, std::move(fold.result));
    return made;
  }

  ExprPtr last() { return std::move(call_->args.back()); }
  ExprPtr truth(bool value) { return make_.constant(Value(value)); }
  ExprPtr number(std::int64_t value) { return make_.constant(Value(value)); }

  Fold fold_of(const std::string& name) {
    namespace op = operators;
    if (name == "all") {
      return {truth(true), make_.call(op::not_strictly_false, accu()), make_.call(op::logical_and, accu(), last()), accu()};
    }
    if (name == "exists") {
      return {truth(false), make_.call(op::not_strictly_false, make_.call(op::logical_not, accu())),
              make_.call(op::logical_or, accu(), last()), accu()};
    }
    if (name == "exists_one" || name == "existsOne") {
      ExprPtr step = make_.call(op::conditional, last(), make_.call(op::add, accu(), number(1)), accu());
      return {number(0), truth(true), std::move(step), make_.call(op::equals, accu(), number(1))};
    }
    return name.starts_with("transformMap") ? map_fold(name) : list_fold(name);
  }

  /// map(v, f), map(v, p, f), filter(v, p), transformList(k, v, f), transformList(k, v, p, f)
  Fold list_fold(const std::string& name) {
    const bool is_filter = name == "filter";
    const bool has_predicate = is_filter || call_->args.size() == variable_count_ + 3;
    ExprPtr predicate = has_predicate ? std::move(call_->args[variable_count_ + 1]) : nullptr;
    ExprPtr one = make_.node(ExprKind::list);
    make_.attach(*one, is_filter ? make_.ident(call_->args[1]->name) : last());
    ExprPtr step = make_.call(operators::add, accu(), std::move(one));
    return {make_.node(ExprKind::list), truth(true), guarded(std::move(predicate), std::move(step)), accu()};
  }

  Fold map_fold(const std::string& name) {
    const bool has_predicate = call_->args.size() == variable_count_ + 3;
    ExprPtr predicate = has_predicate ? std::move(call_->args[variable_count_ + 1]) : nullptr;
    ExprPtr step = name == "transformMapEntry"
                       ? make_.call("cel.@mapInsert", accu(), last())
                       : make_.call("cel.@mapInsert", accu(), make_.ident(call_->args[1]->name), last());
    return {make_.node(ExprKind::map), truth(true), guarded(std::move(predicate), std::move(step)), accu()};
  }

  ExprPtr guarded(ExprPtr predicate, ExprPtr step) {
    if (!predicate) return step;
    return make_.call(operators::conditional, std::move(predicate), std::move(step), accu());
  }

  /// A fold over nothing, whose accumulator is the variable and whose result is the body.
  ExprPtr let(std::string variable, ExprPtr value, ExprPtr body) {
    ExprPtr made = make_.node(ExprKind::comprehension, call_->name);
    made->synthetic = false;
    made->iter_var = "#unused";
    made->accu_var = variable;
    make_.attach(*made, make_.node(ExprKind::list));
    make_.attach(*made, std::move(value));
    make_.attach(*made, truth(false));
    make_.attach(*made, make_.ident(std::move(variable)));
    make_.attach(*made, std::move(body));
    return made;
  }

  ExprPtr bind() {
    if (call_->args[1]->kind != ExprKind::ident) return fail(*call_->args[1], "cel.bind(name, value, expression) needs a name first");
    std::string variable = call_->args[1]->name;
    return let(std::move(variable), std::move(call_->args[2]), std::move(call_->args[3]));
  }

  /// math.greatest(a, b, c) is math.greatest(math.greatest(a, b), c).
  ExprPtr pairwise() {
    ExprPtr made = std::move(call_->args[1]);
    for (std::size_t i = 2; i < call_->args.size(); ++i) {
      made = make_.call(call_->name, make_.ident("math"), std::move(made), std::move(call_->args[i]));
      made->member = true;
    }
    made->synthetic = false;
    return made;
  }

  ExprPtr method(std::string name, ExprPtr target) {
    ExprPtr made = make_.call(std::move(name), std::move(target));
    made->member = true;
    return made;
  }

  /// target.optMap(v, f): target.hasValue() ? optional.of(f with v = target.value()) : optional.none()
  ExprPtr optional_map(bool wraps) {
    if (call_->args[1]->kind != ExprKind::ident) return fail(*call_->args[1], "the first argument names the variable");
    constexpr const char* target = "@target";
    ExprPtr body = let(call_->args[1]->name, method("value", make_.ident(target)), std::move(call_->args[2]));
    if (wraps) body = make_.call("optional.of", std::move(body));
    ExprPtr choice = make_.call(operators::conditional, method("hasValue", make_.ident(target)), std::move(body),
                                make_.call("optional.none"));
    return let(target, std::move(call_->args[0]), std::move(choice));
  }

  ExprPtr call_;
  NodeBuilder& make_;
  std::vector<Issue>& issues_;
  std::size_t variable_count_ = 1;
};

}  // namespace

ExprPtr NodeBuilder::node(ExprKind kind, std::string name) {
  ++nodes_;
  auto made = std::make_unique<Expr>();
  made->kind = kind;
  made->range = range_;
  made->synthetic = synthetic_;
  made->name = std::move(name);
  return made;
}

void NodeBuilder::attach(Expr& parent, ExprPtr child) {
  parent.height = std::max(parent.height, child->height + 1);
  tallest_ = std::max(tallest_, parent.height);
  parent.args.push_back(std::move(child));
}

ExprPtr NodeBuilder::constant(Value value, std::string text) {
  ExprPtr made = node(ExprKind::constant, std::move(text));
  made->constant = std::move(value);
  return made;
}

ExprPtr expand_macro(ExprPtr call, NodeBuilder& make, std::vector<Issue>& issues) {
  return MacroExpander(std::move(call), make, issues).run();
}

}  // namespace greenlane::cel
