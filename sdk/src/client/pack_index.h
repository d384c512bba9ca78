// packs/index.json: which packs are and were in use, and on what they rest (greenlane.pack_index/1). Replacing it is the one moment in
// which anything changes.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/criteria_status.h"
#include "greenlane/result.h"
#include "trust/updater.h"

namespace greenlane::client {

/// The metadata of an authority as it was after an update, kept in a folder of that number.
struct MetadataSet {
  std::int64_t number = 0;
  /// Versions.
  std::int64_t root = 0, timestamp = 0, snapshot = 0, targets = 0;

  bool same_versions(const MetadataSet& other) const noexcept {
    return root == other.root && timestamp == other.timestamp && snapshot == other.snapshot && targets == other.targets;
  }
};

/// Whether `text` may be the id of a pack: lower-case letters and digits, in parts joined by '.' or '-', at most 64 in all.
bool is_pack_id(std::string_view text) noexcept;

/// The versions of `roles`. Error: not_trusted, where one of the four is not there.
Result<MetadataSet> set_of(const std::vector<trust::RoleState>& roles, std::int64_t number);

struct IndexedPack {
  KeptPack pack;
  std::int64_t set = 0;  ///< the last metadata that lists it
};

struct PackIndex {
  /// Refusals that are kept, the latest ones.
  static constexpr std::size_t max_refusals = 100;

  std::int64_t generation = 0;  ///< one more with each change; 0: nothing was written yet
  std::optional<std::chrono::sys_seconds> updated_at;
  std::vector<MetadataSet> sets;    ///< by number; the last one is that of updated_at
  std::string checkpoint;           ///< note of the publication log, as of updated_at
  std::vector<IndexedPack> packs;   ///< by id and revision
  std::optional<FailedUpdate> failed;
  std::vector<Refusal> refusals;    ///< the latest last

  const IndexedPack* find(std::string_view id, std::int64_t revision) const noexcept;
  IndexedPack* active(std::string_view id) noexcept;
  const IndexedPack* active(std::string_view id) const noexcept { return const_cast<PackIndex*>(this)->active(id); }
  const MetadataSet* set(std::int64_t number) const noexcept;
  /// Takes `pack` into use in place of the one in use.
  void activate(IndexedPack pack);
  /// A refusal that is there already gets a new last_at.
  void refuse(Refusal refusal);
  /// Forgets metadata that no pack rests on, but for the latest.
  void drop_unused_sets();

  std::string to_json() const;
  /// Errors: invalid_json, invalid_document, with `source`.
  static Result<PackIndex> read(std::string_view json, const std::string& source);
};

}  // namespace greenlane::client
