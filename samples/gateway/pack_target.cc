#include "pack_target.h"

#include <charconv>

#include "base/text.h"

namespace greenlane::gateway {

std::string target_path(const PackTarget& target) { return "criteria/" + target.pack + "/" + std::to_string(target.revision) + ".json"; }

std::optional<PackTarget> pack_target(std::string_view path) {
  const auto parts = text::split(path, '/');
  if (parts.size() != 3) return std::nullopt;
  PackTarget target{std::string(parts[1]), 0};
  std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), target.revision);
  // One spelling of each path.
  return target.revision >= 0 && target_path(target) == path ? std::optional(std::move(target)) : std::nullopt;
}

}  // namespace greenlane::gateway
