#include "client/pack_index.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace greenlane::client {
namespace {

bool is_before(const IndexedPack& pack, std::string_view id, std::int64_t revision) noexcept {
  return std::tie(pack.pack.id, pack.pack.revision) < std::tuple(id, revision);
}

}  // namespace

bool is_pack_id(std::string_view text) noexcept {
  const auto letter_or_digit = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  bool after_letter = false;
  for (const char c : text) {
    if (!letter_or_digit(c) && (!after_letter || (c != '.' && c != '-'))) return false;
    after_letter = letter_or_digit(c);
  }
  return after_letter && text.size() <= 64;
}

Result<MetadataSet> set_of(const std::vector<trust::RoleState>& roles, std::int64_t number) {
  MetadataSet set{.number = number};
  std::size_t known = 0;
  for (const trust::RoleState& role : roles) {
    for (auto [name, version] : {std::pair{"root", &set.root}, {"timestamp", &set.timestamp}, {"snapshot", &set.snapshot}, {"targets", &set.targets}}) {
      if (role.role != name) continue;
      *version = role.version;
      ++known;
    }
  }
  if (known == 4) return set;
  return Error{.code = ErrorCode::not_trusted, .message = "the authority's metadata is not all there, or does not verify any more"};
}

const IndexedPack* PackIndex::find(std::string_view id, std::int64_t revision) const noexcept {
  const auto at = std::lower_bound(packs.begin(), packs.end(), revision, [id](const IndexedPack& pack, std::int64_t number) { return is_before(pack, id, number); });
  return at != packs.end() && at->pack.id == id && at->pack.revision == revision ? &*at : nullptr;
}

IndexedPack* PackIndex::active(std::string_view id) noexcept {
  const auto at = std::find_if(packs.begin(), packs.end(), [id](const IndexedPack& pack) { return pack.pack.id == id && !pack.pack.superseded_at; });
  return at != packs.end() ? &*at : nullptr;
}

const MetadataSet* PackIndex::set(std::int64_t number) const noexcept {
  const auto at = std::find_if(sets.begin(), sets.end(), [number](const MetadataSet& set) { return set.number == number; });
  return at != sets.end() ? &*at : nullptr;
}

void PackIndex::activate(IndexedPack pack) {
  if (IndexedPack* before = active(pack.pack.id)) before->pack.superseded_at = pack.pack.activated_at;
  const auto at = std::lower_bound(packs.begin(), packs.end(), pack.pack.revision,
                                   [&pack](const IndexedPack& other, std::int64_t revision) { return is_before(other, pack.pack.id, revision); });
  packs.insert(at, std::move(pack));
}

void PackIndex::refuse(Refusal refusal) {
  const auto same = [&refusal](const Refusal& other) {
    return other.target == refusal.target && other.digest == refusal.digest && other.error.code == refusal.error.code && other.error.message == refusal.error.message;
  };
  if (const auto before = std::find_if(refusals.begin(), refusals.end(), same); before != refusals.end()) {
    refusal.first_at = before->first_at;
    refusals.erase(before);
  }
  refusals.push_back(std::move(refusal));
  if (refusals.size() > max_refusals) refusals.erase(refusals.begin());
}

void PackIndex::drop_unused_sets() {
  const std::int64_t latest = sets.empty() ? 0 : sets.back().number;
  std::erase_if(sets, [&](const MetadataSet& set) {
    return set.number != latest && std::none_of(packs.begin(), packs.end(), [&set](const IndexedPack& pack) { return pack.set == set.number; });
  });
}

}  // namespace greenlane::client
