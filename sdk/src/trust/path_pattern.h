// Which target paths a delegation is for.
#pragma once

#include <string_view>

namespace greenlane::trust {

/// Whether `path` fits `pattern`, in which '?' stands for one character and '*' for any number of them, neither for '/'. Everything else
/// stands for itself. Takes at most as many steps as the product of their lengths.
bool matches_pattern(std::string_view pattern, std::string_view path) noexcept;

}  // namespace greenlane::trust
