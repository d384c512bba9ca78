#include "cel/evaluator.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "cel/function.h"

namespace greenlane::cel {
namespace {

/// Turns of a quantifier that a trace shows.
constexpr std::size_t traced_turns = 100;
constexpr std::size_t inline_args = 6;

bool fits(const Type& param, const Value& value) {
  switch (param.kind()) {
    case TypeKind::dyn:
    case TypeKind::param:
      return true;
    case TypeKind::null:
      return value.is<Null>();
    case TypeKind::boolean:
      return value.is<bool>();
    case TypeKind::integer:
      return value.is<std::int64_t>();
    case TypeKind::uinteger:
      return value.is<std::uint64_t>();
    case TypeKind::floating:
      return value.is<double>();
    case TypeKind::string:
      return value.is<StringValue>();
    case TypeKind::bytes:
      return value.is<BytesValue>();
    case TypeKind::timestamp:
      return value.is<Timestamp>();
    case TypeKind::duration:
      return value.is<Duration>();
    case TypeKind::decimal:
      return value.is<Decimal>();
    case TypeKind::date:
      return value.is<Date>();
    case TypeKind::list:
      return value.is<ListValue>();
    case TypeKind::map:
      return value.is<MapValue>();
    case TypeKind::type:
      return value.is<TypeValue>();
    case TypeKind::object:
      return value.is<ObjectValue>();
    case TypeKind::opaque:
      if (value.is<OptionalValue>()) return param.name() == "optional_type";
      return value.is<OpaqueValue>() && value.as<OpaqueValue>().type->name() == param.name();
    case TypeKind::error:
      return false;
  }
  return false;
}

bool fits(const Overload& overload, const Value* args) {
  for (std::size_t i = 0; i < overload.params.size(); ++i) {
    if (!fits(*overload.params[i], args[i])) return false;
  }
  return true;
}

/// Whether exactly one of many conditions holds: two that hold decide, whatever is not known of the others.
class OneTrue {
 public:
  void add(const Value& condition) {
    if (condition.is_true()) {
      ++true_;
    } else if (condition.is<Undetermined>()) {
      unknown_ = unknown_ ? merge_undetermined(*unknown_, condition) : condition;
    } else if (!condition.is<bool>() && !error_) {
      error_ = condition.is<ErrorValue>() ? condition : Value::error("exists_one takes a condition (bool)");
    }
  }
  Value outcome() const {
    if (error_) return *error_;
    if (true_ > 1) return Value(false);
    return unknown_ ? *unknown_ : Value(true_ == 1);
  }

 private:
  std::size_t true_ = 0;
  std::optional<Value> unknown_;
  std::optional<Value> error_;
};

/// Whether one is a value that is there and the other says that there is none.
bool differ_for_certain(const Value& a, const Value& b) {
  const auto present = [](const Value& v) { return v.is<Undetermined>() && v.as<Undetermined>().present; };
  const auto none = [](const Value& v) { return v.is<Null>() || (v.is<StringValue>() && v.text().empty()); };
  return (present(a) && none(b)) || (none(a) && present(b));
}

class Evaluator {
 public:
  Evaluator(const Activation& activation, std::uint64_t budget, TraceNode* trace)
      : activation_(activation), budget_(budget), trace_(trace) {}

  Evaluation run(const Expr& root) {
    Value value = eval(root);
    return {std::move(value), cost_, over_};
  }

 private:
  bool spend(std::uint64_t units) {
    cost_ += units;
    if (budget_ != 0 && cost_ > budget_) over_ = true;
    return !over_;
  }

  Value eval(const Expr& e) {
    if (!spend(1)) return Value::error("the evaluation costs more than its budget of " + std::to_string(budget_) + " units");
    if (trace_ == nullptr || e.synthetic) return dispatch(e);
    TraceNode* parent = trace_;
    parent->children.push_back({&e, {}, {}, {}});
    // The parent's children may move while this node's own are added, so the node is built apart.
    TraceNode node{&e, {}, {}, {}};
    trace_ = &node;
    Value value = dispatch(e);
    node.value = value;
    trace_ = parent;
    parent->children.back() = std::move(node);
    return value;
  }

  Value dispatch(const Expr& e) {
    switch (e.kind) {
      case ExprKind::constant:
        return e.constant;
      case ExprKind::ident:
        return ident(e);
      case ExprKind::select:
        return select(e);
      case ExprKind::call:
        return call(e);
      case ExprKind::list:
        return list(e);
      case ExprKind::map:
        return map(e);
      case ExprKind::comprehension:
        return comprehension(e);
      case ExprKind::message:
        break;
    }
    return Value::error("there is no message type '" + e.name + "'");
  }

  Value ident(const Expr& e) {
    switch (e.binding) {
      case Binding::global:
        return activation_.variables[static_cast<std::size_t>(e.slot)];
      case Binding::local:
        return locals_[static_cast<std::size_t>(e.slot)];
      case Binding::constant:
        return e.constant;
      case Binding::unresolved:
        break;
    }
    return Value::error("there is no '" + e.name + "' here");
  }

  Value select(const Expr& e) {
    Value operand = eval(*e.args[0]);
    if (const auto* optional = operand.get_if<OptionalValue>()) {
      if (e.test_only) return optional->value ? has_field(e, *optional->value) : Value(false);
      if (!optional->value) return operand;
      return optional_field(e, *optional->value);
    }
    if (e.test_only) return has_field(e, operand);
    return e.optional ? optional_field(e, operand) : field(e, operand);
  }

  /// a.?b asks what was declared, like has(a.b), so it is never undetermined.
  Value optional_field(const Expr& e, const Value& operand) {
    const Value present = has_field(e, operand);
    if (!present.is_true()) return present.is_known() ? Value(OptionalValue{}) : present;
    Value value = field(e, operand);
    if (!value.is_known()) return value;
    return Value(OptionalValue{std::make_shared<const Value>(std::move(value))});
  }

  static std::uint32_t slot_of(const Expr& e, const ObjectValue& object, bool& known) {
    const int slot = e.slot >= 0 ? e.slot : object.model->type().slot(e.name);
    known = slot >= 0;
    return static_cast<std::uint32_t>(slot);
  }

  /// Whether what a field is read from is a part of a document by its type.
  static bool has_parts(const Expr& e) {
    TypeRef owner = e.args[0]->type;
    if (owner && owner->is(TypeKind::opaque) && owner->name() == "optional_type") owner = owner->params()[0];
    return owner && (owner->is(TypeKind::object) || owner->is(TypeKind::map));
  }

  static Value no_field(const Expr& e) { return Value::error("there is no field '" + e.name + "'"); }

  Value field(const Expr& e, const Value& operand) {
    if (const auto* object = operand.get_if<ObjectValue>()) {
      bool known = false;
      const std::uint32_t slot = slot_of(e, *object, known);
      return known ? object->model->field(object->data, slot) : no_field(e);
    }
    if (operand.is<Undetermined>()) return extend_undetermined(operand, e.name);
    if (operand.is<ErrorValue>()) return operand;
    if (const auto* map = operand.get_if<MapValue>()) {
      auto found = map->find(Value::borrowed(e.name));
      return found ? *std::move(found) : Value::error("there is no key '" + e.name + "'");
    }
    // A part that is known not to be there has no fields either, and nothing in its lists.
    if (!operand.is<Null>() || !has_parts(e)) return no_field(e);
    return e.type && e.type->is(TypeKind::list) ? Value::list({}) : operand;
  }

  Value has_field(const Expr& e, const Value& operand) {
    if (const auto* object = operand.get_if<ObjectValue>()) {
      bool known = false;
      const std::uint32_t slot = slot_of(e, *object, known);
      return known ? Value(object->model->has(object->data, slot)) : no_field(e);
    }
    // has(f) asks what was declared, so it always has an answer.
    if (operand.is<Undetermined>()) return Value(false);
    if (operand.is<ErrorValue>()) return operand;
    if (const auto* map = operand.get_if<MapValue>()) {
      return Value(map->model->has(map->data, Value::borrowed(e.name)));
    }
    if (operand.is<Null>() && has_parts(e)) return Value(false);
    return no_field(e);
  }

  Value call(const Expr& e) {
    switch (e.form) {
      case Form::logical_and:
        return logical(e, false);
      case Form::logical_or:
        return logical(e, true);
      case Form::not_strictly_false:
        return Value(!eval(*e.args[0]).is_false());
      case Form::conditional:
        return conditional(e);
      case Form::equals:
      case Form::not_equals:
        return equality(e);
      case Form::optional_or:
        return optional_or(e);
      case Form::optional_index:
      case Form::strict_call:
        return strict_call(e);
    }
    return Value();
  }

  /// && and ||: `decider` on either side decides; otherwise undetermined goes before an error.
  Value logical(const Expr& e, bool decider) {
    const auto decides = [decider](const Value& v) { return v.is<bool>() && v.as<bool>() == decider; };
    Value left = eval(*e.args[0]);
    if (decides(left) && trace_ == nullptr) return left;
    Value right = eval(*e.args[1]);
    if (decides(left)) return left;
    if (decides(right)) return right;
    if (left.is<Undetermined>() && right.is<Undetermined>()) return merge_undetermined(left, right);
    if (left.is<Undetermined>()) return left;
    if (right.is<Undetermined>()) return right;
    if (left.is<ErrorValue>()) return left;
    if (right.is<ErrorValue>()) return right;
    if (!left.is<bool>() || !right.is<bool>()) return Value::error("'&&' and '||' take conditions, which are true or false; found " + show(left.is<bool>() ? right : left));
    return Value(!decider);
  }

  Value conditional(const Expr& e) {
    Value condition = eval(*e.args[0]);
    if (condition.is<bool>()) return eval(*e.args[condition.as<bool>() ? 1 : 2]);
    if (condition.is<Undetermined>()) return undecided(e, derived_undetermined(condition));
    if (!condition.is_known()) return condition;
    return Value::error("'?:' takes a condition (bool) before '?'");
  }

  /// The second argument matters only where the first has no value.
  Value optional_or(const Expr& e) {
    Value first = eval(*e.args[0]);
    if (!first.is_known()) return first;
    const auto* optional = first.get_if<OptionalValue>();
    if (optional == nullptr) return no_overload(e, &first, 1);
    const bool unwraps = e.name == "orValue";
    if (optional->value) return unwraps ? *optional->value : first;
    Value second = eval(*e.args[1]);
    if (!unwraps && second.is_known() && !second.is<OptionalValue>()) return no_overload(e, &second, 1);
    return second;
  }

  /// Whether `a` in a[?b] is a list or map that was not declared, or declared as none.
  static bool has_no_elements(const Expr& e, const Value* args) {
    if (e.form != Form::optional_index || !args[1].is_known()) return false;
    const TypeRef& type = e.args[0]->type;
    const bool is_part = type && (type->is(TypeKind::list) || type->is(TypeKind::map));
    return args[0].is<Undetermined>() || (args[0].is<Null>() && is_part);
  }

  Value undecided(const Expr& e, Value missing) {
    for (const std::size_t way : {std::size_t{1}, std::size_t{2}}) {
      if (!activation_.both_ways) break;
      const Value value = eval(*e.args[way]);
      if (value.is<Undetermined>()) missing = merge_undetermined(missing, value);
    }
    return missing;
  }

  Value equality(const Expr& e) {
    const Value left = eval(*e.args[0]);
    const Value right = eval(*e.args[1]);
    Value same = differ_for_certain(left, right) ? Value(false) : equal(left, right, &cost_);
    if (e.form == Form::equals || !same.is<bool>()) return same;
    return Value(!same.as<bool>());
  }

  Value strict_call(const Expr& e) {
    Value inline_values[inline_args];
    std::vector<Value> more;
    Value* args = inline_values;
    const std::size_t count = e.args.size();
    if (count > inline_args) {
      more.resize(count);
      args = more.data();
    }
    for (std::size_t i = 0; i < count; ++i) args[i] = eval(*e.args[i]);
    if (over_) return Value::error("over budget");
    if (has_no_elements(e, args)) return Value(OptionalValue{});
    if (auto failed = first_unknown(args, count)) return extended(e, *failed, args);
    for (const Overload* overload : e.overloads) {
      if (!fits(*overload, args)) continue;
      const CallContext context{.call = e, .host = activation_.host, .cost = &cost_};
      return overload->run(context, args);
    }
    if (answers_null(e, args, count)) return Value(false);
    return no_overload(e, args, count);
  }

  static bool answers_null(const Expr& e, const Value* args, std::size_t count) {
    const bool null = std::any_of(args, args + count, [](const Value& v) { return v.is<Null>(); });
    return null && std::any_of(e.overloads.begin(), e.overloads.end(), [](const Overload* o) { return o->null_is_false; });
  }

  static std::optional<Value> first_unknown(const Value* args, std::size_t count) {
    std::optional<Value> unknown;
    const Value* error = nullptr;
    for (std::size_t i = 0; i < count; ++i) {
      if (args[i].is<Undetermined>()) unknown = unknown ? merge_undetermined(*unknown, args[i]) : derived_undetermined(args[i]);
      if (args[i].is<ErrorValue>() && error == nullptr) error = &args[i];
    }
    if (!unknown && error != nullptr) return *error;
    return unknown;
  }

  /// An element of a list that was not declared is named by its own pointer.
  static Value extended(const Expr& e, const Value& failed, const Value* args) {
    if (e.name != operators::index || !args[0].is<Undetermined>() || !args[1].is_known()) return failed;
    if (const auto* index = args[1].get_if<std::int64_t>()) return extend_undetermined(failed, std::to_string(*index));
    if (args[1].is<StringValue>()) return extend_undetermined(failed, args[1].text());
    return failed;
  }

  static Value no_overload(const Expr& e, const Value* args, std::size_t count) {
    std::string kinds;
    bool null = false;
    for (std::size_t i = 0; i < count; ++i) {
      kinds += (i > 0 ? ", " : "") + args[i].type()->to_string();
      null = null || args[i].is<Null>();
    }
    const std::string hint = null ? "; a value that is declared as none (null) has to be asked for with has() first" : "";
    return Value::error("no such overload: " + e.name + "(" + kinds + ")" + hint);
  }

  Value list(const Expr& e) {
    std::vector<Value> elements;
    elements.reserve(e.args.size());
    for (std::size_t i = 0; i < e.args.size(); ++i) {
      Value element = eval(*e.args[i]);
      if (element.is<ErrorValue>()) return element;
      if (i < e.optional_args.size() && e.optional_args[i]) {
        const auto* optional = element.get_if<OptionalValue>();
        if (optional == nullptr) return element.is_known() ? Value::error("'?' wants an optional value") : element;
        if (!optional->value) continue;
        element = Value(*optional->value);
      }
      elements.push_back(std::move(element));
    }
    return Value::list(std::move(elements));
  }

  Value map(const Expr& e) {
    std::vector<std::pair<Value, Value>> entries;
    for (std::size_t i = 0; i < e.args.size(); i += 2) {
      Value key = eval(*e.args[i]);
      Value value = eval(*e.args[i + 1]);
      if (!key.is_known()) return key;
      if (value.is<ErrorValue>()) return value;
      const bool is_key = key.is<bool>() || key.is<std::int64_t>() || key.is<std::uint64_t>() || key.is<StringValue>();
      if (!is_key) return Value::error("a map's key is a bool, int, uint or string, not " + key.type()->to_string());
      if (e.optional_args[i / 2]) {
        const auto* optional = value.get_if<OptionalValue>();
        if (optional == nullptr) return value.is_known() ? Value::error("'?' wants an optional value") : value;
        if (!optional->value) continue;
        value = Value(*optional->value);
      }
      for (const auto& entry : entries) {
        if (equal(entry.first, key).is_true()) return Value::error("the key " + show(key) + " stands twice in a map");
      }
      entries.emplace_back(std::move(key), std::move(value));
    }
    return Value::map(std::move(entries));
  }

  Value comprehension(const Expr& e) {
    const Value range = eval(*e.args[0]);
    const Value start = eval(*e.args[1]);
    if (!range.is_known()) return range;
    const auto* list = range.get_if<ListValue>();
    const auto* map = range.get_if<MapValue>();
    const bool none = range.is<Null>();
    if (list == nullptr && map == nullptr && !none) {
      return Value::error("'" + e.name + "' goes through a list or a map, not " + range.type()->to_string());
    }
    const bool two = !e.iter_var2.empty();
    const auto base = static_cast<std::size_t>(e.slot);
    locals_.resize(base);
    locals_.push_back(start);
    locals_.resize(base + (two ? 3 : 2));
    const std::size_t size = list != nullptr ? list->size() : (map != nullptr ? map->size() : 0);
    const bool exactly_one = e.name == "exists_one" || e.name == "existsOne";
    OneTrue one;
    for (std::size_t i = 0; i < size && !over_; ++i) {
      bind_turn(list, map, i, base, two);
      // A trace shows every element, also behind the one that decided.
      if (trace_ == nullptr && !eval(*e.args[2]).is_true()) break;
      Value next = turn(exactly_one ? *e.args[3]->args[0] : *e.args[3], e, i);
      locals_.resize(base + (two ? 3 : 2));
      if (exactly_one) {
        one.add(next);
        continue;
      }
      Value& accumulated = locals_[base];
      const bool both = accumulated.is<Undetermined>() && next.is<Undetermined>();
      accumulated = both ? merge_undetermined(accumulated, next) : std::move(next);
      if (accumulated.is<ErrorValue>() && is_transformation(e)) break;
    }
    locals_.resize(base + 1);
    if (exactly_one && !over_) {
      locals_.resize(base);
      return one.outcome();
    }
    Value result = eval(*e.args[4]);
    locals_.resize(base);
    return result;
  }

  static bool is_transformation(const Expr& e) { return e.name != "all" && e.name != "exists"; }

  void bind_turn(const ListValue* list, const MapValue* map, std::size_t i, std::size_t base, bool two) {
    if (list != nullptr) {
      Value element = list->at(i);
      if (two) {
        locals_[base + 1] = Value(static_cast<std::int64_t>(i));
        locals_[base + 2] = std::move(element);
      } else {
        locals_[base + 1] = std::move(element);
      }
      return;
    }
    auto [key, value] = map->at(i);
    locals_[base + 1] = std::move(key);
    if (two) locals_[base + 2] = std::move(value);
  }

  Value turn(const Expr& step, const Expr& e, std::size_t i) {
    if (trace_ == nullptr || e.iter_var.starts_with('#')) return eval(step);
    if (i >= traced_turns) {
      TraceNode* kept = std::exchange(trace_, &discarded_);
      Value value = eval(step);
      discarded_.children.clear();
      trace_ = kept;
      return value;
    }
    TraceNode node{nullptr, e.iter_var + " = [" + std::to_string(i) + "]", {}, {}};
    TraceNode* parent = std::exchange(trace_, &node);
    Value value = eval(step);
    trace_ = parent;
    node.value = node.children.empty() ? value : node.children.back().value;
    parent->children.push_back(std::move(node));
    return value;
  }

  const Activation& activation_;
  std::uint64_t budget_;
  TraceNode* trace_;
  TraceNode discarded_;
  std::vector<Value> locals_;
  std::uint64_t cost_ = 0;
  bool over_ = false;
};

}  // namespace

Evaluation evaluate(const Expr& root, const Activation& activation, std::uint64_t budget, TraceNode* trace) {
  return Evaluator(activation, budget, trace).run(root);
}

}  // namespace greenlane::cel
