// The parts of greenlane.assessment/1, in the order in which they stand there.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/assessment.h"
#include "screening/json_writer.h"

namespace greenlane::screening {

void write_source(JsonWriter& out, const Source& source);

/// Opens a finding: from its criterion to its title.
void write_finding_head(JsonWriter& out, const CriterionInfo& criterion);
void write_message(JsonWriter& out, std::string_view en, std::string_view zh);
/// Legal basis and remedies.
void write_finding_advice(JsonWriter& out, const CriterionInfo& criterion);
void write_place(JsonWriter& out, const Place& place);
/// The member `lists`, where there are any.
void write_lists(JsonWriter& out, const std::vector<std::string>& lists);

void write_undetermined(JsonWriter& out, const CriterionInfo& criterion, const std::vector<std::string>& missing, std::string_view error);
/// The member `coverage`.
void write_coverage(JsonWriter& out, const std::array<Coverage, domains.size()>& coverage);

}  // namespace greenlane::screening
