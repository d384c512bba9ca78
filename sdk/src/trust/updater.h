// Follows an authority's TUF repository (specification 1.0.34, section 5, in its order).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/verified.h"
#include "greenlane/result.h"
#include "trust/source.h"
#include "trust/target.h"
#include "trust/trust_store.h"

namespace greenlane::trust {

/// Ceilings (bytes, counts) of one update.
struct UpdateLimits {
  std::size_t root_bytes = 512'000;
  std::size_t timestamp_bytes = 16'384;
  std::size_t snapshot_bytes = 2'000'000;
  std::size_t targets_bytes = 5'000'000;
  std::size_t target_file_bytes = std::size_t{64} << 20;
  std::size_t root_rotations = 1'024;  ///< in one update
  std::size_t delegated_roles = 32;    ///< visited in one search
  std::size_t delegation_depth = 4;    ///< below the top-level targets
};

/// Until when the roles have said that their metadata holds, and their versions; of roles that are not there yet: none.
struct RoleState {
  std::string role;
  std::int64_t version = 0;
  std::chrono::sys_seconds expires;
};

/// The store holds the root that was pinned, or a later one. One thread.
class Updater {
 public:
  /// `store` and `source` must outlive the updater; `now` stands for the whole update. Errors: not_trusted, where the store's root is not
  /// signed by its own keys; invalid_document, invalid_json, invalid_encoding, limit_exceeded, where it is no root; io.
  static Result<Updater> open(TrustStore& store, Source& source, std::chrono::sys_seconds now, const UpdateLimits& limits = {});
  /// Checks the first root by its own threshold, whatever its date, and saves it. Errors: those of open().
  static Result<void> pin_root(TrustStore& store, std::string_view root);

  Updater(Updater&&) noexcept;
  Updater& operator=(Updater&&) noexcept;
  ~Updater();

  /// Root, timestamp, snapshot and targets. What verified before an error stays saved; load_trusted() shows what of it is still of use. Errors:
  /// not_trusted, with the role in `source`; unreachable; invalid_document, invalid_json, invalid_encoding; limit_exceeded; io.
  Result<void> refresh();
  /// Verifies what the store holds without asking the source and whatever its date: for the state of things and for files that were
  /// fetched before, not for new ones. What is not there or does not verify is left out. Error: io.
  Result<void> load_trusted();

  /// The target at `path`, looked for through the delegations in their order; none where nobody lists it. After refresh(), delegated metadata
  /// that is not there yet is fetched; after load_trusted() it is taken as it is in the store. Errors: those of refresh(); not_trusted, where
  /// there are no trusted targets; limit_exceeded, where the search is longer or deeper than the limits.
  Result<std::optional<TargetInfo>> find(std::string_view path);
  /// All targets of the top-level role; none before they are trusted.
  const std::vector<TargetInfo>& targets() const noexcept;
  /// Fetches the file and checks length and hashes. REQUIRES a target of targets() or find() since the last refresh(). Errors: not_trusted;
  /// unreachable, also where the file is not there; limit_exceeded; invalid_argument for any other target.
  Result<Verified<TargetFile>> download(const TargetInfo& target);
  /// The same for bytes that are there already, such as a file kept from before; also after load_trusted().
  Result<Verified<TargetFile>> check(const TargetInfo& target, std::string bytes) const;

  /// root, timestamp, snapshot, targets, as far as they are trusted. After load_trusted() the targets may be those of an earlier update
  /// than the timestamp, where an update was cut off between the two.
  std::vector<RoleState> roles() const;

 private:
  struct State;
  explicit Updater(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace greenlane::trust
