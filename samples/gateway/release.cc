#include "release.h"

#include <algorithm>

#include "change.h"
#include "client/file_io.h"
#include "crypto/digest.h"
#include "folders.h"

namespace greenlane::gateway {
namespace {

Error not_trusted(std::string message) { return {.code = ErrorCode::not_trusted, .message = std::move(message)}; }

void add_missing(std::vector<MissingSignatures>& all, const Metadata& metadata, const Metadata& root, std::string_view role, std::string keys_of) {
  const RoleKeys keys = role_keys(root, role);
  const auto signed_by = signers(metadata, root, role);
  if (signed_by.size() >= keys.threshold) return;
  MissingSignatures missing{std::string(metadata.role()), std::move(keys_of), keys.threshold - signed_by.size(), {}};
  for (const std::string& id : keys.key_ids) {
    if (!signed_by.contains(id)) missing.holders.push_back(id);
  }
  all.push_back(std::move(missing));
}

/// {"version", "length", "hashes"} of metadata that another role vouches for.
json::Value listed(const Metadata& metadata) {
  const std::string bytes = metadata.bytes();
  return json::Object{{"version", metadata.version()},
                      {"length", static_cast<std::int64_t>(bytes.size())},
                      {"hashes", json::Object{{"sha256", crypto::sha256_hex(bytes)}}}};
}

/// Signs with every key of `role` that is on this machine; those of the root before count for clients that have not seen the new one.
Result<void> sign_online(Metadata& metadata, std::string_view role, const Metadata& root, const std::optional<Metadata>& old_root,
                         std::map<std::string, crypto::PrivateKey>& keys, const Repository& repository) {
  for (auto& [id, key] : keys) {
    const auto lists = [&](const Metadata& one) { const auto ids = role_keys(one, role).key_ids; return std::find(ids.begin(), ids.end(), id) != ids.end(); };
    if (!lists(root) && !(old_root && lists(*old_root))) continue;
    if (auto done = metadata.sign(key); !done.ok()) return done;
  }
  if (is_signed(metadata, root, role)) return {};
  std::string names;
  for (const std::string& id : role_keys(root, role).key_ids) names += (names.empty() ? "" : ", ") + repository.key_name(id);
  return Error{.code = ErrorCode::invalid_key,
               .message = "the private key of the role " + std::string(role) + " is not on this machine: " + names +
                          "; run `greenlane-gateway repo refresh` where it is"};
}

struct OnlineMetadata {
  Metadata snapshot;
  Metadata timestamp;
};

/// Snapshot (where `new_snapshot` or there is none) and timestamp for `root` and `targets`.
Result<OnlineMetadata> make_online(Repository& repository, const Released& released, const Metadata& root, const Metadata& targets, bool new_snapshot,
                                   std::chrono::sys_seconds now) {
  auto keys = repository.online_keys();
  const Lifetimes& lifetimes = repository.authority().lifetimes;
  OnlineMetadata made{released.snapshot ? *released.snapshot : Metadata::empty(snapshot_role),
                      released.timestamp ? *released.timestamp : Metadata::empty(timestamp_role)};
  if (new_snapshot) {
    made.snapshot.drop_signatures();
    made.snapshot.set_version(made.snapshot.version() + 1);
    made.snapshot.set_expires(now + lifetimes.snapshot);
    made.snapshot.content().set("meta", json::Object{{"targets.json", listed(targets)}});
    if (auto done = sign_online(made.snapshot, snapshot_role, root, released.root, keys, repository); !done.ok()) return done.error();
  }
  made.timestamp.drop_signatures();
  made.timestamp.set_version(made.timestamp.version() + 1);
  made.timestamp.set_expires(now + lifetimes.timestamp);
  made.timestamp.content().set("meta", json::Object{{"snapshot.json", listed(made.snapshot)}});
  if (auto done = sign_online(made.timestamp, timestamp_role, root, released.root, keys, repository); !done.ok()) return done.error();
  return made;
}

Result<void> put_metadata(const std::string& folder, const Metadata& metadata) {
  return put_file(folder + "/" + metadata_name(metadata.role(), metadata.version()).substr(std::string_view("metadata/").size()), metadata.bytes());
}

/// Brings the staged target files to their places, after a look at each.
Result<void> release_files(const Repository& repository, const Metadata& targets) {
  for (const json::Member& target : targets.content().find("targets")->object()) {
    const std::string place = repository.path(target_file_name(target.key, target_digest(target.value)));
    const std::string staged = repository.path("staged/targets/" + target.key);
    const bool there = client::is_taken(place);
    if (there && !client::is_taken(staged)) continue;
    const auto bytes = client::read_file(there ? place : staged, max_target_bytes);
    if (!bytes.ok()) return bytes.error();
    if (crypto::sha256_hex(*bytes) != target_digest(target.value)) {
      Error error = not_trusted("the file is not the one whose digest was signed");
      error.source = there ? place : staged;
      return error;
    }
    if (there) continue;
    if (auto put = put_file(place, *bytes); !put.ok()) return put;
  }
  return {};
}

Result<void> check_versions(const Released& released, const Staged& staged) {
  const auto follows = [](const std::optional<Metadata>& before, const std::optional<Metadata>& after) {
    return !after || after->version() == (before ? before->version() : 0) + 1;
  };
  if (follows(released.root, staged.root) && follows(released.targets, staged.targets)) return {};
  return not_trusted("the staged change does not follow what is released now; discard it and make it again (`repo discard`)");
}

}  // namespace

std::vector<MissingSignatures> missing_signatures(const Released& released, const Staged& staged) {
  std::vector<MissingSignatures> all;
  if (staged.root) {
    if (released.root) add_missing(all, *staged.root, *released.root, root_role, "root before the change");
    add_missing(all, *staged.root, *staged.root, root_role, released.root ? "root after the change" : "root");
  }
  const std::optional<Metadata>& root = staged.root ? staged.root : released.root;
  if (staged.targets && root) add_missing(all, *staged.targets, *root, targets_role, "targets");
  return all;
}

Result<void> release(Repository& repository, std::chrono::sys_seconds now) {
  const auto released = repository.released();
  if (!released.ok()) return released.error();
  const auto staged = repository.staged();
  if (!staged.ok()) return staged.error();
  if (auto checked = check_versions(*released, *staged); !checked.ok()) return checked;
  if (!missing_signatures(*released, *staged).empty()) return not_trusted("signatures are missing; `repo status` says whose");
  const Metadata& root = staged->root ? *staged->root : *released->root;
  const Metadata& targets = staged->targets ? *staged->targets : *released->targets;
  const auto online = make_online(repository, *released, root, targets, true, now);
  if (!online.ok()) return online.error();

  if (auto done = release_files(repository, targets); !done.ok()) return done;
  const std::string next = repository.path("metadata.next");
  if (auto done = remove_all(next); !done.ok()) return done;
  if (auto done = copy_folder(repository.path("metadata"), next); !done.ok()) return done;
  for (const Metadata* metadata : {&root, &targets, &online->snapshot, &online->timestamp}) {
    if (auto done = put_metadata(next, *metadata); !done.ok()) return done;
  }
  if (auto done = replace_folder(next, repository.path("metadata")); !done.ok()) return done;
  return repository.discard_staged();
}

Result<bool> finish_interrupted(Repository& repository) {
  const auto released = repository.released();
  if (!released.ok()) return released.error();
  const auto staged = repository.staged();
  if (!staged.ok()) return staged.error();
  const auto is_same = [](const std::optional<Metadata>& a, const std::optional<Metadata>& b) { return !a || (b && a->bytes() == b->bytes()); };
  if (staged->empty() || !is_same(staged->root, released->root) || !is_same(staged->targets, released->targets)) return false;
  if (auto done = repository.discard_staged(); !done.ok()) return done.error();
  return true;
}

Result<void> refresh(Repository& repository, std::chrono::sys_seconds now) {
  const auto released = repository.released();
  if (!released.ok()) return released.error();
  if (!released->root || !released->targets || !released->snapshot) {
    return Error{.code = ErrorCode::invalid_argument, .message = "nothing is released yet; holders sign with `repo sign --key FILE`", .source = repository.folder()};
  }
  // A third of its life is left for those who look after the machine.
  const bool near_end = released->snapshot->expires() - now < repository.authority().lifetimes.snapshot / 3;
  const auto online = make_online(repository, *released, *released->root, *released->targets, near_end, now);
  if (!online.ok()) return online.error();
  if (near_end) {
    if (auto done = put_metadata(repository.path("metadata"), online->snapshot); !done.ok()) return done;
  }
  return put_metadata(repository.path("metadata"), online->timestamp);
}

}  // namespace greenlane::gateway
