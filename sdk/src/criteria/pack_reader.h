// Reads a built pack.
#pragma once

#include <string_view>

#include "base/json.h"
#include "criteria/pack_model.h"
#include "greenlane/result.h"

namespace greenlane::criteria {

/// Ceilings for a pack's JSON: 64 MiB, 20 million values.
json::Limits pack_limits() noexcept;

/// Validates `pack` against the schema of greenlane.criteria/1 and reads it. The error has a pointer.
Result<PackSource> read_pack(const json::Value& pack);

}  // namespace greenlane::criteria
