// Near misses of all criteria of a pack, and what lowers the level of a declaration.
#pragma once

#include "greenlane/assessment.h"
#include "screening/change_effects.h"

namespace greenlane::screening {

/// What `screen --why` adds to an assessment of `level`. Pure.
Why why(const std::shared_ptr<const criteria::CompiledPack>& pack, const document::Document& document, const Assessment& assessment);

}  // namespace greenlane::screening
