// Small helpers for text.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenlane::text {

/// Edits (insert, delete, replace a byte, swap two neighbours) that make `b` of `a`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that `key` was probably meant to be ("did you mean"), the first of equally near
/// ones, or "" where none is near: at most one edit for every three bytes of the key, at least one.
std::string_view nearest(std::string_view key, std::span<const std::string_view> candidates);
std::string_view nearest(std::string_view key, std::span<const std::string> candidates);

/// "; did you mean 'X'?" for the nearest candidate, or "".
std::string did_you_mean(std::string_view key, std::span<const std::string_view> candidates);

/// UTF-8 text of at most `max_bytes`, cut between characters and ended with "…" where it is longer.
std::string shortened(std::string_view text, std::size_t max_bytes);

/// The parts of `text` between separators; one more than there are separators.
std::vector<std::string_view> split(std::string_view text, char separator);

/// Without the ASCII white space at both ends.
std::string_view trim(std::string_view text) noexcept;
/// The same, and with each run of ASCII white space within as one blank.
std::string collapsed(std::string_view text);

std::string join(std::span<const std::string_view> parts, std::string_view separator);
std::string join(std::span<const std::string> parts, std::string_view separator);

}  // namespace greenlane::text
