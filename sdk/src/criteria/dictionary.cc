#include "criteria/dictionary.h"

#include "base/hash.h"

namespace greenlane::criteria {
namespace {

constexpr std::size_t least_slots = 16;

std::uint32_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

std::string_view Dictionary::text_of(std::uint32_t number) const noexcept {
  const std::size_t index = number - first;
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(texts_).substr(begin, ends_[index] - begin);
}

/// The slot that holds `text`, or the empty one where it belongs.
std::size_t Dictionary::place_of(std::string_view text, std::uint64_t hash) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].number != 0 && (slots_[at].tag != tag_of(hash) || text_of(slots_[at].number) != text)) at = (at + 1) & mask;
  return at;
}

void Dictionary::grow() {
  slots_.assign(slots_.empty() ? least_slots : slots_.size() * 2, {});
  for (std::size_t i = 0; i < ends_.size(); ++i) {
    const auto number = static_cast<std::uint32_t>(first + i);
    const std::uint64_t hash = hash_of(text_of(number));
    slots_[place_of(text_of(number), hash)] = {tag_of(hash), number};
  }
}

std::uint32_t Dictionary::add(std::string_view text) {
  if ((ends_.size() + 1) * 2 > slots_.size()) grow();
  const std::uint64_t hash = hash_of(text);
  Slot& slot = slots_[place_of(text, hash)];
  if (slot.number != 0) return slot.number;
  texts_ += text;
  ends_.push_back(static_cast<std::uint32_t>(texts_.size()));
  slot = {tag_of(hash), static_cast<std::uint32_t>(first + ends_.size() - 1)};
  return slot.number;
}

std::uint32_t Dictionary::find(std::string_view text) const noexcept {
  if (slots_.empty()) return other;
  const Slot& slot = slots_[place_of(text, hash_of(text))];
  return slot.number == 0 ? other : slot.number;
}

std::size_t Dictionary::bytes() const noexcept {
  return slots_.capacity() * sizeof(Slot) + texts_.capacity() + ends_.capacity() * sizeof(ends_[0]);
}

}  // namespace greenlane::criteria
