#include "message_keys.h"

#include <algorithm>

namespace greenlane::gateway {
namespace {

Error invalid(std::string message) { return {.code = ErrorCode::invalid_argument, .message = std::move(message)}; }

Result<std::size_t> place_of(const std::vector<trust::KeyRecord>& records, const std::string& key_id) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&](const trust::KeyRecord& record) { return record.key.id() == key_id; });
  if (found != records.end()) return static_cast<std::size_t>(found - records.begin());
  return Error{.code = ErrorCode::not_found, .message = "the key " + key_id + " is not among the keys of messages"};
}

/// `time`, unless the date that is there is earlier.
Result<void> move_back(std::optional<std::chrono::sys_seconds>& there, std::optional<std::chrono::sys_seconds> time, const char* what) {
  if (!time) return {};
  if (there && *there < *time) return invalid(std::string("the key is ") + what + " since an earlier time already; that stays");
  there = time;
  return {};
}

}  // namespace

Result<trust::KeyRing> message_keys(const Change& change) {
  const auto bytes = change.target_bytes(trust::keys_target);
  if (!bytes.ok() && bytes.error().code == ErrorCode::not_found) return trust::KeyRing();
  if (!bytes.ok()) return bytes.error();
  auto keys = trust::KeyRing::read(*bytes);
  if (!keys.ok()) keys.error().source = trust::keys_target;
  return keys;
}

Result<void> set_message_keys(Change& change, const trust::KeyRing& keys) {
  std::string bytes = keys.to_json();
  if (const auto read = trust::KeyRing::read(bytes); !read.ok()) return read.error();
  change.add_target(std::string(trust::keys_target), std::move(bytes), nullptr);
  return {};
}

Result<trust::KeyRing> with_key(const trust::KeyRing& keys, trust::KeyRecord record) {
  auto records = keys.records();
  const auto place = place_of(records, record.key.id());
  if (!place.ok()) {
    records.push_back(std::move(record));
    return trust::KeyRing(std::move(records), keys.log_origin());
  }
  trust::KeyRecord& there = records[*place];
  if (there.owner != record.owner) return invalid("the key is listed for the owner " + there.owner + " already");
  for (const trust::KeyUse use : record.uses) {
    if (std::find(there.uses.begin(), there.uses.end(), use) == there.uses.end()) there.uses.push_back(use);
  }
  return trust::KeyRing(std::move(records), keys.log_origin());
}

Result<trust::KeyRing> with_revocation(const trust::KeyRing& keys, const std::string& key_id,
                                       std::optional<std::chrono::sys_seconds> revoked_at,
                                       std::optional<std::chrono::sys_seconds> compromised_at) {
  auto records = keys.records();
  const auto place = place_of(records, key_id);
  if (!place.ok()) return place.error();
  trust::KeyRecord& record = records[*place];
  if (auto done = move_back(record.revoked_at, revoked_at, "revoked"); !done.ok()) return done.error();
  if (auto done = move_back(record.compromised_at, compromised_at, "compromised"); !done.ok()) return done.error();
  return trust::KeyRing(std::move(records), keys.log_origin());
}

Result<trust::KeyRing> with_successor(const trust::KeyRing& keys, const std::string& old_id, const crypto::PublicKey& key,
                                      std::chrono::sys_seconds now, std::chrono::sys_seconds old_ends) {
  auto records = keys.records();
  const auto place = place_of(records, old_id);
  if (!place.ok()) return place.error();
  if (place_of(records, key.id()).ok()) return invalid("the new key is listed already; keys come and go once");
  trust::KeyRecord& old = records[*place];
  const auto life = old.not_after - old.not_before;
  trust::KeyRecord successor{.key = key,
                             .owner = old.owner,
                             .uses = old.uses,
                             .not_before = now,
                             .not_after = now + life,
                             .revoked_at = {},
                             .compromised_at = {}};
  old.not_after = std::max(old.not_before, std::min(old.not_after, old_ends));
  records.push_back(std::move(successor));
  return trust::KeyRing(std::move(records), keys.log_origin());
}

}  // namespace greenlane::gateway
