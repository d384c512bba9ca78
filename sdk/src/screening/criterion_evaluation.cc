#include "screening/criterion_evaluation.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using criteria::Table;

/// Collects what the evaluations of one criterion came to.
class Evaluation {
 public:
  Evaluation(const CompiledCriterion& criterion, DocumentView& view, const Budget& budget, std::uint64_t& spent)
      : criterion_(criterion), view_(view), budget_(budget), spent_(spent) {}

  Result<CriterionOutcome> run() {
    Elements& elements = view_.elements(criterion_.each);
    for (Element& element : elements.all) {
      const bool done = over_rows(element, [&](std::size_t row) { return evaluate(element, row); });
      if (!done) return over_budget();
    }
    for (MissingArray& missing : elements.missing) {
      const bool done = over_rows(missing.element, [&](std::size_t row) { return evaluate_missing(missing, row); });
      if (!done) return over_budget();
    }
    std::sort(out_.missing.begin(), out_.missing.end());
    out_.missing.erase(std::unique(out_.missing.begin(), out_.missing.end()), out_.missing.end());
    return std::move(out_);
  }

 private:
  /// Calls `each` for every row to look at, or once where the criterion has no table; false once one is over budget.
  template <typename Each>
  bool over_rows(Element& element, Each each) {
    if (criterion_.rows == nullptr) return each(Table::no_row);
    for (const std::size_t row : rows_to_evaluate(criterion_, element, view_.as_of())) {
      element.variables.back() = criterion_.rows->row_value(row);
      if (!each(row)) return false;
    }
    return true;
  }

  /// The condition's value; nullopt over budget.
  std::optional<cel::Value> value_of(const Element& element, std::vector<const std::string*>& lists) {
    const criteria::EvaluationHost host{view_.as_of(), &lists};
    const std::uint64_t left = std::min(budget_.criterion - cost_, budget_.declaration - spent_);
    cel::Evaluation made = criterion_.when.evaluate({element.variables, &host}, std::max<std::uint64_t>(left, 1));
    cost_ += made.cost;
    spent_ += made.cost;
    if (made.over_budget || cost_ >= budget_.criterion || spent_ >= budget_.declaration) return std::nullopt;
    return std::move(made.value);
  }

  bool evaluate(const Element& element, std::size_t row) {
    std::vector<const std::string*> lists;
    const auto value = value_of(element, lists);
    if (!value) return false;
    if (value->is_true()) {
      if (out_.hits.size() == budget_.findings) return false;
      out_.hits.push_back({&element, row, std::move(lists)});
    } else if (const auto* unknown = value->get_if<cel::Undetermined>()) {
      out_.missing.insert(out_.missing.end(), unknown->missing->begin(), unknown->missing->end());
    } else if (!value->is_false() && out_.error.empty()) {
      out_.error = error_of(*value);
    }
    return true;
  }

  /// Nobody knows whether there are elements; only a condition that is false for any of them is decided.
  bool evaluate_missing(const MissingArray& missing, std::size_t) {
    std::vector<const std::string*> lists;
    const auto value = value_of(missing.element, lists);
    if (!value) return false;
    if (!value->is_false()) out_.missing.push_back(missing.pointer);
    return true;
  }

  Error over_budget() const {
    return out_.hits.size() == budget_.findings ? too_many_findings(criterion_, budget_) : too_costly(criterion_, budget_);
  }

  const CompiledCriterion& criterion_;
  DocumentView& view_;
  const Budget& budget_;
  std::uint64_t& spent_;
  std::uint64_t cost_ = 0;
  CriterionOutcome out_;
};

}  // namespace

Error too_many_findings(const CompiledCriterion& criterion, const Budget& budget) {
  return {.code = ErrorCode::limit_exceeded,
          .message = "with criterion " + criterion.source.info.key() + " there are more findings than the " +
                     std::to_string(budget.findings) + " that one declaration may have; its condition should name what it looks for"};
}

Error too_costly(const CompiledCriterion& criterion, const Budget& budget) {
  return {.code = ErrorCode::limit_exceeded,
          .message = "criterion " + criterion.source.info.key() + " costs more than its budget on this declaration (" +
                     std::to_string(budget.criterion) + " units a criterion, " + std::to_string(budget.declaration) +
                     " a declaration); the pack's author should narrow its condition"};
}

std::string error_of(const cel::Value& value) {
  if (const auto* error = value.get_if<cel::ErrorValue>()) return *error->message;
  return "the condition gives " + cel::show(value) + ", which is neither true nor false";
}

std::vector<std::size_t> rows_to_evaluate(const CompiledCriterion& criterion, const Element& element, Date as_of) {
  const Table& table = criterion.rows->table();
  std::vector<std::size_t> rows;
  const auto add = [&](std::size_t row) {
    if (table.in_force(row, as_of)) rows.push_back(row);
  };
  if (criterion.row_access) {
    const criteria::EvaluationHost host{as_of, nullptr};
    const cel::Value key = cel::evaluate(*criterion.row_access->key, {element.variables, &host}).value;
    // With an unknown key every row might match, so that all are looked at.
    if (const auto cell = key.is_known() ? criteria::to_cell(key) : std::nullopt) {
      for (const std::uint32_t row : table.rows_with(criterion.row_access->column, *cell, criterion.row_access->by_prefix)) add(row);
      return rows;
    }
  }
  for (std::size_t row = 0; row < table.size(); ++row) add(row);
  return rows;
}

Result<CriterionOutcome> evaluate(const CompiledCriterion& criterion, DocumentView& view, const Budget& budget, std::uint64_t& spent) {
  return Evaluation(criterion, view, budget, spent).run();
}

}  // namespace greenlane::screening
