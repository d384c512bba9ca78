// Which permitted changes clear a criterion, decide it, or lower the level of a declaration.
#pragma once

#include <string>

#include "screening/change_search.h"

namespace greenlane::screening {

/// A document and the criteria it is screened against.
struct Case {
  const criteria::CompiledPack& pack;
  const document::Node& root;
  Date as_of;
};

/// Sets after which `criterion`, which hits, hits nowhere; at the element `at` where that is not empty.
FoundSets changes_that_clear(const Case& subject, const criteria::CompiledCriterion& criterion, const std::string& at);

/// Sets of supplies after which `criterion`, which is undetermined, depends on the values supplied only.
FoundSets supplies_that_decide(const Case& subject, const criteria::CompiledCriterion& criterion, const std::string& at);

/// Sets after which no criterion of `level` or above hits.
FoundSets changes_that_lower(const Case& subject, Level level);

}  // namespace greenlane::screening
