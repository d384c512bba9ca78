#include "repository.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>

#include "base/utc_time.h"
#include "client/file_io.h"
#include "client/hot_folder_names.h"
#include "folders.h"
#include "trust/source.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

constexpr std::string_view authority_name = "authority.json";
constexpr std::string_view releasing_name = "staged/releasing-since";
constexpr std::size_t max_authority_bytes = 1u << 20;

Result<client::FolderLock> locked(const std::string& folder) {
  auto lock = client::FolderLock::take(folder + "/.lock");
  if (!lock.ok() && lock.error().message.starts_with("another")) {
    lock.error().message = "another greenlane-gateway is at work in this repository; wait until it is done";
  }
  return lock;
}

/// The greatest VERSION of the files VERSION.ROLE.json, or 0.
std::int64_t latest_version(const std::string& folder, std::string_view role) {
  std::int64_t latest = 0;
  std::error_code problem;
  const std::string ending = "." + std::string(role) + ".json";
  for (std::filesystem::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    const std::string name = at->path().filename().string();
    std::int64_t version = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), version);
    if (read.ec == std::errc() && std::string_view(read.ptr) == ending) latest = std::max(latest, version);
  }
  return latest;
}

Result<std::optional<Metadata>> read_metadata(const std::string& path, std::string_view role) {
  if (!client::is_taken(path)) return std::optional<Metadata>();
  const auto bytes = client::read_file(path, max_metadata_bytes);
  if (!bytes.ok()) return bytes.error();
  auto metadata = Metadata::read(*bytes, role, path);
  if (!metadata.ok()) return metadata.error();
  return std::optional(*std::move(metadata));
}

Result<void> write_staged(const std::string& folder, const Staged& staged) {
  if (staged.targets) {
    if (auto put = put_file(folder + "/targets.json", staged.targets->bytes()); !put.ok()) return put;
  }
  return staged.root ? put_file(folder + "/root.json", staged.root->bytes()) : Result<void>();
}

}  // namespace

std::chrono::sys_seconds now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::string metadata_name(std::string_view role, std::int64_t version) {
  const std::string file = role == timestamp_role ? "" : std::to_string(version) + ".";
  return std::string(trust::metadata_folder) + file + std::string(role) + ".json";
}

std::string target_file_name(const trust::TargetInfo& target) {
  return std::string(trust::targets_folder) + trust::target_location(target, true).value();
}

Result<Repository> Repository::create(const std::string& folder, const Authority& authority) {
  if (client::is_taken(folder + "/" + std::string(authority_name))) {
    return Error{.code = ErrorCode::invalid_argument, .message = "there is a repository already", .source = folder};
  }
  std::error_code problem;
  if (client::is_taken(folder) && !std::filesystem::is_empty(folder, problem)) {
    return Error{.code = ErrorCode::invalid_argument, .message = "the folder is not empty; give a new one", .source = folder};
  }
  if (auto made = make_folders(folder); !made.ok()) return made.error();
  auto lock = locked(folder);
  if (!lock.ok()) return lock.error();
  Repository repository(folder, {}, *std::move(lock));
  if (auto saved = repository.save(authority); !saved.ok()) return saved.error();
  return repository;
}

Result<Repository> Repository::open(const std::string& folder) {
  const std::string path = folder + "/" + std::string(authority_name);
  if (!client::is_taken(path)) {
    return Error{.code = ErrorCode::not_found,
                 .message = "this folder holds no repository; make one with `greenlane-gateway repo init`",
                 .source = folder};
  }
  auto lock = locked(folder);
  if (!lock.ok()) return lock.error();
  const auto bytes = client::read_file(path, max_authority_bytes);
  if (!bytes.ok()) return bytes.error();
  auto authority = Authority::read(*bytes, path);
  if (!authority.ok()) return authority.error();
  return Repository(folder, *std::move(authority), *std::move(lock));
}

Result<void> Repository::remove() {
  for (const std::string_view name : {authority_name, std::string_view(".lock")}) {
    if (auto removed = remove_all(path(name)); !removed.ok()) return removed;
  }
  std::error_code problem;
  std::filesystem::remove(folder_, problem);  // not where somebody has put something into it
  return {};
}

Result<void> Repository::save(Authority authority) {
  authority_ = std::move(authority);
  return put_file(path(authority_name), authority_.to_json());
}

std::string Repository::key_name(const std::string& key_id) const {
  const auto found = authority_.names.find(key_id);
  const std::string name = found == authority_.names.end() ? "key" : client::printable(found->second);
  return name + " (" + client::printable(key_id.substr(0, 8)) + ")";
}

Result<std::vector<OnlineKey>> Repository::online_keys() const {
  std::vector<OnlineKey> keys;
  for (const std::string& file : authority_.online_keys) {
    auto signer = key_file_signer(file);
    if (!signer.ok() && signer.error().code == ErrorCode::not_found) continue;
    if (!signer.ok()) return signer.error();
    const auto key = crypto::PublicKey::from_info((*signer)->public_key());
    if (!key.ok()) return key.error();
    keys.push_back({tuf_key_id(*key), key->id(), *std::move(signer)});
  }
  return keys;
}

Result<Released> Repository::released() const {
  Released released;
  const auto read = [&](std::string_view role, std::optional<Metadata>& metadata) -> Result<void> {
    const std::int64_t version = role == timestamp_role ? 0 : latest_version(path("metadata"), role);
    auto found = read_metadata(path(metadata_name(role, version)), role);
    if (!found.ok()) return found.error();
    metadata = *std::move(found);
    return {};
  };
  for (const auto& [role, metadata] : {std::pair{root_role, &released.root}, {targets_role, &released.targets},
                                       {snapshot_role, &released.snapshot}, {timestamp_role, &released.timestamp}}) {
    if (auto done = read(role, *metadata); !done.ok()) return done.error();
  }
  return released;
}

Result<Staged> Repository::staged() const {
  Staged staged;
  auto root = read_metadata(path("staged/root.json"), root_role);
  if (!root.ok()) return root.error();
  auto targets = read_metadata(path("staged/targets.json"), targets_role);
  if (!targets.ok()) return targets.error();
  staged.root = *std::move(root);
  staged.targets = *std::move(targets);
  return staged;
}

Result<State> Repository::state() const {
  auto now_released = released();
  if (!now_released.ok()) return now_released.error();
  auto now_staged = staged();
  if (!now_staged.ok()) return now_staged.error();
  return State{*std::move(now_released), *std::move(now_staged)};
}

Result<std::string> Repository::read_target(const trust::TargetInfo& target) const {
  const std::string released = path(target_file_name(target));
  const std::string place = client::is_taken(released) ? released : path("staged/targets/" + target.path);
  auto bytes = client::read_file(place, max_target_bytes);
  if (!bytes.ok()) return bytes;
  if (auto same = trust::check_content(place, *bytes, target.length, target.hashes); !same.ok()) return same.error();
  return bytes;
}

Result<void> Repository::stage(const Staged& staged, const std::map<std::string, std::string>& files) {
  const std::string next = path("staged.next");
  if (auto removed = remove_all(next); !removed.ok()) return removed;
  if (auto copied = copy_folder(path("staged"), next); !copied.ok()) return copied;
  for (const auto& [name, bytes] : files) {
    if (auto put = put_file(next + "/targets/" + name, bytes); !put.ok()) return put;
  }
  if (auto written = write_staged(next, staged); !written.ok()) return written;
  return replace_folder(next, path("staged"));
}

Result<void> Repository::save_signatures(const Staged& staged) const { return write_staged(path("staged"), staged); }

bool Repository::is_releasing() const { return client::is_taken(path(releasing_name)); }

std::chrono::sys_seconds Repository::release_time(std::chrono::sys_seconds now) const {
  const auto noted = client::read_file(path(releasing_name), 100);
  return noted.ok() ? parse_utc(*noted).value_or(now) : now;
}

Result<void> Repository::begin_release(std::chrono::sys_seconds time) const { return put_file(path(releasing_name), utc_text(time)); }

Result<void> Repository::discard_staged() const {
  if (auto removed = remove_all(path("staged.next")); !removed.ok()) return removed;
  if (!client::is_taken(path("staged"))) return {};
  // In one step, so that no half of a change is left.
  if (auto moved = client::move_file(path("staged"), path("staged.next")); !moved.ok()) return moved.error();
  return remove_all(path("staged.next"));
}

}  // namespace greenlane::gateway
