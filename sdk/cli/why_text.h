// Near misses and permitted changes as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "console.h"
#include "greenlane/explanation.h"

namespace greenlane::cli {

/// How far one evaluation is from its other outcome; "" where nothing can be said.
std::string margin_text(const Console& console, const ExplainedEvaluation& evaluation);

/// Sets of changes under `heading`.
std::string changes_text(const Console& console, std::string_view heading, const std::vector<ChangeSet>& sets, bool omitted);

/// What `screen --why` adds.
std::string why_text(const Console& console, const Assessment& assessment);

}  // namespace greenlane::cli
