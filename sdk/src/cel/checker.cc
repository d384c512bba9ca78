#include "cel/checker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cel/call_resolver.h"
#include "cel/names.h"
#include "cel/type_unifier.h"

namespace greenlane::cel {
namespace {

struct Local {
  std::string name;
  TypeRef type;
};

class Checker {
 public:
  Checker(const Environment& env, std::vector<Issue>& issues, CheckMode mode)
      : env_(env), issues_(issues), mode_(mode), calls_(env, unifier_, issues, mode) {}

  TypeRef run(Expr& root) {
    visit(root);
    return unifier_.substitute(root.type, true);
  }

 private:
  void visit(Expr& e) {
    switch (e.kind) {
      case ExprKind::constant:
        e.type = e.constant.type();
        break;
      case ExprKind::ident:
        e.type = ident(e);
        break;
      case ExprKind::select:
        e.type = select(e);
        break;
      case ExprKind::call:
        e.type = call(e);
        break;
      case ExprKind::list:
        e.type = list(e);
        break;
      case ExprKind::map:
        e.type = map(e);
        break;
      case ExprKind::message:
        e.type = fail(e, "there is no message type '" + e.name + "'");
        break;
      case ExprKind::comprehension:
        e.type = comprehension(e);
        break;
    }
  }

  TypeRef fail(const Expr& e, std::string message) {
    if (mode_ == CheckMode::strict) issues_.push_back({e.range, std::move(message)});
    return types::simple(TypeKind::error);
  }

  int local(std::string_view name) const {
    for (std::size_t i = locals_.size(); i > 0; --i) {
      if (locals_[i - 1].name == name) return static_cast<int>(i - 1);
    }
    return -1;
  }

  /// Binds `e` to what `name` means outside the expression; null where it means nothing.
  TypeRef global(Expr& e, std::string_view name) {
    for (const std::string& candidate : candidate_names(env_.container, name)) {
      if (const auto index = env_.variable(candidate)) {
        const Variable& variable = env_.variables[*index];
        e.kind = ExprKind::ident;
        e.name = candidate;
        e.args.clear();
        e.slot = static_cast<int>(*index);
        e.binding = variable.constant ? Binding::constant : Binding::global;
        if (variable.constant) e.constant = *variable.constant;
        return variable.type;
      }
      if (const auto type = named_type(candidate)) {
        e.kind = ExprKind::ident;
        e.args.clear();
        e.binding = Binding::constant;
        e.constant = Value(TypeValue{type});
        return types::type(type);
      }
    }
    return nullptr;
  }

  TypeRef ident(Expr& e) {
    if (const int index = local(e.name); index >= 0) {
      e.binding = Binding::local;
      e.slot = index;
      return locals_[static_cast<std::size_t>(index)].type;
    }
    if (TypeRef type = global(e, e.name)) return type;
    if (e.synthetic) return types::simple(TypeKind::error);
    return fail(e, "there is no '" + e.name + "' here" + text::did_you_mean(e.name, known_names()));
  }

  std::vector<std::string_view> known_names() const {
    std::vector<std::string_view> known;
    for (const Local& l : locals_) known.push_back(l.name);
    for (const Variable& v : env_.variables) known.push_back(v.name);
    return known;
  }

  /// Whether `root` is the start of names such as lists.fish, but `name` is none of them.
  bool names_nothing(const Expr& root, const std::string& name) const {
    if (name.empty() || root.kind != ExprKind::ident || local(root.name) >= 0 || env_.variable(root.name)) return false;
    const std::string prefix = root.name + ".";
    return std::any_of(env_.variables.begin(), env_.variables.end(), [&](const Variable& v) { return v.name.starts_with(prefix); });
  }

  TypeRef select(Expr& e) {
    const std::string name = dotted_name(e);
    if (!name.empty() && !e.test_only && (name[0] == '.' || local(name.substr(0, name.find('.'))) < 0)) {
      if (TypeRef type = global(e, name)) return type;
    }
    if (names_nothing(*e.args[0], name)) return fail(e, "there is no '" + name + "' here" + text::did_you_mean(name, known_names()));
    visit(*e.args[0]);
    TypeRef operand = unifier_.substitute(e.args[0]->type);
    const bool of_optional = operand->is(TypeKind::opaque) && operand->name() == "optional_type";
    if (of_optional) operand = operand->params()[0];
    const TypeRef type = field(e, operand);
    if (e.test_only) return types::simple(TypeKind::boolean);
    return of_optional || e.optional ? types::optional(type) : type;
  }

  TypeRef field(Expr& e, const TypeRef& operand) {
    if (operand->is(TypeKind::object)) {
      e.slot = operand->fields()->slot(e.name);
      if (e.slot >= 0) return operand->fields()->fields[static_cast<std::size_t>(e.slot)].type;
      std::vector<std::string_view> known;
      for (const StructField& f : operand->fields()->fields) known.push_back(f.name);
      return fail(e, "'" + operand->name() + "' has no field '" + e.name + "'" + text::did_you_mean(e.name, known));
    }
    if (operand->is(TypeKind::map)) return operand->params()[1];
    if (operand->is(TypeKind::dyn) || operand->is(TypeKind::error) || operand->is(TypeKind::param)) return types::dyn();
    return fail(e, "a value of type " + operand->to_string() + " has no fields, so there is no '" + e.name + "' in it");
  }

  TypeRef call(Expr& e) {
    if (e.member && !qualify_function(e)) visit(*e.args[0]);
    for (std::size_t i = e.member ? 1 : 0; i < e.args.size(); ++i) visit(*e.args[i]);
    return calls_.resolve(e);
  }

  /// Turns math.abs(x) into a call of the function "math.abs", where there is one.
  bool qualify_function(Expr& e) {
    const std::string target = dotted_name(*e.args[0]);
    if (target.empty() || local(target.substr(0, target.find('.'))) >= 0) return false;
    for (const std::string& candidate : candidate_names(env_.container, target + "." + e.name)) {
      if (env_.functions->find(candidate) == nullptr) continue;
      e.name = candidate;
      e.member = false;
      e.args.erase(e.args.begin());
      return true;
    }
    return false;
  }

  TypeRef list(Expr& e) {
    TypeRef element;
    for (std::size_t i = 0; i < e.args.size(); ++i) {
      visit(*e.args[i]);
      const bool optional = i < e.optional_args.size() && e.optional_args[i];
      const TypeRef type = optional ? unwrap(*e.args[i]) : e.args[i]->type;
      element = element ? unifier_.join(element, type) : type;
    }
    return types::list(element ? element : unifier_.fresh_param());
  }

  TypeRef map(Expr& e) {
    TypeRef key;
    TypeRef value;
    for (std::size_t i = 0; i < e.args.size(); i += 2) {
      visit(*e.args[i]);
      visit(*e.args[i + 1]);
      const TypeRef value_type = e.optional_args[i / 2] ? unwrap(*e.args[i + 1]) : e.args[i + 1]->type;
      key = key ? unifier_.join(key, e.args[i]->type) : e.args[i]->type;
      value = value ? unifier_.join(value, value_type) : value_type;
    }
    if (!key) return types::map(unifier_.fresh_param(), unifier_.fresh_param());
    return types::map(key, value);
  }

  TypeRef unwrap(const Expr& e) {
    const TypeRef type = unifier_.substitute(e.type);
    if (type->is(TypeKind::opaque) && type->name() == "optional_type") return type->params()[0];
    if (type->is(TypeKind::dyn) || type->is(TypeKind::error)) return types::dyn();
    return fail(e, "'?' wants an optional value here, found " + type->to_string());
  }

  TypeRef comprehension(Expr& e) {
    visit(*e.args[0]);
    visit(*e.args[1]);
    const std::size_t outside = locals_.size();
    e.slot = static_cast<int>(outside);
    locals_.push_back({e.accu_var, e.args[1]->type});
    const auto [first, second] = element_types(e);
    locals_.push_back({e.iter_var, first});
    if (!e.iter_var2.empty()) locals_.push_back({e.iter_var2, second});
    visit(*e.args[2]);
    visit(*e.args[3]);
    const TypeRef accu = unifier_.join(e.args[1]->type, e.args[3]->type);
    locals_.resize(outside);
    locals_.push_back({e.accu_var, accu});
    visit(*e.args[4]);
    locals_.resize(outside);
    return e.args[4]->type;
  }

  /// What the variables of a quantifier stand for: an element; a key; index and element; key and value.
  std::pair<TypeRef, TypeRef> element_types(const Expr& e) {
    const TypeRef range = unifier_.substitute(e.args[0]->type);
    const bool two = !e.iter_var2.empty();
    if (range->is(TypeKind::list)) {
      const TypeRef element = range->params()[0];
      return two ? std::pair{types::simple(TypeKind::integer), element} : std::pair{element, element};
    }
    if (range->is(TypeKind::map)) return {range->params()[0], range->params()[1]};
    if (!range->is(TypeKind::dyn) && !range->is(TypeKind::error) && !range->is(TypeKind::param)) {
      const TypeRef error = fail(*e.args[0], "'" + e.name + "' goes through a list or a map, found " + range->to_string());
      return {error, error};
    }
    return {types::dyn(), types::dyn()};
  }

  const Environment& env_;
  std::vector<Issue>& issues_;
  CheckMode mode_;
  TypeUnifier unifier_;
  CallResolver calls_;
  std::vector<Local> locals_;
};

}  // namespace

TypeRef check(Expr& root, const Environment& env, std::vector<Issue>& issues, CheckMode mode) {
  return Checker(env, issues, mode).run(root);
}

}  // namespace greenlane::cel
