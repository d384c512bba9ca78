#include "screening/change_search.h"

#include <algorithm>
#include <utility>

namespace greenlane::screening {
namespace {

using Positions = std::vector<std::size_t>;

/// Moves to the next combination of the same size out of `count`; false behind the last.
bool advance(Positions& set, std::size_t count) {
  for (std::size_t i = set.size(); i-- > 0;) {
    if (set[i] == count - set.size() + i) continue;
    ++set[i];
    for (std::size_t j = i + 1; j < set.size(); ++j) set[j] = set[j - 1] + 1;
    return true;
  }
  return false;
}

class Search {
 public:
  Search(const PermittedChanges& candidates, const SearchLimits& limits, const Try& attempt)
      : candidates_(candidates), limits_(limits), attempt_(attempt), count_(std::min(candidates.size(), limits.candidates)) {}

  FoundSets run() {
    out_.cut_off = count_ < candidates_.size();
    for (std::size_t size = 1; size <= std::min(limits_.changes, count_); ++size) {
      Positions set(size);
      for (std::size_t i = 0; i < size; ++i) set[i] = i;
      do {
        if (!visit(set)) {
          out_.cut_off = true;
          return std::move(out_);
        }
      } while (advance(set, count_));
    }
    return std::move(out_);
  }

 private:
  bool visit(const Positions& set) {
    const bool is_larger = std::any_of(found_.begin(), found_.end(), [&](const Positions& smaller) {
      return std::includes(set.begin(), set.end(), smaller.begin(), smaller.end());
    });
    // Passing over a set takes time, too.
    ++cost_;
    if (is_larger) return cost_ < limits_.cost;
    if (cost_ >= limits_.cost || found_.size() == limits_.sets) return false;
    Trial trial = attempt_(set, cost_);
    if (!trial.succeeds) return true;
    found_.push_back(set);
    ChangeSet made{{}, trial.depends_on.empty(), std::move(trial.depends_on)};
    for (const std::size_t position : set) made.changes.push_back(candidates_[position].change);
    out_.sets.push_back(std::move(made));
    return true;
  }

  const PermittedChanges& candidates_;
  const SearchLimits& limits_;
  const Try& attempt_;
  std::size_t count_;
  std::uint64_t cost_ = 0;
  std::vector<Positions> found_;
  FoundSets out_;
};

}  // namespace

FoundSets smallest_sets(const PermittedChanges& candidates, const SearchLimits& limits, const Try& attempt) {
  return Search(candidates, limits, attempt).run();
}

}  // namespace greenlane::screening
