#include "screening/near_miss.h"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "screening/condition_fields.h"

namespace greenlane::screening {
namespace {

namespace op = cel::operators;
using cel::Expr;
using cel::ExprKind;
using cel::TraceNode;

std::optional<Decimal> number(const cel::Value& value) {
  if (const auto* decimal = value.get_if<Decimal>()) return *decimal;
  if (const auto* integer = value.get_if<std::int64_t>()) return Decimal::from_int(*integer);
  return std::nullopt;
}

Decimal magnitude(const Decimal& number) { return number.is_negative() ? number.negated() : number; }

std::string percent_of(const Decimal& distance, const Decimal& threshold) {
  const auto share = Decimal::divide(distance, magnitude(threshold));
  const auto percent = share ? Decimal::multiply(*share, Decimal::from_int(100)) : std::nullopt;
  const auto rounded = percent ? percent->round(1) : std::nullopt;
  return rounded ? rounded->to_string() : std::string();
}

std::optional<Decimal> percent_in(const Margin& margin) { return Decimal::parse(margin.percent); }

class Measure {
 public:
  Measure(const cel::Expression& when, std::size_t row_slot) : when_(when), row_slot_(row_slot) {}

  /// How far `node`, which is `!wanted`, is from `wanted`.
  std::optional<Margin> distance(const TraceNode& node, bool wanted) const {
    if (!(wanted ? node.value.is_false() : node.value.is_true()) || node.expr == nullptr) return std::nullopt;
    const Expr& e = *node.expr;
    if (e.kind == ExprKind::comprehension) {
      if (e.name != "exists" && e.name != "all") return std::nullopt;
      return of_parts(turns(node), (e.name == "exists") == wanted, wanted);
    }
    if (e.kind != ExprKind::call || node.children.empty()) return std::nullopt;
    if (e.name == op::logical_not) return distance(node.children.front(), !wanted);
    if (e.form == cel::Form::logical_and || e.form == cel::Form::logical_or) {
      return of_parts(parts(node), (e.form == cel::Form::logical_or) == wanted, wanted);
    }
    if (e.form == cel::Form::conditional) return distance(node.children.back(), wanted);
    return comparison(node);
  }

 private:
  static std::vector<const TraceNode*> parts(const TraceNode& node) {
    std::vector<const TraceNode*> all;
    for (const TraceNode& child : node.children) all.push_back(&child);
    return all;
  }

  /// What the quantifier asks of each element.
  static std::vector<const TraceNode*> turns(const TraceNode& node) {
    std::vector<const TraceNode*> all;
    for (const TraceNode& child : node.children) {
      if (child.expr == nullptr && !child.children.empty()) all.push_back(&child.children.back());
    }
    return all;
  }

  /// Where `one_is_enough`, the nearest part; else the only part that is not so, if there is only one.
  std::optional<Margin> of_parts(const std::vector<const TraceNode*>& parts, bool one_is_enough, bool wanted) const {
    std::optional<Margin> nearest;
    std::size_t failed = 0;
    for (const TraceNode* part : parts) {
      const bool is_so = wanted ? part->value.is_true() : part->value.is_false();
      if (is_so) continue;
      if (++failed > 1 && !one_is_enough) return std::nullopt;
      auto margin = distance(*part, wanted);
      if (margin && (!nearest || is_nearer(*margin, *nearest))) nearest = std::move(margin);
    }
    return nearest;
  }

  std::optional<Margin> comparison(const TraceNode& node) const {
    const Expr& e = *node.expr;
    constexpr std::array<std::string_view, 6> names = {op::equals,      op::not_equals, op::less,
                                                       op::less_equals, op::greater,    op::greater_equals};
    bool known = false;
    for (const std::string_view name : names) known = known || e.name == name;
    if (!known || node.children.size() != 2) return std::nullopt;
    const cel::Value* value = &node.children[0].value;
    const cel::Value* threshold = &node.children[1].value;
    const bool declared = is_declared_value(*e.args[0], row_slot_);
    if (!declared && is_declared_value(*e.args[1], row_slot_)) std::swap(value, threshold);
    Margin made;
    if (value->is<Date>() && threshold->is<Date>()) {
      const std::int64_t days = std::int64_t{value->as<Date>().days_since_1970()} - threshold->as<Date>().days_since_1970();
      made.distance = std::to_string(days < 0 ? -days : days);
      made.days = true;
    } else {
      const auto a = number(*value);
      const auto b = number(*threshold);
      const auto difference = a && b ? Decimal::subtract(*a, *b) : std::nullopt;
      if (!difference) return std::nullopt;
      made.distance = magnitude(*difference).to_string();
      made.percent = percent_of(magnitude(*difference), *b);
    }
    // Two that are equal have no distance from being unequal.
    const bool orders = e.form != cel::Form::equals && e.form != cel::Form::not_equals;
    if (!orders && cel::equal(*value, *threshold).is_true()) return std::nullopt;
    made.comparison = when_.text_of(e);
    made.value = cel::show(*value);
    made.threshold = cel::show(*threshold);
    return made;
  }

  const cel::Expression& when_;
  std::size_t row_slot_;
};

void flatten(const Expr& e, std::vector<const Expr*>& parts) {
  if (e.kind == ExprKind::call && e.form == cel::Form::logical_and) {
    flatten(*e.args[0], parts);
    flatten(*e.args[1], parts);
  } else {
    parts.push_back(&e);
  }
}

std::optional<Margin> traced(const cel::Expression& when, const Expr& part, const cel::Activation& activation, std::size_t row_slot,
                             bool wanted, std::uint64_t& cost) {
  TraceNode trace;
  cost += cel::evaluate(part, activation, 0, &trace).cost;
  return trace.children.empty() ? std::nullopt : Measure(when, row_slot).distance(trace.children.front(), wanted);
}

}  // namespace

bool is_nearer(const Margin& a, const Margin& b) {
  const auto left = percent_in(a);
  const auto right = percent_in(b);
  if (left && right) return *left < *right;
  if (left || right) return left.has_value();
  if (a.days != b.days) return a.days;
  const auto left_distance = Decimal::parse(a.distance);
  const auto right_distance = Decimal::parse(b.distance);
  return left_distance && right_distance && *left_distance < *right_distance;
}

std::optional<FailedAlone> failed_alone(const cel::Expression& when, const cel::Activation& activation, std::size_t row_slot,
                                        std::uint64_t& cost) {
  std::vector<const Expr*> parts;
  flatten(when.root(), parts);
  FailedAlone made;
  for (const Expr* part : parts) {
    const cel::Evaluation evaluation = cel::evaluate(*part, activation);
    cost += evaluation.cost;
    if (evaluation.value.is_true()) continue;
    if (!evaluation.value.is_false() || made.part != nullptr) return std::nullopt;
    made.part = part;
  }
  if (made.part == nullptr) return std::nullopt;
  made.margin = traced(when, *made.part, activation, row_slot, true, cost);
  // A condition of one part that is just not so has missed nothing.
  if (parts.size() == 1 && !made.margin) return std::nullopt;
  return made;
}

std::optional<Margin> margin_inside(const cel::Expression& when, const cel::Activation& activation, std::size_t row_slot) {
  std::uint64_t cost = 0;
  return traced(when, when.root(), activation, row_slot, false, cost);
}

}  // namespace greenlane::screening
