// Looking at a home's criteria.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "client/home_paths.h"
#include "greenlane/criteria_status.h"
#include "greenlane/result.h"
#include "trust/publication_log.h"

namespace greenlane::client {

Result<CriteriaStatus> criteria_status(const HomePaths& paths, const std::string& gateway, std::chrono::sys_seconds now);

/// The publication log as this home has seen it. Keys that are compromised count only where `own`: for what was verified here.
/// Errors: not_found before the first update; not_trusted.
Result<trust::PublicationLog> seen_log(const HomePaths& paths, std::chrono::sys_seconds now, bool own);

Result<PublicationProof> publication_proof(const HomePaths& paths, std::chrono::sys_seconds now, std::string_view id, std::int64_t revision);
Result<void> compare_checkpoint(const HomePaths& paths, std::chrono::sys_seconds now, std::string_view note);

}  // namespace greenlane::client
