// Changes to the list of the keys of messages.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "change.h"
#include "trust/key_ring.h"

namespace greenlane::gateway {

/// The list as it stands in a change; an empty one where there is none. Errors: io and those of KeyRing::read().
Result<trust::KeyRing> message_keys(const Change& change);
/// Makes `keys` the list of the change. Error: limit_exceeded and others of KeyRing::read(), where clients would not take it.
Result<void> set_message_keys(Change& change, const trust::KeyRing& keys);

/// Adds a key, or another use to one that is there. Error: invalid_argument, where it is there for another owner.
Result<trust::KeyRing> with_key(const trust::KeyRing& keys, trust::KeyRecord record);
/// Notes from when on a key is not used, or others may have it. A date that is there already may only be moved back. Error:
/// invalid_argument, where it would be moved on; not_found.
Result<trust::KeyRing> with_revocation(const trust::KeyRing& keys, const std::string& key_id,
                                       std::optional<std::chrono::sys_seconds> revoked_at,
                                       std::optional<std::chrono::sys_seconds> compromised_at);
/// Lists `key` with the owner and the uses of the key `old_id`, which ends at `old_ends`. Error: not_found, invalid_argument.
Result<trust::KeyRing> with_successor(const trust::KeyRing& keys, const std::string& old_id, const crypto::PublicKey& key,
                                      std::chrono::sys_seconds now, std::chrono::sys_seconds old_ends);

}  // namespace greenlane::gateway
