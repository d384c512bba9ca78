// Arguments that several commands read alike.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "greenlane/pack.h"
#include "greenlane/result.h"

namespace greenlane::cli {

/// The packs at `paths`; at least one.
Result<std::vector<Pack>> load_packs(const std::vector<std::string>& paths);

/// A date, or none for "".
Result<std::optional<Date>> read_date(const std::string& text);

/// The level of --fail-on; none for "never".
std::optional<Level> lowest_level(const std::string& fail_on);

}  // namespace greenlane::cli
