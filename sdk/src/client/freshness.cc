#include "client/freshness.h"

#include <algorithm>

#include "base/utc_time.h"

namespace greenlane::client {

std::string freshness_of(const std::vector<trust::RoleState>& roles, std::optional<std::chrono::sys_seconds> superseded_at, std::chrono::sys_seconds now) {
  std::optional<std::chrono::sys_seconds> stale = superseded_at;
  std::optional<std::chrono::sys_seconds> expired;
  for (const trust::RoleState& role : roles) {
    if (!has_expired(role.expires, now)) continue;
    auto& since = role.role == "root" || role.role == "targets" ? expired : stale;
    since = since ? std::min(*since, role.expires) : role.expires;
  }
  if (expired) return "expired since " + utc_text(*expired);
  return stale ? "stale since " + utc_text(*stale) : "fresh";
}

}  // namespace greenlane::client
