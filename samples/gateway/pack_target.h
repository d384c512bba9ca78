// Where packs are among the targets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace greenlane::gateway {

struct PackTarget {
  std::string pack;
  std::int64_t revision = 0;
};

/// "criteria/PACK/REVISION.json"
std::string target_path(const PackTarget& target);
/// What such a path says, or none.
std::optional<PackTarget> pack_target(std::string_view path);

}  // namespace greenlane::gateway
