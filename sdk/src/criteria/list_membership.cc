#include "criteria/list_membership.h"

#include <algorithm>

namespace greenlane::criteria {
namespace {

/// The place of `set` in `sets`, added where it is not there yet; whether it is new.
std::pair<std::uint32_t, bool> number_of(const CodeSet& set, std::vector<const CodeSet*>& sets) {
  const auto found = std::find(sets.begin(), sets.end(), &set);
  const auto number = static_cast<std::uint32_t>(found - sets.begin());
  if (found != sets.end()) return {number, false};
  sets.push_back(&set);
  return {number, true};
}

}  // namespace

std::uint64_t digits_of(std::string_view code) noexcept {
  std::uint64_t digits = 0;
  for (const char c : code) digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
  return digits;
}

std::uint32_t ListMembership::add(const CodeSet& set, Dictionary& dictionary) {
  const auto [number, added] = number_of(set, sets_);
  if (added) {
    for (const std::string& element : set.elements()) members_.emplace_back(dictionary.add(element), number);
  }
  return number;
}

std::optional<std::uint32_t> ListMembership::add_prefixes(const CodeSet& set) {
  if (!std::all_of(set.elements().begin(), set.elements().end(), is_commodity_code)) return std::nullopt;
  const auto [number, added] = number_of(set, prefix_sets_);
  if (added) {
    for (const std::string& element : set.elements()) {
      prefixes_.emplace_back(prefix_key(element.size(), digits_of(element)), number);
      lengths_ |= 1u << element.size();
    }
  }
  return number;
}

void ListMembership::finish() {
  const auto tidy = [](std::vector<Pair>& pairs) {
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  };
  tidy(members_);
  tidy(prefixes_);
  const std::size_t numbers = members_.empty() ? 0 : members_.back().first + 1;
  begins_.assign(numbers + 1, 0);
  for (const auto& [code, list] : members_) ++begins_[code + 1];
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  lists_.reserve(members_.size());
  for (const auto& [code, list] : members_) lists_.push_back(list);
  members_ = {};
}

std::span<const std::uint32_t> ListMembership::lists_of(std::uint64_t code) const noexcept {
  if (code + 1 >= begins_.size()) return {};
  return std::span(lists_).subspan(begins_[code], begins_[code + 1] - begins_[code]);
}

void ListMembership::append_prefix_lists(std::string_view code, std::vector<std::uint32_t>& out) const {
  const std::size_t before = out.size();
  std::uint64_t digits = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    digits = digits * 10 + static_cast<std::uint64_t>(code[i] - '0');
    const std::size_t length = i + 1;
    if ((lengths_ >> length & 1u) == 0) continue;
    auto at = std::lower_bound(prefixes_.begin(), prefixes_.end(), Pair{prefix_key(length, digits), 0});
    for (; at != prefixes_.end() && at->first == prefix_key(length, digits); ++at) out.push_back(at->second);
  }
  const auto begin = out.begin() + static_cast<std::ptrdiff_t>(before);
  std::sort(begin, out.end());
  out.erase(std::unique(begin, out.end()), out.end());
}

std::size_t ListMembership::bytes() const noexcept {
  return begins_.capacity() * sizeof(begins_[0]) + lists_.capacity() * sizeof(lists_[0]) + prefixes_.capacity() * sizeof(Pair);
}

}  // namespace greenlane::criteria
