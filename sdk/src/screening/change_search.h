// The smallest sets of permitted changes that have an effect.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "screening/permitted_changes.h"

namespace greenlane::screening {

/// Bounds of one search.
struct SearchLimits {
  std::size_t changes = 4;      ///< in a set
  std::size_t sets = 20;
  std::size_t candidates = 64;  ///< changes that are tried
  std::uint64_t cost = 15'000;  ///< units, of all trials together
};

/// What a set of changes came to.
struct Trial {
  bool succeeds = false;
  std::vector<std::string> depends_on;  ///< sorted; empty = certain
};

/// A trial of some of the candidates, by their positions; its cost is added to `cost`.
using Try = std::function<Trial(std::span<const std::size_t> changes, std::uint64_t& cost)>;

struct FoundSets {
  std::vector<ChangeSet> sets;  ///< by size, then in the order of the candidates
  bool cut_off = false;
};

/// Every set that succeeds while none of its proper subsets does. The empty set is taken not to.
FoundSets smallest_sets(const PermittedChanges& candidates, const SearchLimits& limits, const Try& attempt);

}  // namespace greenlane::screening
