#include "trust/trusted_metadata.h"

#include <utility>

#include "base/utc_time.h"

namespace greenlane::trust {
namespace {

Error refused(std::string_view role, std::string message) {
  return {.code = ErrorCode::not_trusted, .message = std::move(message), .source = std::string(role)};
}

std::string version_text(std::int64_t version) { return "version " + std::to_string(version); }

/// The metadata, if enough of `keys` have signed it.
template <typename T>
Result<T> signed_by(Result<T> metadata, const RoleKeys& keys, std::string_view role) {
  if (!metadata.ok()) return metadata;
  if (auto verified = verify_signatures(metadata->text, keys, role); !verified.ok()) return std::move(verified).error();
  return metadata;
}

/// Takes what was kept as `trusted`; as `former` where too few have signed it, but somebody who still may.
template <typename T>
Result<void> recall(Result<T> kept, const RoleKeys& keys, std::string_view role, std::optional<T>& trusted, std::optional<T>& former) {
  if (!kept.ok()) return std::move(kept).error();
  auto verified = verify_signatures(kept->text, keys, role);
  if (verified.ok()) {
    trusted = *std::move(kept);
  } else if (verify_signatures(kept->text, RoleKeys{keys.keys, 1}, role).ok()) {
    former = *std::move(kept);
  }
  return verified;
}

template <typename T>
const T* either(const std::optional<T>& trusted, const std::optional<T>& former) {
  if (trusted) return &*trusted;
  return former ? &*former : nullptr;
}

Result<void> check_version(std::string_view role, std::int64_t version, std::int64_t wanted, std::string_view who) {
  if (version == wanted) return {};
  return refused(role, "this is " + version_text(version) + " of the metadata; " + std::string(who) + " says " + version_text(wanted));
}

Error rolled_back(std::string_view role, std::int64_t version, std::int64_t trusted) {
  return refused(role, "this is " + version_text(version) + " of the metadata, older than " + version_text(trusted) +
                           ", which was seen before: somebody is replaying old files, or the repository was set back");
}

}  // namespace

TrustedMetadata::TrustedMetadata(Root root, std::chrono::sys_seconds now) : now_(now), root_(std::move(root)) {}

Result<TrustedMetadata> TrustedMetadata::start(std::string_view root, std::chrono::sys_seconds now) {
  auto read = read_root(root);
  if (!read.ok()) return std::move(read).error();
  if (auto verified = verify_signatures(read->text, read->root, "root"); !verified.ok()) return std::move(verified).error();
  return TrustedMetadata(*std::move(read), now);
}

Result<TrustedMetadata::RootChange> TrustedMetadata::take_root(std::string_view bytes) {
  auto next = signed_by(read_root(bytes), root_.root, "root");
  if (!next.ok()) return std::move(next).error();
  if (auto verified = verify_signatures(next->text, next->root, "root"); !verified.ok()) return std::move(verified).error();
  if (auto right = check_version("root", next->version, root_.version + 1, "its name"); !right.ok()) return std::move(right).error();
  const bool withdrawn = has_lost_a_key(root_.timestamp, next->timestamp) || has_lost_a_key(root_.snapshot, next->snapshot);
  root_ = *std::move(next);
  return withdrawn ? RootChange::keys_withdrawn : RootChange::plain;
}

Result<void> TrustedMetadata::check_expiry(std::string_view role, const Metadata& metadata) const {
  if (now_ < metadata.expires) return {};
  return refused(role, version_text(metadata.version) + " of the metadata has expired at " + utc_text(metadata.expires) + "; it is now " + utc_text(now_) +
                           " by this machine's clock");
}

Result<void> TrustedMetadata::finish_roots() const { return check_expiry("root", root_); }

Result<void> TrustedMetadata::recall_timestamp(std::string_view bytes) {
  return recall(read_timestamp(bytes), root_.timestamp, "timestamp", timestamp_, former_timestamp_);
}

Result<TrustedMetadata::TimestampChange> TrustedMetadata::take_timestamp(std::string_view bytes) {
  auto next = signed_by(read_timestamp(bytes), root_.timestamp, "timestamp");
  if (!next.ok()) return std::move(next).error();
  if (auto forward = check_no_rollback(*next); !forward.ok()) return std::move(forward).error();
  if (timestamp_ && next->version == timestamp_->version) {
    if (auto fresh = check_expiry("timestamp", *timestamp_); !fresh.ok()) return std::move(fresh).error();
    return TimestampChange::same;
  }
  if (auto fresh = check_expiry("timestamp", *next); !fresh.ok()) return std::move(fresh).error();
  timestamp_ = *std::move(next);
  return TimestampChange::newer;
}

Result<void> TrustedMetadata::check_no_rollback(const Timestamp& next) const {
  const Timestamp* const before = either(timestamp_, former_timestamp_);
  if (before == nullptr) return {};
  if (next.version < before->version) return rolled_back("timestamp", next.version, before->version);
  if (next.version == before->version || next.snapshot.version >= before->snapshot.version) return {};
  return refused("timestamp", "the metadata names " + version_text(next.snapshot.version) + " of the snapshot, older than " +
                                  version_text(before->snapshot.version) + ", which was named before");
}

Result<void> TrustedMetadata::recall_snapshot(std::string_view bytes) {
  auto recalled = recall(read_snapshot(bytes), root_.snapshot, "snapshot", snapshot_, former_snapshot_);
  if (!recalled.ok()) return recalled;
  const FileFacts& named = timestamp_->snapshot;
  snapshot_is_named_ = snapshot_->version == named.version && check_content("snapshot", bytes, named.length, named.hashes).ok();
  return {};
}

bool TrustedMetadata::has_current_snapshot() const { return snapshot_ && snapshot_is_named_ && check_expiry("snapshot", *snapshot_).ok(); }

Result<void> TrustedMetadata::take_snapshot(std::string_view bytes) {
  const FileFacts& named = timestamp_->snapshot;
  if (auto same = check_content("snapshot", bytes, named.length, named.hashes); !same.ok()) return same;
  auto next = signed_by(read_snapshot(bytes), root_.snapshot, "snapshot");
  if (!next.ok()) return std::move(next).error();
  if (auto right = check_version("snapshot", next->version, named.version, "the timestamp"); !right.ok()) return right;
  if (auto forward = check_no_rollback(*next); !forward.ok()) return forward;
  if (auto fresh = check_expiry("snapshot", *next); !fresh.ok()) return fresh;
  snapshot_ = *std::move(next);
  snapshot_is_named_ = true;
  return {};
}

Result<void> TrustedMetadata::check_no_rollback(const Snapshot& next) const {
  const Snapshot* const before = either(snapshot_, former_snapshot_);
  if (before == nullptr) return {};
  if (next.version < before->version) return rolled_back("snapshot", next.version, before->version);
  for (const auto& [name, listed] : before->files) {
    const auto now = next.files.find(name);
    if (now == next.files.end()) return refused("snapshot", "the metadata no longer lists \"" + name + "\", which was listed before");
    if (now->second.version < listed.version) {
      return refused("snapshot", "the metadata lists " + version_text(now->second.version) + " of \"" + name + "\", older than " +
                                     version_text(listed.version) + ", which was listed before");
    }
  }
  return {};
}

Result<Targets> TrustedMetadata::read_listed(std::string_view role, const RoleKeys& keys, std::string_view bytes, Standing standing) const {
  const FileFacts* const listed = snapshot_->find(role);
  if (listed == nullptr) return refused(role, "the snapshot does not list the role");
  const bool current = standing == Standing::current;
  if (current) {
    if (auto same = check_content(role, bytes, listed->length, listed->hashes); !same.ok()) return std::move(same).error();
  }
  auto read = signed_by(read_targets(role, bytes), keys, role);
  if (!read.ok()) return read;
  // What is recalled may be what was good before an update that did not come to its end.
  if (current || read->version > listed->version) {
    if (auto right = check_version(role, read->version, listed->version, "the snapshot"); !right.ok()) return std::move(right).error();
  }
  if (current) {
    if (auto fresh = check_expiry(role, *read); !fresh.ok()) return std::move(fresh).error();
  }
  return read;
}

Result<void> TrustedMetadata::take_targets(std::string_view bytes, Standing standing) {
  auto read = read_listed("targets", root_.targets, bytes, standing);
  if (!read.ok()) return std::move(read).error();
  targets_ = *std::move(read);
  return {};
}

Result<const Targets*> TrustedMetadata::take_delegated(const Delegation& delegation, std::string_view bytes, Standing standing) {
  auto read = read_listed(delegation.role, delegation.keys, bytes, standing);
  if (!read.ok()) return std::move(read).error();
  return &delegated_.insert_or_assign(delegation.role, *std::move(read)).first->second;
}

const Targets* TrustedMetadata::find_delegated(const Delegation& delegation) const {
  const auto found = delegated_.find(delegation.role);
  if (found == delegated_.end() || !verify_signatures(found->second.text, delegation.keys, delegation.role).ok()) return nullptr;
  return &found->second;
}

}  // namespace greenlane::trust
