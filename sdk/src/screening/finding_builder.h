// From a hit to the finding that people read.
#pragma once

#include <memory>

#include "criteria/compiled_pack.h"
#include "greenlane/assessment.h"
#include "screening/criterion_evaluation.h"

namespace greenlane::screening {

Finding build_finding(const criteria::CompiledCriterion& criterion, std::shared_ptr<const CriterionInfo> info, const Hit& hit, Date as_of);

/// Makes `out` the message with its values; the title where nothing comes out, since a finding without words helps nobody.
void render(const criteria::MessageTemplate& message, const Element& element, const cel::Activation& activation, std::string_view language,
            const std::string& title, std::string& out);

/// Names of the lists in which something was found, in byte order, each once.
std::vector<std::string> list_names(const Hit& hit);

/// A table's row with its values as text.
MatchedRow matched_row(const criteria::Table& table, std::size_t row);

}  // namespace greenlane::screening
