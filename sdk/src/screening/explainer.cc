#include "screening/explainer.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "screening/change_effects.h"
#include "screening/criterion_evaluation.h"
#include "screening/finding_builder.h"
#include "screening/near_miss.h"
#include "screening/screener.h"

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using criteria::CompiledPack;
using criteria::Outcome;
using criteria::Table;

/// Evaluations shown, and how many of them may be clear.
constexpr std::size_t max_shown = 100;
constexpr std::size_t max_clear = 10;
constexpr std::uint64_t explanation_budget = Budget{}.criterion;

Outcome outcome_of(const cel::Value& value) {
  if (value.is_true()) return Outcome::hit;
  return value.is_false() ? Outcome::clear : Outcome::undetermined;
}

/// Fields and constants speak for themselves; their parts are not worth lines of their own.
bool is_leaf(const cel::Expr& e) {
  return e.kind == cel::ExprKind::ident || e.kind == cel::ExprKind::constant ||
         (e.kind == cel::ExprKind::select && is_leaf(*e.args[0]));
}

/// A constant or a reference list: it has nothing to say beside the text of what uses it.
bool is_constant(const cel::Expr* e) {
  return e != nullptr && (e->kind == cel::ExprKind::constant || e->binding == cel::Binding::constant);
}

bool continues_chain(const cel::Expr* parent, const cel::Expr* child) {
  return parent != nullptr && child != nullptr && parent->form == child->form &&
         (child->form == cel::Form::logical_and || child->form == cel::Form::logical_or);
}

void add_children(const CompiledCriterion& criterion, const cel::TraceNode& node, const cel::Expr* chain, ExplainedPart& part);

ExplainedPart part_of(const CompiledCriterion& criterion, const cel::TraceNode& node) {
  ExplainedPart part;
  if (node.expr != nullptr) part.text = criterion.when.text_of(*node.expr);
  part.label = node.label;
  if (const auto* unknown = node.value.get_if<cel::Undetermined>()) {
    part.missing = *unknown->missing;
  } else if (const auto* error = node.value.get_if<cel::ErrorValue>()) {
    part.error = *error->message;
  } else {
    part.value = cel::show(node.value);
  }
  if (node.expr == nullptr || !is_leaf(*node.expr)) add_children(criterion, node, node.expr, part);
  return part;
}

/// a && b && c is shown as one conjunction of three, however the parser has nested it.
void add_children(const CompiledCriterion& criterion, const cel::TraceNode& node, const cel::Expr* chain, ExplainedPart& part) {
  for (const cel::TraceNode& child : node.children) {
    if (is_constant(child.expr)) continue;
    if (continues_chain(chain, child.expr)) {
      add_children(criterion, child, chain, part);
    } else {
      part.children.push_back(part_of(criterion, child));
    }
  }
}

/// The criterion that is asked for, in the version in force or the latest.
const CompiledCriterion* find_criterion(const CompiledPack& pack, std::string_view name, Date as_of) {
  const CompiledCriterion* found = nullptr;
  for (const CompiledCriterion& criterion : pack.criteria()) {
    const CriterionInfo& info = criterion.source.info;
    if (info.key() == name) return &criterion;
    if (info.id != name) continue;
    if (found == nullptr || !found->source.info.effective.contains(as_of)) found = &criterion;
  }
  return found;
}

Error no_criterion(const CompiledPack& pack, const std::string& name) {
  std::vector<std::string_view> known;
  for (const CompiledCriterion& criterion : pack.criteria()) known.push_back(criterion.source.info.id);
  return {.code = ErrorCode::not_found,
          .message = "the pack " + pack.source().id + " has no criterion " + name + text::did_you_mean(name, known)};
}

void add_changes(const Case& subject, const CompiledCriterion& criterion, const std::string& at, Explanation& out) {
  FoundSets found;
  if (out.outcome == criteria::to_string(Outcome::hit)) found = changes_that_clear(subject, criterion, at);
  if (out.outcome == criteria::to_string(Outcome::undetermined)) found = supplies_that_decide(subject, criterion, at);
  out.changes = std::move(found.sets);
  out.changes_omitted = found.cut_off;
}

class Explainer {
 public:
  Explainer(const CompiledCriterion& criterion, DocumentView& view, Explanation& out) : criterion_(criterion), view_(view), out_(out) {}

  bool run(const std::string& at) {
    Elements& elements = view_.elements(criterion_.each);
    bool found = false;
    for (Element& element : elements.all) {
      const std::string pointer = document::pointer(element.innermost());
      if (!at.empty() && pointer != at) continue;
      found = true;
      if (criterion_.rows == nullptr) {
        evaluate(element, pointer, Table::no_row);
        continue;
      }
      for (const std::size_t row : rows_to_evaluate(criterion_, element, view_.as_of())) {
        element.variables.back() = criterion_.rows->row_value(row);
        evaluate(element, pointer, row);
      }
    }
    if (!at.empty()) out_.outcome = criteria::to_string(seen_);
    return found || at.empty();
  }

 private:
  void evaluate(const Element& element, const std::string& pointer, std::size_t row) {
    const criteria::EvaluationHost host{view_.as_of(), nullptr};
    cel::TraceNode trace;
    const bool full = out_.evaluations.size() == max_shown;
    const cel::Value value = criterion_.when.evaluate({element.variables, &host}, explanation_budget, full ? nullptr : &trace).value;
    const Outcome outcome = outcome_of(value);
    if (outcome == Outcome::hit || seen_ == Outcome::clear) seen_ = outcome;
    if (full || (outcome == Outcome::clear && ++clear_ > max_clear)) {
      ++out_.omitted;
      return;
    }
    ExplainedEvaluation made;
    made.at = pointer;
    made.outcome = criteria::to_string(outcome);
    if (row != Table::no_row) made.row = matched_row(criterion_.rows->table(), row);
    if (const auto* unknown = value.get_if<cel::Undetermined>()) made.missing = *unknown->missing;
    if (!trace.children.empty()) made.tree = part_of(criterion_, trace.children.front());
    measure(made, outcome, {element.variables, &host});
    out_.evaluations.push_back(std::move(made));
  }

  void measure(ExplainedEvaluation& made, Outcome outcome, const cel::Activation& activation) const {
    const std::size_t row_slot = activation.variables.size() - 1;
    if (outcome == Outcome::hit) made.margin = margin_inside(criterion_.when, activation, row_slot);
    if (outcome != Outcome::clear) return;
    std::uint64_t cost = 0;
    auto failed = failed_alone(criterion_.when, activation, row_slot, cost);
    if (!failed) return;
    made.failed_alone = criterion_.when.text_of(*failed->part);
    made.margin = std::move(failed->margin);
  }

  const CompiledCriterion& criterion_;
  DocumentView& view_;
  Explanation& out_;
  Outcome seen_ = Outcome::clear;  ///< of the evaluations so far together
  std::size_t clear_ = 0;
};

}  // namespace

Result<Explanation> explain(const std::shared_ptr<const CompiledPack>& pack, const PackIdentity& identity,
                            const document::Document& document, const ExplainRequest& request) {
  const auto date = as_of_date(document, request.as_of);
  if (!date.ok()) return date.error();
  const CompiledCriterion* criterion = find_criterion(*pack, request.criterion, *date);
  if (criterion == nullptr) return no_criterion(*pack, request.criterion);
  Explanation made;
  made.declaration_id = document.id();
  made.declaration_digest = digest_of(document);
  made.pack = identity;
  made.as_of = *date;
  made.criterion = std::shared_ptr<const CriterionInfo>(pack, &criterion->source.info);
  if (!criterion->source.info.effective.contains(*date)) {
    made.outcome = "not_in_force";
    return made;
  }
  DocumentView view(*pack, document, *date);
  std::uint64_t spent = 0;
  const auto outcome = evaluate(*criterion, view, {}, spent);
  if (!outcome.ok()) return outcome.error();
  made.outcome = criteria::to_string(outcome->outcome());
  for (const MissingArray& array : view.elements(criterion->each).missing) {
    if (!request.at.empty()) break;
    const auto& missing = outcome->missing;
    if (std::find(missing.begin(), missing.end(), array.pointer) != missing.end()) made.missing.push_back(array.pointer);
  }
  if (!Explainer(*criterion, view, made).run(request.at)) {
    return Error{.code = ErrorCode::not_found,
                 .message = "criterion " + criterion->source.info.key() + " is not evaluated at " + request.at + "; it goes over " +
                            (criterion->source.each.empty() ? "the declaration as a whole" : criterion->source.each)};
  }
  add_changes({*pack, document.root(), *date}, *criterion, request.at, made);
  return made;
}

}  // namespace greenlane::screening
