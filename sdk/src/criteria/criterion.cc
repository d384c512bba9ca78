#include "greenlane/criterion.h"

namespace greenlane {

std::string_view to_string(Level level) noexcept {
  constexpr std::array<std::string_view, 4> names = {"none", "low", "medium", "high"};
  return names[static_cast<std::size_t>(level)];
}

std::string_view lane(Level level) noexcept {
  constexpr std::array<std::string_view, 4> names = {"green", "green", "yellow", "red"};
  return names[static_cast<std::size_t>(level)];
}

}  // namespace greenlane
