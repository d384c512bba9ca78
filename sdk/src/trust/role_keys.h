// Who may sign for a role of a TUF repository, and whether enough of them did.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/public_key.h"
#include "greenlane/result.h"
#include "trust/json_fields.h"

namespace greenlane::trust {

inline constexpr std::size_t max_signatures = 64;  ///< of one file
inline constexpr std::size_t max_keys = 1'000;     ///< that one file lists, and ids of one role

/// The keys of a file by their ids. None stands for one that this client cannot use, which verifies nothing.
using KeyTable = std::map<std::string, std::optional<crypto::PublicKey>, std::less<>>;

struct RoleKey {
  std::string id;
  std::optional<crypto::PublicKey> key;
};

struct RoleKeys {
  std::vector<RoleKey> keys;  ///< ids are unique; the same key may stand under several
  std::int64_t threshold = 1;
};

struct Signature {
  std::string key_id;
  std::string bytes;
};

/// What of a file is signed, in the form that is signed, and the signatures, of which no two have the same key id.
struct SignedText {
  std::string bytes;
  std::vector<Signature> signatures;
};

/// Reads a member "keys". Types and schemes are those of the specification, section 4.2, with NIST P-384 and the extension
/// "sm2" / "sm2-sm3", whose keyval has a "user_id" besides the PEM.
KeyTable read_keys(JsonFields& fields, const Place& owner);
/// Reads "keyids" and "threshold" of a role.
RoleKeys read_role_keys(JsonFields& fields, const Place& role, const KeyTable& table);

/// Whether as many different keys as the threshold asks for have signed. A key that stands under several ids counts once. Error:
/// not_trusted, with `role` as source.
Result<void> verify_signatures(const SignedText& text, const RoleKeys& keys, std::string_view role);

/// Whether a key that was among `before` is no longer among `after`.
bool has_lost_a_key(const RoleKeys& before, const RoleKeys& after);

}  // namespace greenlane::trust
