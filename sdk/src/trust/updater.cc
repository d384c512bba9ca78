#include "trust/updater.h"

#include <algorithm>
#include <set>
#include <utility>

#include "trust/trusted_metadata.h"

namespace greenlane::trust {
namespace {

Error not_refreshed() {
  return {.code = ErrorCode::not_trusted, .message = "there are no trusted targets; they have to be fetched from the authority first", .source = "targets"};
}

Error not_there(std::string_view source, std::string path) {
  return {.code = ErrorCode::unreachable, .message = "there is no \"" + std::move(path) + "\" where the authority's files are", .source = std::string(source), .retryable = true};
}

Error unknown(const TargetInfo& target) {
  return {.code = ErrorCode::invalid_argument, .message = "the target is not one that the trusted metadata lists; look for it first", .source = target.path};
}

/// Where the metadata of a role is; with a version, where that one stays for good.
std::string metadata_path(std::string_view role, std::optional<std::int64_t> version) {
  return std::string(metadata_folder) + (version ? std::to_string(*version) + "." : "") + percent_encoded(role) + ".json";
}

Result<TrustedMetadata> trusted_root(TrustStore& store, std::chrono::sys_seconds now) {
  auto root = store.load("root");
  if (!root.ok()) return std::move(root).error();
  if (root->has_value()) return TrustedMetadata::start(**root, now);
  return Error{.code = ErrorCode::not_trusted, .message = "there is no root of trust; the authority's root has to be pinned first", .source = "root"};
}

}  // namespace

struct Updater::State {
  State(TrustStore& a_store, Source& a_source, std::chrono::sys_seconds a_now, const UpdateLimits& some_limits, TrustedMetadata trusted_root)
      : store(a_store), source(a_source), now(a_now), limits(some_limits), trusted(std::move(trusted_root)) {}

  TrustStore& store;
  Source& source;
  std::chrono::sys_seconds now;
  UpdateLimits limits;
  TrustedMetadata trusted;
  bool refreshed = false;             ///< to the end, so that what is fetched is checked as current
  std::vector<TargetInfo> delegated;  ///< targets that were found through delegations

  Result<void> start_over();
  Result<void> refresh_root();
  Result<void> refresh_timestamp();
  Result<void> refresh_snapshot();
  Result<void> refresh_targets();
  Result<const Targets*> delegated_role(const Delegation& delegation);

  /// Hands `use` what the store has of a role; whether it took that. Whatever is wrong with it, somebody may have changed it.
  template <typename Use>
  Result<bool> recall(std::string_view role, const Use& use);
  Result<std::string> fetch(std::string_view role, std::optional<std::int64_t> version, std::size_t most, const FileFacts* facts);
  /// Version that stands before the name of a role's file, if any does.
  std::optional<std::int64_t> prefix(std::int64_t version) const {
    return trusted.root().consistent_snapshot ? std::optional(version) : std::nullopt;
  }
  Result<void> check_limits(std::size_t visited, std::size_t depth, std::string_view path) const;
  bool is_known(const TargetInfo& target) const;
};

template <typename Use>
Result<bool> Updater::State::recall(std::string_view role, const Use& use) {
  auto kept = store.load(role);
  if (!kept.ok() && kept.error().code == ErrorCode::io) return std::move(kept).error();
  if (!kept.ok() || !kept->has_value()) return false;
  return use(std::string_view(**kept)).ok();
}

Result<std::string> Updater::State::fetch(std::string_view role, std::optional<std::int64_t> version, std::size_t most, const FileFacts* facts) {
  if (facts != nullptr && facts->length) most = static_cast<std::size_t>(std::min<std::uint64_t>(most, *facts->length));
  const std::string path = metadata_path(role, version);
  auto fetched = source.fetch(path, most);
  if (!fetched.ok()) return std::move(fetched).error();
  if (!fetched->has_value()) return not_there(role, path);
  return **std::move(fetched);
}

Result<void> Updater::State::start_over() {
  auto started = trusted_root(store, now);
  if (!started.ok()) return std::move(started).error();
  trusted = *std::move(started);
  refreshed = false;
  delegated.clear();
  return {};
}

Result<void> Updater::State::refresh_root() {
  for (std::size_t rotations = 0;; ++rotations) {
    auto next = source.fetch(metadata_path("root", trusted.root().version + 1), limits.root_bytes);
    if (!next.ok()) return std::move(next).error();
    if (!next->has_value()) return trusted.finish_roots();
    if (rotations == limits.root_rotations) {
      return Error{.code = ErrorCode::limit_exceeded,
                   .message = "there are more than " + std::to_string(limits.root_rotations) + " new roots; update again to go on from here",
                   .source = "root"};
    }
    const auto change = trusted.take_root(**next);
    if (!change.ok()) return change.error();
    // Before the root is kept: after a crash in between, the next start comes by here again.
    if (*change == TrustedMetadata::RootChange::keys_withdrawn) {
      for (const std::string_view role : {"timestamp", "snapshot"}) {
        if (auto removed = store.remove(role); !removed.ok()) return removed;
      }
    }
    if (auto saved = store.save("root", **next); !saved.ok()) return saved;
  }
}

Result<void> Updater::State::refresh_timestamp() {
  const auto recalled = recall("timestamp", [this](std::string_view bytes) { return trusted.recall_timestamp(bytes); });
  if (!recalled.ok()) return recalled.error();
  const auto fetched = fetch("timestamp", std::nullopt, limits.timestamp_bytes, nullptr);
  if (!fetched.ok()) return fetched.error();
  const auto change = trusted.take_timestamp(*fetched);
  if (!change.ok()) return change.error();
  return *change == TrustedMetadata::TimestampChange::newer ? store.save("timestamp", *fetched) : Result<void>();
}

Result<void> Updater::State::refresh_snapshot() {
  const auto recalled = recall("snapshot", [this](std::string_view bytes) { return trusted.recall_snapshot(bytes); });
  if (!recalled.ok()) return recalled.error();
  if (trusted.has_current_snapshot()) return {};
  const FileFacts& named = trusted.timestamp()->snapshot;
  const auto fetched = fetch("snapshot", prefix(named.version), limits.snapshot_bytes, &named);
  if (!fetched.ok()) return fetched.error();
  if (auto taken = trusted.take_snapshot(*fetched); !taken.ok()) return taken;
  return store.save("snapshot", *fetched);
}

Result<void> Updater::State::refresh_targets() {
  const auto take = [this](std::string_view bytes) { return trusted.take_targets(bytes, Standing::current); };
  const auto recalled = recall("targets", take);
  if (!recalled.ok()) return recalled.error();
  if (*recalled) return {};
  const FileFacts* const listed = trusted.snapshot()->find("targets");
  const auto fetched = fetch("targets", prefix(listed->version), limits.targets_bytes, listed);
  if (!fetched.ok()) return fetched.error();
  if (auto taken = take(*fetched); !taken.ok()) return taken;
  return store.save("targets", *fetched);
}

Result<const Targets*> Updater::State::delegated_role(const Delegation& delegation) {
  if (const Targets* known = trusted.find_delegated(delegation)) return known;
  const Targets* role = nullptr;
  const auto take = [&](std::string_view bytes) -> Result<void> {
    auto taken = trusted.take_delegated(delegation, bytes, refreshed ? Standing::current : Standing::recalled);
    if (!taken.ok()) return std::move(taken).error();
    role = *taken;
    return {};
  };
  const FileFacts* const listed = trusted.snapshot()->find(delegation.role);
  if (listed == nullptr) {
    return Error{.code = ErrorCode::not_trusted, .message = "targets are delegated to a role that the snapshot does not list", .source = delegation.role};
  }
  const auto recalled = recall(delegation.role, take);
  if (!recalled.ok()) return recalled.error();
  if (*recalled) return role;
  if (!refreshed) {
    return Error{.code = ErrorCode::not_trusted, .message = "the role is not kept here as it should be; it has to be fetched from the authority", .source = delegation.role};
  }
  const auto fetched = fetch(delegation.role, prefix(listed->version), limits.targets_bytes, listed);
  if (!fetched.ok()) return fetched.error();
  if (auto taken = take(*fetched); !taken.ok()) return std::move(taken).error();
  if (auto saved = store.save(delegation.role, *fetched); !saved.ok()) return std::move(saved).error();
  return role;
}

Result<void> Updater::State::check_limits(std::size_t visited, std::size_t depth, std::string_view path) const {
  if (visited <= limits.delegated_roles && depth <= limits.delegation_depth) return {};
  return Error{.code = ErrorCode::limit_exceeded,
               .message = "the delegations on the way to the target are more than " + std::to_string(limits.delegated_roles) + " roles or deeper than " +
                          std::to_string(limits.delegation_depth),
               .source = std::string(path)};
}

bool Updater::State::is_known(const TargetInfo& target) const {
  const TargetInfo* const listed = trusted.targets() ? trusted.targets()->find(target.path) : nullptr;
  return (listed != nullptr && *listed == target) || std::find(delegated.begin(), delegated.end(), target) != delegated.end();
}

Updater::Updater(std::unique_ptr<State> state) : state_(std::move(state)) {}
Updater::Updater(Updater&&) noexcept = default;
Updater& Updater::operator=(Updater&&) noexcept = default;
Updater::~Updater() = default;

Result<Updater> Updater::open(TrustStore& store, Source& source, std::chrono::sys_seconds now, const UpdateLimits& limits) {
  auto trusted = trusted_root(store, now);
  if (!trusted.ok()) return std::move(trusted).error();
  return Updater(std::make_unique<State>(store, source, now, limits, *std::move(trusted)));
}

Result<void> Updater::pin_root(TrustStore& store, std::string_view root) {
  // Its date is not looked at, so that any time does.
  if (auto started = TrustedMetadata::start(root, std::chrono::sys_seconds{}); !started.ok()) return std::move(started).error();
  return store.save("root", root);
}

Result<void> Updater::refresh() {
  if (auto started = state_->start_over(); !started.ok()) return started;
  for (const auto step : {&State::refresh_root, &State::refresh_timestamp, &State::refresh_snapshot, &State::refresh_targets}) {
    if (auto done = (*state_.*step)(); !done.ok()) return done;
  }
  state_->refreshed = true;
  return {};
}

Result<void> Updater::load_trusted() {
  if (auto started = state_->start_over(); !started.ok()) return started;
  TrustedMetadata& trusted = state_->trusted;
  const auto timestamp = state_->recall("timestamp", [&](std::string_view bytes) { return trusted.recall_timestamp(bytes); });
  if (!timestamp.ok() || !*timestamp) return timestamp.ok() ? Result<void>() : timestamp.error();
  const auto snapshot = state_->recall("snapshot", [&](std::string_view bytes) { return trusted.recall_snapshot(bytes); });
  if (!snapshot.ok() || !*snapshot) return snapshot.ok() ? Result<void>() : snapshot.error();
  const auto targets = state_->recall("targets", [&](std::string_view bytes) { return trusted.take_targets(bytes, Standing::recalled); });
  return targets.ok() ? Result<void>() : targets.error();
}

Result<std::optional<TargetInfo>> Updater::find(std::string_view path) {
  if (!state_->trusted.targets()) return not_refreshed();
  struct Step {
    Delegation delegation;
    std::size_t depth;
  };
  const auto push = [path](std::vector<Step>& open, const Targets& role, std::size_t depth) {
    auto delegations = role.delegations_for(path);
    // A terminating role is the last one anybody asks, also of those that were left for later.
    if (!delegations.empty() && delegations.back().terminating) open.clear();
    for (auto at = delegations.rbegin(); at != delegations.rend(); ++at) open.push_back({std::move(*at), depth});
  };
  if (const TargetInfo* target = state_->trusted.targets()->find(path)) return std::optional(*target);
  std::vector<Step> open;
  std::set<std::string> visited;
  push(open, *state_->trusted.targets(), 1);
  while (!open.empty()) {
    const Step step = std::move(open.back());
    open.pop_back();
    if (!visited.insert(step.delegation.role).second) continue;
    if (auto within = state_->check_limits(visited.size(), step.depth, path); !within.ok()) return std::move(within).error();
    const auto role = state_->delegated_role(step.delegation);
    if (!role.ok()) return role.error();
    if (const TargetInfo* target = (*role)->find(path)) {
      if (!state_->is_known(*target)) state_->delegated.push_back(*target);
      return std::optional(*target);
    }
    push(open, **role, step.depth + 1);
  }
  return std::optional<TargetInfo>();
}

const std::vector<TargetInfo>& Updater::targets() const noexcept {
  static const std::vector<TargetInfo>& none = *new std::vector<TargetInfo>;
  return state_->trusted.targets() ? state_->trusted.targets()->targets : none;
}

Result<Verified<TargetFile>> Updater::download(const TargetInfo& target) {
  if (!state_->refreshed) return not_refreshed();
  auto location = target_location(target, state_->trusted.root().consistent_snapshot);
  if (!location.ok()) return std::move(location).error();
  if (target.length > state_->limits.target_file_bytes) {
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "the file has " + std::to_string(target.length) + " bytes; at most " + std::to_string(state_->limits.target_file_bytes) + " are taken",
                 .source = target.path};
  }
  if (!state_->is_known(target)) return unknown(target);
  const std::string path = std::string(targets_folder) + *location;
  auto fetched = state_->source.fetch(path, static_cast<std::size_t>(target.length));
  if (!fetched.ok()) return std::move(fetched).error();
  if (!fetched->has_value()) return not_there(target.path, path);
  return check(target, **std::move(fetched));
}

Result<Verified<TargetFile>> Updater::check(const TargetInfo& target, std::string bytes) const {
  if (!state_->is_known(target)) return unknown(target);
  if (auto same = check_content(target.path, bytes, target.length, target.hashes); !same.ok()) return std::move(same).error();
  return Verified<TargetFile>(VerifierPass(), TargetFile{target, std::move(bytes)});
}

std::vector<RoleState> Updater::roles() const {
  const TrustedMetadata& trusted = state_->trusted;
  std::vector<RoleState> roles{{"root", trusted.root().version, trusted.root().expires}};
  const auto add = [&roles](const char* name, const auto& metadata) {
    if (metadata) roles.push_back({name, metadata->version, metadata->expires});
  };
  add("timestamp", trusted.timestamp());
  add("snapshot", trusted.snapshot());
  add("targets", trusted.targets());
  return roles;
}

}  // namespace greenlane::trust
