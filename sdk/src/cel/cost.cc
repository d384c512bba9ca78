#include "cel/cost.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "cel/function.h"

namespace greenlane::cel {
namespace {

constexpr std::uint64_t saturated = std::numeric_limits<std::uint64_t>::max();
/// Characters or elements that one unit of work covers.
constexpr std::uint64_t per_unit = 10;

std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return a > saturated - b ? saturated : a + b; }
std::uint64_t times(std::uint64_t a, std::uint64_t b) { return a != 0 && b > saturated / a ? saturated : a * b; }

/// Cost of evaluating a part, and the most elements or characters its value has.
struct Estimate {
  std::uint64_t cost = 1;
  std::uint64_t size = 1;
};

class Estimator {
 public:
  Estimate visit(const Expr& e) {
    switch (e.kind) {
      case ExprKind::constant:
        return {1, constant_size(e.constant)};
      case ExprKind::ident:
        return {1, ident_size(e)};
      case ExprKind::select:
        return select(e);
      case ExprKind::call:
        return call(e);
      case ExprKind::comprehension:
        return comprehension(e);
      default:
        return container(e);
    }
  }

 private:
  static std::uint64_t constant_size(const Value& v) {
    if (v.is<StringValue>()) return v.text().size();
    if (const auto* list = v.get_if<ListValue>()) return list->size();
    return assumed_size;
  }

  std::uint64_t ident_size(const Expr& e) const {
    if (e.binding == Binding::constant) return constant_size(e.constant);
    if (e.binding != Binding::local) return assumed_size;
    const auto slot = static_cast<std::size_t>(e.slot);
    return slot < locals_.size() ? locals_[slot] : assumed_size;
  }

  Estimate select(const Expr& e) {
    Estimate of = visit(*e.args[0]);
    std::uint64_t size = assumed_size;
    const TypeRef& owner = e.args[0]->type;
    if (owner && owner->is(TypeKind::object) && e.slot >= 0) {
      const StructField& field = owner->fields()->fields[static_cast<std::size_t>(e.slot)];
      if (field.max_size != 0) size = field.max_size;
    }
    return {plus(of.cost, 1), size};
  }

  Estimate call(const Expr& e) {
    std::uint64_t cost = 1;
    std::uint64_t total = 0;
    std::vector<std::uint64_t> sizes;
    for (const ExprPtr& arg : e.args) {
      const Estimate of = visit(*arg);
      cost = plus(cost, of.cost);
      total = plus(total, of.size);
      sizes.push_back(of.size);
    }
    if (is_equality_of_containers(e)) cost = plus(cost, std::min(sizes[0], sizes[1]));
    if (e.form == Form::conditional) return {cost, std::max(sizes[1], sizes[2])};
    if (!e.overloads.empty()) {
      const Overload& overload = *e.overloads.front();
      cost = plus(cost, overload.cost);
      if (overload.work != nullptr) return worked(cost, *overload.work, std::move(sizes));
      if (overload.cost_by_size) cost = plus(cost, goes_through_list(e) ? total : total / per_unit);
    }
    if (e.name == operators::in) cost = plus(cost, sizes[1]);
    return {cost, e.name == operators::add ? total : assumed_size};
  }

  static bool is_equality_of_containers(const Expr& e) {
    if (e.form != Form::equals && e.form != Form::not_equals) return false;
    return std::all_of(e.args.begin(), e.args.end(), [](const ExprPtr& arg) {
      return arg->type && (arg->type->is(TypeKind::list) || arg->type->is(TypeKind::map));
    });
  }

  static Estimate worked(std::uint64_t cost, EstimateWork work, std::vector<std::uint64_t> sizes) {
    for (std::uint64_t& size : sizes) size = std::min(size, max_built_bytes);
    const Work most = work(sizes);
    return {plus(cost, most.units), std::min(most.size, max_built_bytes)};
  }

  /// Elements are looked at one by one; characters, and elements that are only copied, many at a time.
  static bool goes_through_list(const Expr& e) {
    if (e.name == operators::add) return false;
    return std::any_of(e.args.begin(), e.args.end(), [](const ExprPtr& arg) { return arg->type && !arg->type->is(TypeKind::string); });
  }

  Estimate container(const Expr& e) {
    std::uint64_t cost = 1;
    for (const ExprPtr& arg : e.args) cost = plus(cost, visit(*arg).cost);
    return {cost, e.args.size()};
  }

  Estimate comprehension(const Expr& e) {
    const Estimate range = visit(*e.args[0]);
    const Estimate start = visit(*e.args[1]);
    const auto base = static_cast<std::size_t>(e.slot);
    // cel.bind and optMap name a value and go through nothing.
    const bool names = e.iter_var.starts_with('#');
    const bool builds = !names && (e.args[1]->kind == ExprKind::list || e.args[1]->kind == ExprKind::map);
    locals_.resize(base);
    locals_.push_back(builds ? range.size : start.size);
    locals_.push_back(assumed_size);
    if (!e.iter_var2.empty()) locals_.push_back(assumed_size);
    const std::uint64_t turn = plus(visit(*e.args[2]).cost, visit(*e.args[3]).cost);
    locals_.resize(base + 1);
    const Estimate result = visit(*e.args[4]);
    locals_.resize(base);
    const std::uint64_t cost = plus(plus(range.cost, start.cost), plus(times(range.size, turn), result.cost));
    return {cost, builds ? range.size : result.size};
  }

  std::vector<std::uint64_t> locals_;
};

}  // namespace

std::uint64_t worst_case_cost(const Expr& root) { return Estimator().visit(root).cost; }

}  // namespace greenlane::cel
