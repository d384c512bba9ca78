// The keys of messages: whose they are, what for, and since and until when (greenlane.keys/1, a target of the authority's repository).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/public_key.h"
#include "greenlane/keys.h"
#include "greenlane/result.h"

namespace greenlane::trust {

/// Path of the target that lists them.
inline constexpr std::string_view keys_target = "trust/keys.json";

using greenlane::key_use;
using greenlane::KeyUse;

/// The algorithm of a scheme as documents spell it, or "" for schemes that keys of messages do not have.
std::string_view algorithm_name(crypto::Scheme scheme) noexcept;

struct KeyRecord {
  crypto::PublicKey key;
  std::string owner;          ///< code of the enterprise or authority; 1 to 64 ASCII characters without blanks
  std::vector<KeyUse> uses;
  std::chrono::sys_seconds not_before;  ///< the first second
  std::chrono::sys_seconds not_after;   ///< the last second; what was signed until then holds
  std::optional<std::chrono::sys_seconds> revoked_at;      ///< no longer used from then on; what it signed before holds
  /// Others may have it since; nothing it signed holds without an independent time before.
  std::optional<std::chrono::sys_seconds> compromised_at;
};

/// Keys are decoded once. Immutable; any thread.
class KeyRing {
 public:
  /// Reads a greenlane.keys/1 (schema/keys.schema.json), at most 1,000 keys and 2 MiB. Errors: invalid_json, invalid_document,
  /// invalid_key, limit_exceeded, with pointer.
  static Result<KeyRing> read(std::string_view json);
  explicit KeyRing(std::vector<KeyRecord> records = {}, std::string log_origin = {})
      : records_(std::move(records)), log_origin_(std::move(log_origin)) {}

  const std::vector<KeyRecord>& records() const noexcept { return records_; }
  /// Name of the authority's publication log, which keys with the use `checkpoint` sign.
  const std::string& log_origin() const noexcept { return log_origin_; }
  /// Those that `owner` ("": anybody) may have used for `use` at `at`: a time that somebody else than the signer vouches for, such
  /// as that of a receipt or a logged checkpoint, else the present. Who has a stolen key can write any time into a message.
  std::vector<const KeyRecord*> usable(KeyUse use, std::string_view owner, std::chrono::sys_seconds at) const;
  /// The document that read() reads. REQUIRES of the records what read() asks of them.
  std::string to_json() const;

 private:
  std::vector<KeyRecord> records_;
  std::string log_origin_;
};

}  // namespace greenlane::trust
