#include "trust/path_pattern.h"

namespace greenlane::trust {
namespace {

/// Bytes of the character that begins at `at`; REQUIRES UTF-8, as JSON texts are, or at least one byte.
std::size_t character_at(std::string_view text, std::size_t at) noexcept {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) ++end;
  return end - at;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view path) noexcept {
  constexpr std::size_t none = std::string_view::npos;
  std::size_t p = 0;
  std::size_t star = none;  // in the pattern, the last one met in this part of the path
  std::size_t taken = 0;    // of the path, up to where that one reaches
  for (std::size_t t = 0; t < path.size();) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && pattern[p] == '?' && path[t] != '/') {
      ++p;
      t += character_at(path, t);
    } else if (p < pattern.size() && pattern[p] != '?' && pattern[p] == path[t]) {
      // What a star took of a part that is over stays.
      if (path[t] == '/') star = none;
      ++p;
      ++t;
    } else if (star != none && path[taken] != '/') {
      taken += character_at(path, taken);
      t = taken;
      p = star + 1;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

}  // namespace greenlane::trust
