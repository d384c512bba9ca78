// The packs in an authority's list of targets.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "greenlane/result.h"
#include "trust/target.h"

namespace greenlane::client {

/// Different packs of one authority.
inline constexpr std::size_t max_packs = 1'000;

struct ListedPack {
  std::string id;
  std::int64_t revision = 0;
  std::string digest;  ///< "sha256:…"
  trust::TargetInfo target;
};

struct ListedPacks {
  std::vector<ListedPack> latest;  ///< the highest revision of each, by id
  std::vector<Error> unreadable;   ///< targets among the criteria that name no pack, with their path as source
};

/// Where revision `revision` of a pack lies at every authority.
std::string pack_target(const std::string& id, std::int64_t revision);

/// Of all targets those below "criteria/". Error: limit_exceeded.
Result<ListedPacks> listed_packs(const std::vector<trust::TargetInfo>& targets);

}  // namespace greenlane::client
