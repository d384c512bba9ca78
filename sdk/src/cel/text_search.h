// Search in texts in time that grows with their lengths, whatever they hold.
#pragma once

#include <cstddef>
#include <string_view>

namespace greenlane::cel {

/// The first byte at or behind `from` where `wanted` begins, or npos.
std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from = 0);

/// The last byte at or before `last` where `wanted` begins, or npos.
std::size_t find_last_text(std::string_view text, std::string_view wanted, std::size_t last = std::string_view::npos);

}  // namespace greenlane::cel
