// One criterion over one document.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "criteria/compiled_pack.h"
#include "greenlane/result.h"
#include "screening/document_view.h"

namespace greenlane::screening {

/// Ceilings of the work on one declaration, in cost units (docs/criteria-language.md).
struct Budget {
  std::uint64_t criterion = 100'000'000;
  std::uint64_t declaration = 500'000'000;
  std::size_t findings = 100'000;  ///< of one declaration
};

struct Hit {
  const Element* element = nullptr;
  std::size_t row = criteria::Table::no_row;
  std::vector<const std::string*> lists;
};

/// The variables of an element, with the row in its place where there is one.
class RowVariables {
 public:
  RowVariables(const criteria::CompiledCriterion& criterion, const Element& element, std::size_t row) : variables_(element.variables) {
    if (criterion.rows == nullptr) return;
    own_ = element.variables;
    own_.back() = criterion.rows->row_value(row);
    variables_ = own_;
  }
  std::span<const cel::Value> get() const noexcept { return variables_; }

 private:
  Few<cel::Value, criteria::max_variables> own_;
  std::span<const cel::Value> variables_;
};

struct CriterionOutcome {
  std::vector<Hit> hits;             ///< in the order of elements, then rows
  std::vector<std::string> missing;  ///< sorted, unique
  std::string error;                 ///< the first evaluation error; "" for none
  bool undetermined() const noexcept { return !missing.empty() || !error.empty(); }
  criteria::Outcome outcome() const noexcept {
    if (!hits.empty()) return criteria::Outcome::hit;
    return undetermined() ? criteria::Outcome::undetermined : criteria::Outcome::clear;
  }
};

/// Evaluates `criterion` over all its elements and rows. `spent` grows by the cost. The error is
/// limit_exceeded and names the criterion.
Result<CriterionOutcome> evaluate(const criteria::CompiledCriterion& criterion, DocumentView& view, const Budget& budget,
                                  std::uint64_t& spent);

/// The error for a declaration with more findings than it may have.
Error too_many_findings(const criteria::CompiledCriterion& criterion, const Budget& budget);

/// The error for a criterion that costs more than its budget on one declaration.
Error too_costly(const criteria::CompiledCriterion& criterion, const Budget& budget);

/// Why a condition that is neither true, false nor undetermined could not be computed.
std::string error_of(const cel::Value& value);

/// Rows of a criterion's table to look at for one element: those in force, found by index where possible.
std::vector<std::size_t> rows_to_evaluate(const criteria::CompiledCriterion& criterion, const Element& element, Date as_of);

}  // namespace greenlane::screening
