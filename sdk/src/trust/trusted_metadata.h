// What is trusted of a TUF repository, and how it grows: the client workflow of specification 1.0.34, section 5, without fetching and
// keeping. It is handed bytes in the order of the workflow, and one time for all of it.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/result.h"
#include "trust/metadata.h"

namespace greenlane::trust {

/// How much is asked of targets.
enum class Standing {
  current,   ///< what the snapshot lists, and not expired
  recalled,  ///< kept from before: no newer than what the snapshot lists, whatever its date
};

/// A refused file changes nothing. Errors: not_trusted, with the role as source; those of reading metadata. One thread.
class TrustedMetadata {
 public:
  /// From a root that is trusted already (5.2); it must have signed itself. Its date does not matter yet.
  static Result<TrustedMetadata> start(std::string_view root, std::chrono::sys_seconds now);

  const Root& root() const noexcept { return root_; }
  const std::optional<Timestamp>& timestamp() const noexcept { return timestamp_; }
  const std::optional<Snapshot>& snapshot() const noexcept { return snapshot_; }
  const std::optional<Targets>& targets() const noexcept { return targets_; }

  /// What a new root means for what was kept.
  enum class RootChange { plain, keys_withdrawn };
  /// The root after the present one (5.3.4 to 5.3.7). `keys_withdrawn`: the timestamp's or the snapshot's keys were rotated, so that
  /// what is kept of both must go (5.3.11).
  Result<RootChange> take_root(std::string_view bytes);
  /// After the last root: it must not have expired (5.3.10).
  Result<void> finish_roots() const;

  /// The timestamp as it was kept, to compare with; whatever its date. Where a later root asks for more signatures than it has, it is
  /// refused, and still counts against a rollback.
  Result<void> recall_timestamp(std::string_view bytes);
  enum class TimestampChange { newer, same };
  /// A fetched timestamp (5.4). `same`: the version is that of the one before, which stays; what was fetched is not to be kept.
  Result<TimestampChange> take_timestamp(std::string_view bytes);

  /// The snapshot as it was kept, to compare with, as recall_timestamp(). REQUIRES timestamp().
  Result<void> recall_snapshot(std::string_view bytes);
  /// Whether that is the one the timestamp names, so that no other needs to be fetched.
  bool has_current_snapshot() const;
  /// A fetched snapshot (5.5). REQUIRES timestamp().
  Result<void> take_snapshot(std::string_view bytes);

  /// The top-level targets, fetched or kept (5.6). REQUIRES snapshot().
  Result<void> take_targets(std::string_view bytes, Standing standing);

  /// A delegated role, signed as `delegation` asks, whatever other delegations to the same role ask. REQUIRES snapshot(). The pointer
  /// holds until the role is taken again.
  Result<const Targets*> take_delegated(const Delegation& delegation, std::string_view bytes, Standing standing);
  /// One that was taken before, if it is signed as `delegation` asks, too; else null.
  const Targets* find_delegated(const Delegation& delegation) const;

 private:
  TrustedMetadata(Root root, std::chrono::sys_seconds now);
  Result<void> check_expiry(std::string_view role, const Metadata& metadata) const;
  Result<void> check_no_rollback(const Timestamp& next) const;
  Result<void> check_no_rollback(const Snapshot& next) const;
  Result<Targets> read_listed(std::string_view role, const RoleKeys& keys, std::string_view bytes, Standing standing) const;

  std::chrono::sys_seconds now_;
  Root root_;
  std::optional<Timestamp> timestamp_, former_timestamp_;  ///< the former ones: signed, but not by as many as are asked for now
  std::optional<Snapshot> snapshot_, former_snapshot_;
  bool snapshot_is_named_ = false;  ///< by the timestamp, with version, length and digests
  std::optional<Targets> targets_;
  std::map<std::string, Targets, std::less<>> delegated_;
};

}  // namespace greenlane::trust
