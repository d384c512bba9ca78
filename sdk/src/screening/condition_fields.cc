#include "screening/condition_fields.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace greenlane::screening {
namespace {

namespace op = cel::operators;
using cel::Expr;
using cel::ExprKind;
using document::Field;
using document::FieldKind;

/// Whether a part has to hold for a hit, has to fail for one, or may be either.
enum class Sense : unsigned char { holds, fails, either };

Sense opposite(Sense sense) {
  if (sense == Sense::either) return sense;
  return sense == Sense::holds ? Sense::fails : Sense::holds;
}

bool is_call(const Expr& e, std::string_view name) { return e.kind == ExprKind::call && e.name == name; }

bool is_order(const Expr& e) {
  constexpr std::array<std::string_view, 4> names = {op::less, op::less_equals, op::greater, op::greater_equals};
  return e.kind == ExprKind::call && std::find(names.begin(), names.end(), e.name) != names.end();
}

/// Calls whose arguments only find or test something, so that their value is not one of theirs.
bool only_asks(const Expr& e) {
  if (e.form != cel::Form::strict_call || is_order(e) || e.name == op::in) return true;
  return !e.args.empty() && e.args[0]->kind != ExprKind::call && e.args[0]->binding == cel::Binding::constant;
}

bool has_locals(const Expr& e) {
  if (e.kind == ExprKind::comprehension || (e.kind == ExprKind::ident && e.binding == cel::Binding::local)) return true;
  return std::any_of(e.args.begin(), e.args.end(), [](const auto& arg) { return has_locals(*arg); });
}

/// Where a part of a condition is in the document.
struct Origin {
  std::size_t variable = 0;
  std::vector<const Field*> path;
  const Field* at = nullptr;
};

class Reader {
 public:
  Reader(const criteria::CompiledPack& pack, const criteria::CompiledCriterion& criterion)
      : root_(pack.table()->root()), arrays_(pack.each_paths()[criterion.each].arrays) {}

  ConditionFields run(const Expr& condition) {
    read(condition, Sense::holds);
    return std::move(out_);
  }

 private:
  std::optional<Origin> origin(const Expr& e) const {
    if (e.kind == ExprKind::ident) return variable(e);
    if (e.kind == ExprKind::select) {
      auto owner = origin(*e.args[0]);
      const Field* member = owner && owner->at->kind == FieldKind::object ? owner->at->member(e.name) : nullptr;
      if (member == nullptr) return std::nullopt;
      owner->path.push_back(member);
      owner->at = member;
      return owner;
    }
    if (is_call(e, op::index)) return element(origin(*e.args[0]));
    if (e.kind == ExprKind::comprehension && e.name == "filter") return origin(*e.args[0]);
    return std::nullopt;
  }

  std::optional<Origin> variable(const Expr& e) const {
    const auto slot = static_cast<std::size_t>(e.slot);
    if (e.binding == cel::Binding::local) return slot < locals_.size() ? locals_[slot] : std::nullopt;
    if (e.binding != cel::Binding::global || slot == criteria::as_of_variable) return std::nullopt;
    if (slot == criteria::declaration_variable) return Origin{slot, {}, &root_};
    const std::size_t level = slot - criteria::first_element_variable;
    if (level >= arrays_.size()) return std::nullopt;
    return Origin{slot, {}, arrays_[level]->element.get()};
  }

  static std::optional<Origin> element(std::optional<Origin> array) {
    if (!array || array->at->kind != FieldKind::array) return std::nullopt;
    array->at = array->at->element.get();
    array->path.push_back(array->at);
    return array;
  }

  std::size_t use(const Origin& origin) {
    for (std::size_t i = 0; i < out_.uses.size(); ++i) {
      if (out_.uses[i].variable == origin.variable && out_.uses[i].path == origin.path) return i;
    }
    out_.uses.push_back({origin.variable, origin.path, {}});
    return out_.uses.size() - 1;
  }

  void read(const Expr& e, Sense sense) {
    if (const auto from = origin(e); from && e.kind != ExprKind::comprehension) {
      if (!from->path.empty()) use(*from);
      return;
    }
    if (e.kind == ExprKind::comprehension) return fold(e, [&](const Expr& part) { read(part, sense); });
    const bool equals = e.form == cel::Form::equals;
    if (equals || e.form == cel::Form::not_equals || is_order(e)) compare(e, equals, sense);
    if (is_call(e, op::logical_not)) sense = opposite(sense);
    const bool logic = is_call(e, op::logical_not) || e.form == cel::Form::logical_and || e.form == cel::Form::logical_or;
    for (std::size_t i = 0; i < e.args.size(); ++i) {
      const bool passes = logic || (e.form == cel::Form::conditional && i > 0);
      read(*e.args[i], passes ? sense : Sense::either);
    }
  }

  /// Calls `visit` for the range and what is done with each element, with the variables of the turn bound.
  template <typename Visit>
  void fold(const Expr& e, Visit visit) {
    visit(*e.args[0]);
    const auto base = static_cast<std::size_t>(e.slot);
    const auto start = origin(*e.args[1]);
    const auto turn = element(origin(*e.args[0]));
    visit(*e.args[1]);
    locals_.resize(base);
    locals_.push_back(start);
    if (!e.iter_var2.empty()) locals_.emplace_back();
    locals_.push_back(turn);
    visit(*e.args[2]);
    visit(*e.args[3]);
    locals_.resize(base + 1);
    visit(*e.args[4]);
    locals_.resize(base);
  }

  /// The uses that the value of `e` is made of.
  void collect(const Expr& e, std::vector<std::size_t>& uses) {
    if (e.kind == ExprKind::select && e.test_only) return;
    if (const auto from = origin(e); from && e.kind != ExprKind::comprehension) {
      if (!from->path.empty()) uses.push_back(use(*from));
      return;
    }
    if (e.kind == ExprKind::comprehension) return fold(e, [&](const Expr& part) { collect(part, uses); });
    if (e.form == cel::Form::conditional) {
      collect(*e.args[1], uses);
      return collect(*e.args[2], uses);
    }
    if (e.kind == ExprKind::call && only_asks(e)) return;
    for (const auto& arg : e.args) collect(*arg, uses);
  }

  void compare(const Expr& e, bool equals, Sense sense) {
    note_type(*e.args[0], *e.args[1], equals);
    note_type(*e.args[1], *e.args[0], equals);
    // A hit because two fields are equal is none because they contradict each other.
    const Sense agree = equals ? Sense::holds : Sense::fails;
    if (sense == agree && !is_order(e)) return;
    std::vector<std::size_t> parts;
    for (const auto& arg : e.args) collect(*arg, parts);
    std::sort(parts.begin(), parts.end());
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    for (const std::size_t a : parts) {
      for (const std::size_t b : parts) {
        if (a != b) out_.uses[a].against.push_back(b);
      }
    }
  }

  void note_type(const Expr& type, const Expr& code, bool equals) {
    const auto from = equals && !has_locals(code) ? origin(type) : std::nullopt;
    if (!from || from->path.size() < 2 || from->at->name != "type") return;
    const Field* array = from->at->parent->parent;
    if (array != nullptr && array->change.add) out_.type_tests.push_back({array, &code});
  }

  const Field& root_;
  const std::vector<const Field*>& arrays_;
  std::vector<std::optional<Origin>> locals_;
  ConditionFields out_;
};

}  // namespace

ConditionFields fields_of(const criteria::CompiledPack& pack, const criteria::CompiledCriterion& criterion, const Expr& part) {
  return Reader(pack, criterion).run(part);
}

bool is_declared_value(const Expr& part, std::size_t row_slot) {
  if (part.kind == ExprKind::ident) {
    if (part.binding == cel::Binding::local) return true;
    const auto slot = static_cast<std::size_t>(part.slot);
    return part.binding == cel::Binding::global && slot != criteria::as_of_variable && slot != row_slot;
  }
  if (part.kind == ExprKind::call && part.form != cel::Form::conditional && only_asks(part)) return false;
  return std::any_of(part.args.begin(), part.args.end(), [&](const auto& arg) { return is_declared_value(*arg, row_slot); });
}

}  // namespace greenlane::screening
