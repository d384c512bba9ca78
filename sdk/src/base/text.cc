#include "base/text.h"

#include <algorithm>

namespace greenlane::text {
namespace {

constexpr std::size_t kLongestKey = 128;  // bytes; longer keys get no suggestion

template <typename Text>
std::string_view nearest_of(std::string_view key, std::span<const Text> candidates) {
  if (key.empty() || key.size() > kLongestKey) return {};
  const std::size_t limit = std::max<std::size_t>(1, key.size() / 3);
  std::string_view best;
  std::size_t best_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(key.size(), candidate.size());
    if (longer - std::min(key.size(), candidate.size()) >= best_distance) continue;
    const std::size_t distance = edit_distance(key, candidate);
    if (distance >= best_distance || distance >= longer) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

template <typename Text>
std::string join_all(std::span<const Text> parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Rows of the table of distances between prefixes: for i-2, i-1 and i bytes of `a`.
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string_view nearest(std::string_view key, std::span<const std::string_view> candidates) {
  return nearest_of(key, candidates);
}

std::string_view nearest(std::string_view key, std::span<const std::string> candidates) {
  return nearest_of(key, candidates);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string collapsed(std::string_view text) {
  std::string made;
  for (const char c : trim(text)) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (!blank) made += c;
    if (blank && made.back() != ' ') made += ' ';
  }
  return made;
}

std::string join(std::span<const std::string_view> parts, std::string_view separator) {
  return join_all(parts, separator);
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  return join_all(parts, separator);
}

std::string shortened(std::string_view text, std::size_t max_bytes) {
  static constexpr std::string_view ellipsis = "…";
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t cut = max_bytes > ellipsis.size() ? max_bytes - ellipsis.size() : 0;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0u) == 0x80u) --cut;
  return std::string(text.substr(0, cut)).append(ellipsis);
}

std::string did_you_mean(std::string_view key, std::span<const std::string_view> candidates) {
  const std::string_view near = nearest(key, candidates);
  return near.empty() ? std::string() : "; did you mean '" + std::string(near) + "'?";
}

}  // namespace greenlane::text
