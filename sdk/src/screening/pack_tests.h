// Runs the tests that criteria bring along.
#pragma once

#include <string>
#include <vector>

#include "criteria/compiled_pack.h"
#include "greenlane/pack.h"

namespace greenlane::screening {

/// Every test of every criterion, by id, version and place.
std::vector<PackTestResult> run_pack_tests(const criteria::CompiledPack& pack);

}  // namespace greenlane::screening
