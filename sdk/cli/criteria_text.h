// What people read of published criteria.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "console.h"
#include "greenlane/criteria_status.h"

namespace greenlane::cli {

std::string status_text(const Console& console, const CriteriaStatus& status);
std::string update_text(const Console& console, const CriteriaUpdate& update);
std::string kept_text(const Console& console, const std::vector<KeptPack>& packs);

/// The freshness of a pack, with what it means; short where it is fresh.
std::string freshness_words(const Console& console, std::string_view freshness);

}  // namespace greenlane::cli
