#include "change.h"

#include <algorithm>
#include <set>

#include "crypto/digest.h"
#include "trust/updater.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

/// Of one role: those of two roots together sign less often than clients take signatures in one file (trust::max_signatures).
constexpr std::size_t max_holders = 30;
constexpr std::size_t room_for_signatures = 64 * 400;

/// Keys that no role lists any more.
void drop_unused_keys(json::Value& root) {
  std::set<std::string> used;
  for (const json::Member& role : root.find("roles")->object()) {
    for (const json::Value& id : role.value.find("keyids")->array()) used.insert(id.string());
  }
  std::erase_if(root.find("keys")->object(), [&](const json::Member& key) { return !used.contains(key.key); });
}

Metadata first_root() {
  Metadata root = Metadata::empty(root_role);
  json::Object roles;
  for (const std::string_view role : {root_role, targets_role, snapshot_role, timestamp_role}) {
    roles.push_back({std::string(role), json::Object{{"keyids", json::Array()}, {"threshold", 1}}});
  }
  root.content().set("consistent_snapshot", true);
  root.content().set("keys", json::Object());
  root.content().set("roles", std::move(roles));
  return root;
}

Metadata first_targets() {
  Metadata targets = Metadata::empty(targets_role);
  targets.content().set("targets", json::Object());
  return targets;
}

}  // namespace

Result<Change> Change::begin(Repository& repository) {
  if (repository.is_releasing()) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "the staged change is being released, and was interrupted; run `greenlane-gateway repo refresh` to finish it",
                 .source = repository.folder()};
  }
  auto state = repository.state();
  if (!state.ok()) return state.error();
  return Change(repository, *std::move(state));
}

Metadata& Change::part(std::optional<Metadata>& staged, const std::optional<Metadata>& released, std::string_view role) {
  if (!staged) {
    staged = released ? *released : (role == root_role ? first_root() : first_targets());
    staged->set_version(staged->version() + 1);
    staged->drop_signatures();
  }
  changed_ = true;
  dropped_ += staged->signature_count();
  staged->drop_signatures();
  staged->set_expires(now() + authority_.lifetimes.of(role));
  return *staged;
}

Metadata& Change::root() { return part(staged_.root, released_.root, root_role); }
Metadata& Change::targets() { return part(staged_.targets, released_.targets, targets_role); }
const Metadata& Change::current_root() const noexcept { return staged_.root ? *staged_.root : *released_.root; }
const Metadata& Change::current_targets() const noexcept { return staged_.targets ? *staged_.targets : *released_.targets; }

std::optional<trust::TargetInfo> Change::find_target(std::string_view path) const {
  for (trust::TargetInfo& target : listed_targets(current_targets())) {
    if (target.path == path) return std::move(target);
  }
  return std::nullopt;
}

void Change::add_target(const std::string& path, std::string bytes, json::Value custom) {
  json::Object entry{{"length", static_cast<std::int64_t>(bytes.size())}, {"hashes", json::Object{{"sha256", crypto::sha256_hex(bytes)}}}};
  if (custom.is_object()) entry.push_back({"custom", std::move(custom)});
  targets().content().find("targets")->set(path, std::move(entry));
  files_[path] = std::move(bytes);
}

Result<std::string> Change::target_bytes(std::string_view path) const {
  if (const auto found = files_.find(std::string(path)); found != files_.end()) return found->second;
  const auto target = find_target(path);
  if (!target) return Error{.code = ErrorCode::not_found, .message = "no such target is published", .source = std::string(path)};
  return repository_->read_target(*target);
}

void Change::add_role_key(std::string_view role, const crypto::PublicKey& key, const std::string& name) {
  const std::string id = tuf_key_id(key);
  json::Value& content = root().content();
  content.find("keys")->set(id, tuf_key(key));
  json::Array& ids = content.find("roles")->find(role)->find("keyids")->array();
  if (std::find(ids.begin(), ids.end(), json::Value(id)) == ids.end()) ids.push_back(id);
  name_key(id, name);
}

void Change::add_online_key(const std::string& file) {
  auto& files = authority_.online_keys;
  if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
}

void Change::remove_role_key(std::string_view role, const std::string& key_id) {
  json::Value& content = root().content();
  std::erase(content.find("roles")->find(role)->find("keyids")->array(), json::Value(key_id));
  drop_unused_keys(content);
}

void Change::set_threshold(std::string_view role, std::size_t threshold) {
  root().content().find("roles")->find(role)->set("threshold", static_cast<std::int64_t>(threshold));
}

Result<void> Change::check_roles() const {
  for (const std::string_view role : {root_role, targets_role, snapshot_role, timestamp_role}) {
    const trust::RoleKeys keys = role_keys(current_root(), role);
    if (keys.keys.size() > max_holders) {
      return Error{.code = ErrorCode::limit_exceeded,
                   .message = "the role " + std::string(role) + " would have " + std::to_string(keys.keys.size()) +
                              " keys; at most " + std::to_string(max_holders) + " are taken"};
    }
    if (static_cast<std::int64_t>(keys.keys.size()) >= keys.threshold) continue;
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "the role " + std::string(role) + " would have " + std::to_string(keys.keys.size()) + " keys and need " +
                            std::to_string(keys.threshold) + " signatures; give it more keys or a lower threshold"};
  }
  return {};
}

Result<void> Change::check_sizes() const {
  constexpr trust::UpdateLimits limits;
  for (const auto& [metadata, most] : {std::pair{&staged_.root, limits.root_bytes}, {&staged_.targets, limits.targets_bytes}}) {
    // Signatures come on top.
    const std::size_t size = *metadata ? (*metadata)->bytes().size() + room_for_signatures : 0;
    if (size <= most) continue;
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "the metadata of " + std::string((*metadata)->role()) + " would have " + std::to_string(size) +
                     " bytes with its signatures; clients take " +
                            std::to_string(most)};
  }
  return {};
}

Result<void> Change::stage() {
  if (auto checked = check_roles(); !checked.ok()) return checked;
  // Keys of another set must sign the targets anew.
  const bool kept = staged_.root && released_.targets && !staged_.targets;
  if (kept && !is_signed(*released_.targets, role_keys(*staged_.root, targets_role))) targets();
  if (auto checked = check_sizes(); !checked.ok()) return checked;
  if (auto saved = repository_->save(authority_); !saved.ok()) return saved;
  return repository_->stage(staged_, files_);
}

}  // namespace greenlane::gateway
