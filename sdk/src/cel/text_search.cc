#include "cel/text_search.h"

#include <algorithm>
#include <vector>

namespace greenlane::cel {
namespace {

constexpr std::size_t npos = std::string_view::npos;
/// Up to this length comparing at every place is the faster way, and still linear.
constexpr std::size_t short_text = 16;

/// Knuth, Morris, Pratt (1977): where `wanted` begins in what is read from `text` on, or npos.
template <typename Iterator>
std::size_t first_match(Iterator text, std::size_t size, Iterator wanted, std::size_t length) {
  const auto at = [](Iterator from, std::size_t i) { return from[static_cast<std::ptrdiff_t>(i)]; };
  std::vector<std::size_t> border(length, 0);
  for (std::size_t i = 1, k = 0; i < length; ++i) {
    while (k > 0 && at(wanted, i) != at(wanted, k)) k = border[k - 1];
    if (at(wanted, i) == at(wanted, k)) ++k;
    border[i] = k;
  }
  for (std::size_t i = 0, k = 0; i < size; ++i) {
    while (k > 0 && at(text, i) != at(wanted, k)) k = border[k - 1];
    if (at(text, i) == at(wanted, k)) ++k;
    if (k == length) return i + 1 - length;
  }
  return npos;
}

}  // namespace

std::size_t find_text(std::string_view text, std::string_view wanted, std::size_t from) {
  if (wanted.size() <= short_text) return text.find(wanted, from);
  if (from > text.size() || wanted.size() > text.size() - from) return npos;
  const std::string_view rest = text.substr(from);
  const std::size_t found = first_match(rest.begin(), rest.size(), wanted.begin(), wanted.size());
  return found == npos ? npos : from + found;
}

std::size_t find_last_text(std::string_view text, std::string_view wanted, std::size_t last) {
  if (wanted.size() <= short_text) return text.rfind(wanted, last);
  if (wanted.size() > text.size()) return npos;
  const std::string_view head = text.substr(0, std::min(last, text.size() - wanted.size()) + wanted.size());
  const std::size_t found = first_match(head.rbegin(), head.size(), wanted.rbegin(), wanted.size());
  return found == npos ? npos : head.size() - found - wanted.size();
}

}  // namespace greenlane::cel
