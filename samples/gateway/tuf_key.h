// Keys as files bring them and as TUF metadata lists them.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "crypto/public_key.h"
#include "greenlane/result.h"

namespace greenlane::gateway {

/// The public key in a file, PEM or DER. Errors: not_found, io, invalid_key; a private key is refused.
Result<crypto::PublicKey> read_public_key_file(const std::string& path, std::string_view sm2_user_id = {});
/// The same, and of a private key its public part.
Result<crypto::PublicKey> read_either_key_file(const std::string& path);
/// Whether the file holds a private key.
bool is_private_key_file(const std::string& path);

/// {"keytype", "scheme", "keyval": {"public"}}; the public part is hexadecimal for Ed25519 and PEM for the others. SM2 has a "user_id"
/// besides.
json::Value tuf_key(const crypto::PublicKey& key);
/// SHA-256 over the canonical form of tuf_key(), as TUF's specification counts key ids.
std::string tuf_key_id(const crypto::PublicKey& key);

}  // namespace greenlane::gateway
