// Packs that were taken into use, as they are loaded again: from a file whose bytes are verified in memory, and compiled from there.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/home_paths.h"
#include "client/pack_index.h"
#include "client/trusted_set.h"
#include "greenlane/date.h"
#include "greenlane/pack.h"
#include "greenlane/result.h"

namespace greenlane::client {

using ReadFile = std::function<Result<std::string>(const std::string& path, std::size_t max_bytes)>;

/// One thread.
class KeptPacks {
 public:
  /// Errors: io; invalid_document; not_trusted, where the folder of packs is older than the rest of the home. `read` is for tests.
  static Result<KeptPacks> open(const HomePaths& paths, std::chrono::sys_seconds now, ReadFile read = {});
  /// The same whatever the age of the folder: for looking at it.
  static Result<KeptPacks> open_any(const HomePaths& paths, std::chrono::sys_seconds now, ReadFile read = {});

  const PackIndex& index() const noexcept { return index_; }
  bool clock_suspect() const noexcept { return clock_suspect_; }
  Result<std::string> freshness(const IndexedPack& pack);
  /// Errors: not_trusted, where the file is not the one that was verified, or is gone.
  Result<PublishedPack> load(const IndexedPack& pack);
  Result<Verified<trust::TargetFile>> read_verified(const IndexedPack& pack);
  /// The metadata that a pack rests on. Error: not_trusted.
  Result<TrustedSet*> set(std::int64_t number);

  /// Those in use, by id.
  std::vector<const IndexedPack*> active() const;
  /// Those in use at the end of `day` (UTC), by id.
  std::vector<const IndexedPack*> known_on(Date day) const;
  /// The revision in use, or `revision`. Error: not_found.
  Result<const IndexedPack*> find(std::string_view id, std::optional<std::int64_t> revision) const;

 private:
  KeptPacks(const HomePaths& paths, std::chrono::sys_seconds now, ReadFile read) : paths_(paths), now_(now), read_(std::move(read)) {}

  HomePaths paths_;
  std::chrono::sys_seconds now_;
  ReadFile read_;
  PackIndex index_;
  bool clock_suspect_ = false;
  std::map<std::int64_t, std::unique_ptr<TrustedSet>> sets_;
};

/// Calls `work` with the kept packs; again, where an update in between has taken away what it was reading.
template <typename Work>
auto with_kept_packs(const HomePaths& paths, std::chrono::sys_seconds now, const Work& work) -> decltype(work(std::declval<KeptPacks&>())) {
  constexpr int most = 5;
  for (int tries = 1;; ++tries) {
    auto packs = KeptPacks::open(paths, now);
    if (!packs.ok()) return std::move(packs).error();
    auto outcome = work(*packs);
    if (outcome.ok() || tries == most) return outcome;
    const auto again = KeptPacks::open(paths, now);
    if (!again.ok() || again->index().generation == packs->index().generation) return outcome;
  }
}

}  // namespace greenlane::client
