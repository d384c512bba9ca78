// What stands between a compiled pack and its use.
#pragma once

#include <optional>
#include <vector>

#include "criteria/compiled_pack.h"
#include "greenlane/result.h"

namespace greenlane::client {

/// Runs the pack's own tests. The error names the criterion of the first that fails, as source; none where all pass.
std::optional<Error> failed_tests(const criteria::CompiledPack& pack);

/// The first issue that is a mistake, or none.
std::optional<Error> first_mistake(const std::vector<criteria::PackIssue>& issues);

}  // namespace greenlane::client
