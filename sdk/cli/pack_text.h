// What people read of the packs that were used.
#pragma once

#include <string>
#include <vector>

#include "console.h"
#include "greenlane/pack.h"

namespace greenlane::cli {

/// What packs were used, and who has signed them.
std::string packs_text(const Console& console, const std::vector<Pack>& packs);

/// A line that says that the pack is not fresh, and what to do; "" where it is, and for local packs.
std::string freshness_text(const Console& console, const PackIdentity& pack);

}  // namespace greenlane::cli
