#include "release.h"

#include <algorithm>

#include "base/utc_time.h"
#include "client/durable_files.h"
#include "client_check.h"
#include "folders.h"
#include "online_roles.h"
#include "publication.h"
#include "trust/target.h"

namespace greenlane::gateway {
namespace {

/// Older snapshots that stay for clients that are in the middle of an update.
constexpr std::int64_t kept_snapshots = 5;

Error not_trusted(std::string message) { return {.code = ErrorCode::not_trusted, .message = std::move(message)}; }

void add_missing(std::vector<MissingSignatures>& all, const Metadata& metadata, const trust::RoleKeys& keys, std::string keys_of) {
  const auto signed_by = signers(metadata, keys);
  const std::int64_t missing = keys.threshold - static_cast<std::int64_t>(signed_by.size());
  if (missing <= 0) return;
  MissingSignatures one{std::string(metadata.role()), std::move(keys_of), missing, {}};
  for (const trust::RoleKey& key : keys.keys) {
    if (std::find(signed_by.begin(), signed_by.end(), key.id) == signed_by.end()) one.holders.push_back(key.id);
  }
  all.push_back(std::move(one));
}

/// Brings the files of the targets to their places, after a look at each, and says which were not released before.
Result<std::vector<trust::TargetInfo>> release_files(const Repository& repository, const std::vector<trust::TargetInfo>& targets,
                                                     const std::vector<trust::TargetInfo>& before) {
  std::vector<trust::TargetInfo> added;
  for (const trust::TargetInfo& target : targets) {
    if (std::find(before.begin(), before.end(), target) != before.end()) continue;
    const auto bytes = repository.read_target(target);
    if (!bytes.ok()) return bytes.error();
    const std::string place = repository.path(target_file_name(target));
    if (!client::is_taken(place)) {
      if (auto put = put_file(place, *bytes); !put.ok()) return put.error();
    }
    added.push_back(target);
  }
  return added;
}

/// The list of message keys among `targets`, whose files are in their places.
Result<trust::KeyRing> listed_message_keys(const Repository& repository, const Metadata& targets) {
  for (const trust::TargetInfo& target : listed_targets(targets)) {
    if (target.path != trust::keys_target) continue;
    const auto bytes = repository.read_target(target);
    return bytes.ok() ? trust::KeyRing::read(*bytes) : bytes.error();
  }
  return Error{.code = ErrorCode::invalid_argument, .message = "the targets do not list " + std::string(trust::keys_target)};
}

Files files_of(const std::vector<const Metadata*>& all) {
  Files files;
  for (const Metadata* metadata : all) files.insert_or_assign(metadata_name(metadata->role(), metadata->version()), metadata->bytes());
  return files;
}

/// Puts all metadata into its place in one step.
Result<void> swap_metadata(const Repository& repository, const Files& files, std::int64_t snapshot_version) {
  const std::string next = repository.path("metadata.next");
  if (auto done = remove_all(next); !done.ok()) return done;
  if (auto done = copy_folder(repository.path("metadata"), next); !done.ok()) return done;
  for (const auto& [name, bytes] : files) {
    if (auto done = put_file(next + name.substr(name.find('/')), bytes); !done.ok()) return done;
  }
  const std::string old = metadata_name(snapshot_role, snapshot_version - kept_snapshots);
  if (auto done = remove_all(next + old.substr(old.find('/'))); !done.ok()) return done;
  return replace_folder(next, repository.path("metadata"));
}

bool is_same(const std::optional<Metadata>& a, const std::optional<Metadata>& b) { return !a || (b && a->content() == b->content()); }

}  // namespace

std::vector<MissingSignatures> missing_signatures(const Released& released, const Staged& staged) {
  std::vector<MissingSignatures> all;
  if (staged.root) {
    if (released.root) add_missing(all, *staged.root, role_keys(*released.root, root_role), "holders of the root before the change");
    add_missing(all, *staged.root, role_keys(*staged.root, root_role),
                released.root ? "holders of the root after the change" : "holders of the root");
  }
  const std::optional<Metadata>& root = staged.root ? staged.root : released.root;
  if (staged.targets && root) add_missing(all, *staged.targets, role_keys(*root, targets_role), "holders of the targets");
  return all;
}

Result<void> check_staged(const Released& released, const Staged& staged, std::chrono::sys_seconds now) {
  for (const auto& [before, after] : {std::pair{&released.root, &staged.root}, {&released.targets, &staged.targets}}) {
    if (!*after) continue;
    const std::string role((*after)->role());
    const std::string name = role + " " + std::to_string((*after)->version());
    if ((*after)->version() != (*before ? (*before)->version() : 0) + 1) {
      return not_trusted("the staged " + name +
                         " does not follow what is released by now; make the change again (`repo discard` drops it)");
    }
    if ((*after)->expires() <= now) {
      return not_trusted("the staged " + name + " has expired at " + utc_text((*after)->expires()) + "; `repo renew " + role +
                         "` gives it a new date, then its holders sign again");
    }
  }
  return {};
}

Result<void> release(Repository& repository, std::chrono::sys_seconds now) {
  const auto state = repository.state();
  if (!state.ok()) return state.error();
  const auto& [released, staged] = *state;
  if (auto checked = check_staged(released, staged, now); !checked.ok()) return checked;
  if (!missing_signatures(released, staged).empty()) return not_trusted("signatures are missing; `repo status` says whose");
  const Metadata& root = staged.root ? *staged.root : *released.root;
  const Metadata& targets = staged.targets ? *staged.targets : *released.targets;
  const auto keys = repository.online_keys();
  if (!keys.ok()) return keys.error();
  const auto online = make_online(repository, released, root, targets, *keys, true, now);
  if (!online.ok()) return online.error();

  const auto added = release_files(repository, listed_targets(targets),
                                   released.targets ? listed_targets(*released.targets) : std::vector<trust::TargetInfo>());
  if (!added.ok()) return added.error();
  const Files files = files_of({&root, &targets, &online->snapshot, &online->timestamp});
  if (auto checked = check_as_client(repository, released, files, *added, now); !checked.ok()) return checked;
  auto message_keys = listed_message_keys(repository, targets);
  if (!message_keys.ok()) return message_keys.error();
  auto keys_before = released.targets ? listed_message_keys(repository, *released.targets) : Result<trust::KeyRing>(trust::KeyRing());
  if (!keys_before.ok()) return keys_before.error();
  const auto since = repository.release_time(now);
  const auto log = grown_log(repository, *keys, {*std::move(message_keys), *std::move(keys_before)}, *added, since);
  if (!log.ok()) return log.error();

  // From here on clients see something: first entries of the log that nothing refers to yet, then everything else at once.
  if (auto done = repository.begin_release(since); !done.ok()) return done;
  if (auto done = write_log(repository, *log); !done.ok()) return done;
  if (auto done = swap_metadata(repository, files, online->snapshot.version()); !done.ok()) return done;
  return repository.discard_staged();
}

Result<void> refresh(Repository& repository, std::chrono::sys_seconds now) {
  const auto released = repository.released();
  if (!released.ok()) return released.error();
  if (!released->root || !released->targets || !released->snapshot) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "nothing is released yet; the holders sign with `repo sign --key FILE`",
                 .source = repository.folder()};
  }
  const auto keys = repository.online_keys();
  if (!keys.ok()) return keys.error();
  // A third of its life is left for those who look after the machine.
  const bool near_end = released->snapshot->expires() - now < repository.authority().lifetimes.snapshot / 3;
  const auto online = make_online(repository, *released, *released->root, *released->targets, *keys, near_end, now);
  if (!online.ok()) return online.error();
  const Files files = files_of({&online->snapshot, &online->timestamp});
  if (auto checked = check_as_client(repository, *released, files, {}, now); !checked.ok()) return checked;
  const auto put = [&](const std::string& name) { return put_file(repository.path(name), files.at(name)); };
  // The timestamp comes last: it is what leads clients to the snapshot.
  if (near_end) {
    if (auto done = put(metadata_name(snapshot_role, online->snapshot.version())); !done.ok()) return done;
  }
  return put(metadata_name(timestamp_role, online->timestamp.version()));
}

Result<void> tidy_up(Repository& repository) {
  for (const char* left : {"metadata.next", "staged.next"}) {
    if (auto done = remove_all(repository.path(left)); !done.ok()) return done;
  }
  const auto state = repository.state();
  if (!state.ok()) return state.error();
  const auto& [released, staged] = *state;
  if (staged.empty() || !is_same(staged.root, released.root) || !is_same(staged.targets, released.targets)) return {};
  return repository.discard_staged();
}

}  // namespace greenlane::gateway
