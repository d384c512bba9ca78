// Criteria in one file, for machines without a network.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "client/bundle.h"
#include "client/home_paths.h"
#include "greenlane/result.h"

namespace greenlane::client {

/// What Bundle::open() and an update need: every root that was accepted here, the metadata of the last update, the keys, the publication
/// log, and the packs in use of `ids` (none: all), by path. Errors: not_found; not_trusted, where a file is not the one that was
/// verified; io.
Result<std::vector<BundledFile>> files_to_export(const HomePaths& paths, std::chrono::sys_seconds now, const std::vector<std::string>& ids);

}  // namespace greenlane::client
