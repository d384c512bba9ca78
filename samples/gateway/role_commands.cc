#include <algorithm>
#include <array>

#include "key_choice.h"
#include "message_keys.h"
#include "staging.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

constexpr std::array all_roles{root_role, targets_role, snapshot_role, timestamp_role};

bool is_role(std::string_view name) noexcept { return std::find(all_roles.begin(), all_roles.end(), name) != all_roles.end(); }
bool is_online_role(std::string_view name) noexcept { return name == snapshot_role || name == timestamp_role; }

/// The public key of a file. A private key is one of this machine, which is noted, and is only taken where `online`.
Result<crypto::PublicKey> new_key(Change& change, const std::string& file, bool online, const std::string& sm2_user_id) {
  if (!online || !is_private_key_file(file)) return read_public_key_file(file, sm2_user_id);
  auto key = read_either_key_file(file);
  if (key.ok()) change.add_online_key(absolute_path(file));
  return key;
}

Result<void> set_threshold(Change& change, std::string_view role, std::size_t threshold) {
  if (threshold == 0) return {};
  if (threshold > 1 && is_online_role(role)) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "the " + std::string(role) + " is signed by one machine without a person; its threshold is 1"};
  }
  change.set_threshold(role, threshold);
  return {};
}

Result<void> add_role_key(Change& change, const KeyArguments& arguments) {
  const auto key = new_key(change, arguments.key, is_online_role(arguments.role), "");
  if (!key.ok()) return key.error();
  change.add_role_key(arguments.role, *key, name_of_key(arguments.key));
  return set_threshold(change, arguments.role, arguments.threshold);
}

Result<void> add_message_key(Change& change, trust::KeyUse use, const KeyArguments& arguments) {
  if (arguments.owner.empty()) {
    return Error{.code = ErrorCode::invalid_argument, .message = "give --owner CODE: the enterprise or authority whose key this is"};
  }
  const auto from = read_moment(arguments.from, "--from", now());
  if (!from.ok()) return from.error();
  const auto until = read_moment(arguments.until, "--until", *from + std::chrono::hours(24 * 730));
  if (!until.ok()) return until.error();
  const auto key = new_key(change, arguments.key, use == trust::KeyUse::checkpoint, arguments.sm2_user_id);
  if (!key.ok()) return key.error();
  const auto keys = message_keys(change);
  if (!keys.ok()) return keys.error();
  const auto changed = with_key(*keys, {.key = *key,
                                        .owner = arguments.owner,
                                        .uses = {use},
                                        .not_before = *from,
                                        .not_after = *until,
                                        .revoked_at = {},
                                        .compromised_at = {}});
  if (!changed.ok()) return changed.error();
  change.name_key(tuf_key_id(*key), name_of_key(arguments.key));
  return set_message_keys(change, *changed);
}

Error no_such_role(const std::string& role) {
  return {.code = ErrorCode::invalid_argument,
          .message = "\"" + role + "\" is neither a role (root, targets, snapshot, timestamp) nor a use of keys (criteria, "
                                    "submission, warning, receipt, checkpoint)"};
}

/// The key that `text` names, as the change stands.
Result<ChosenKey> chosen(const Repository& repository, const Change& change, const std::string& text) {
  const auto keys = message_keys(change);
  if (!keys.ok()) return keys.error();
  return choose_key(repository, change.current_root(), *keys, text);
}

Result<void> rotate_role_key(Change& change, const ChosenKey& old, const KeyArguments& arguments) {
  if (std::find(old.roles.begin(), old.roles.end(), arguments.role) == old.roles.end()) {
    return Error{.code = ErrorCode::invalid_argument, .message = "this key does not sign the " + arguments.role, .source = arguments.key};
  }
  const auto key = new_key(change, arguments.successor, is_online_role(arguments.role), "");
  if (!key.ok()) return key.error();
  change.add_role_key(arguments.role, *key, name_of_key(arguments.successor));
  change.remove_role_key(arguments.role, old.tuf_id);
  return {};
}

Result<void> rotate_message_key(Change& change, const ChosenKey& old, const KeyArguments& arguments) {
  if (old.message_id.empty()) {
    return Error{.code = ErrorCode::invalid_argument, .message = "this key is not among the keys of messages", .source = arguments.key};
  }
  const auto keys = message_keys(change);
  if (!keys.ok()) return keys.error();
  const auto key = new_key(change, arguments.successor, trust::key_use(arguments.role) == trust::KeyUse::checkpoint, arguments.sm2_user_id);
  if (!key.ok()) return key.error();
  const auto changed = with_successor(*keys, old.message_id, *key, now(), now() + std::chrono::hours(24) * arguments.overlap_days);
  if (!changed.ok()) return changed.error();
  change.name_key(tuf_key_id(*key), name_of_key(arguments.successor));
  return set_message_keys(change, *changed);
}

Result<void> revoke_message_key(Change& change, const ChosenKey& key, const KeyArguments& arguments) {
  const auto keys = message_keys(change);
  if (!keys.ok()) return keys.error();
  const auto revoked = read_moment(arguments.revoked_at, "--revoked-at", now());
  if (!revoked.ok()) return revoked.error();
  const auto compromised = read_moment(arguments.compromised_at, "--compromised-at", now());
  if (!compromised.ok()) return compromised.error();
  // Who only says since when others may have the key means from that moment on.
  const bool only_compromised = arguments.revoked_at.empty() && !arguments.compromised_at.empty();
  const auto changed = with_revocation(*keys, key.message_id, only_compromised ? std::nullopt : std::optional(*revoked),
                                       arguments.compromised_at.empty() ? std::nullopt : std::optional(*compromised));
  return changed.ok() ? set_message_keys(change, *changed) : changed.error();
}

/// A role key goes at once, a message key keeps its place with a date.
Result<void> revoke(Change& change, const ChosenKey& key, const KeyArguments& arguments) {
  const bool with_date = !arguments.revoked_at.empty() || !arguments.compromised_at.empty();
  if (with_date && key.message_id.empty()) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "--revoked-at and --compromised-at are for keys of messages; a role loses its key with the next root",
                 .source = arguments.key};
  }
  for (const std::string& role : key.roles) change.remove_role_key(role, key.tuf_id);
  return key.message_id.empty() ? Result<void>() : revoke_message_key(change, key, arguments);
}

}  // namespace

Exit run_repo_add_key(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign) {
  return stage_change(folder, sign, [&](Change& change) -> Result<void> {
    if (is_role(arguments.role)) return add_role_key(change, arguments);
    const auto use = trust::key_use(arguments.role);
    return use ? add_message_key(change, *use, arguments) : no_such_role(arguments.role);
  });
}

Exit run_repo_rotate(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign) {
  return stage_change(folder, sign, [&](Change& change) -> Result<void> {
    if (!is_role(arguments.role) && !trust::key_use(arguments.role)) return no_such_role(arguments.role);
    const auto old = chosen(change.repository(), change, arguments.key);
    if (!old.ok()) return old.error();
    return is_role(arguments.role) ? rotate_role_key(change, *old, arguments) : rotate_message_key(change, *old, arguments);
  });
}

Exit run_repo_revoke(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign) {
  return stage_change(folder, sign, [&](Change& change) -> Result<void> {
    const auto key = chosen(change.repository(), change, arguments.key);
    return key.ok() ? revoke(change, *key, arguments) : key.error();
  });
}

Exit run_repo_threshold(const std::string& folder, const KeyArguments& arguments, const std::vector<std::string>& sign) {
  return stage_change(folder, sign, [&](Change& change) { return set_threshold(change, arguments.role, arguments.threshold); });
}

Exit run_repo_renew(const std::string& folder, const std::vector<std::string>& roles, const std::vector<std::string>& sign) {
  return stage_change(folder, sign, [&](Change& change) -> Result<void> {
    for (const std::string& role : roles) static_cast<void>(role == root_role ? change.root() : change.targets());
    return {};
  });
}

}  // namespace greenlane::gateway
