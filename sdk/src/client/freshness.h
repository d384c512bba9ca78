// How fresh criteria are: what the dates of the authority's metadata mean at a moment.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "trust/updater.h"

namespace greenlane::client {

/// "expired since T": root or targets, the authority's word itself, ended at T. Else "stale since T": timestamp or snapshot, which say
/// that nothing newer is out, ended at T, or the pack was superseded then. Else "fresh". T is the earliest.
std::string freshness_of(const std::vector<trust::RoleState>& roles, std::optional<std::chrono::sys_seconds> superseded_at, std::chrono::sys_seconds now);

/// Metadata holds until the second before its date (TUF 1.0.34, 5.3.10).
inline bool has_expired(std::chrono::sys_seconds expires, std::chrono::sys_seconds now) noexcept { return expires <= now; }

}  // namespace greenlane::client
