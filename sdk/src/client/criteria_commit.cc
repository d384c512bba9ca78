// How an update becomes durable.
#include <algorithm>
#include <utility>

#include "client/criteria_updater.h"
#include "client/trusted_set.h"

namespace greenlane::client {

Result<void> CriteriaUpdater::commit() {
  for (const auto write : steps_) {
    if (auto written = (this->*write)(); !written.ok()) return written;
  }
  remove_other_sets(paths_, index_);
  return {};
}

Result<void> CriteriaUpdater::write_packs() {
  for (const NewPack& pack : new_packs_) {
    if (auto written = replace_file(pack.path, pack.path + ".new", pack.bytes, true); !written.ok()) return written;
  }
  return {};
}

/// The metadata becomes a set of its own, unless it is that of the last update and still there.
Result<void> CriteriaUpdater::write_metadata() {
  MetadataSet set = authority_.versions();
  set.number = index_.generation;
  if (!index_.sets.empty() && index_.sets.back().same_versions(set)) {
    const auto kept = TrustedSet::open(paths_, index_.sets.back());
    if (kept.ok() && (*kept)->keys().ok()) set.number = index_.sets.back().number;
  }
  if (set.number == index_.generation) {
    if (auto written = write_set(paths_, set, authority_.store(), authority_.key_list()); !written.ok()) return written;
    index_.sets.push_back(set);
  }
  const auto& targets = authority_.updater().targets();
  for (IndexedPack& pack : index_.packs) {
    const auto lists = [&pack](const trust::TargetInfo& target) {
      return target.path == pack.pack.target && std::count(target.hashes.begin(), target.hashes.end(), std::pair<std::string, std::string>("sha256", pack.pack.digest.substr(7))) != 0;
    };
    if (std::any_of(targets.begin(), targets.end(), lists)) pack.set = set.number;
  }
  index_.drop_unused_sets();
  index_.updated_at = now_;
  index_.checkpoint = authority_.log().note();
  index_.failed.reset();
  return {};
}

Result<void> CriteriaUpdater::write_index() { return replace_file(paths_.index(), paths_.index() + ".new", index_.to_json(), true); }

Result<void> CriteriaUpdater::write_generation() {
  return replace_file(paths_.generation(), paths_.generation() + ".new", std::to_string(index_.generation) + "\n", true);
}

}  // namespace greenlane::client
