#include <algorithm>
#include <array>

#include "greenlane/keys.h"

namespace greenlane {
namespace {

/// In the order of the enumerators, which begin with 1.
constexpr std::array<std::string_view, 5> names = {"criteria", "submission", "warning", "receipt", "checkpoint"};

}  // namespace

std::string_view to_string(KeyUse use) noexcept { return names[static_cast<std::size_t>(use) - 1]; }

std::optional<KeyUse> key_use(std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<KeyUse>(found - names.begin() + 1);
}

}  // namespace greenlane
