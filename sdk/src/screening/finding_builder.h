// From a hit to the finding that people read.
#pragma once

#include <memory>

#include "criteria/compiled_pack.h"
#include "greenlane/assessment.h"
#include "screening/criterion_evaluation.h"

namespace greenlane::screening {

Finding build_finding(const criteria::CompiledCriterion& criterion, std::shared_ptr<const CriterionInfo> info, const Hit& hit, Date as_of);

/// A table's row with its values as text.
MatchedRow matched_row(const criteria::Table& table, std::size_t row);

}  // namespace greenlane::screening
