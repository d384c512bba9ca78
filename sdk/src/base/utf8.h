// UTF-8: checking, reading and writing code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace greenlane::utf8 {

inline constexpr std::size_t kValid = std::string_view::npos;

/// The offset of the first byte that does not belong to well-formed UTF-8 (Unicode table 3-7: no
/// overlong forms, no surrogates, nothing above U+10FFFF), or kValid.
std::size_t first_invalid(std::string_view text) noexcept;
inline bool is_valid(std::string_view text) noexcept { return first_invalid(text) == kValid; }

/// The code point at `at`, which moves behind it. REQUIRES: well-formed text, at < text.size().
char32_t decode(std::string_view text, std::size_t& at) noexcept;

/// Appends `code_point`. REQUIRES: a Unicode scalar value.
void append(std::string& out, char32_t code_point);

/// Number of code points of well-formed text.
std::size_t count(std::string_view text) noexcept;

}  // namespace greenlane::utf8
