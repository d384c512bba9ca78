// Keys as TUF metadata lists them.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "greenlane/result.h"

namespace greenlane::gateway {

/// Holders bring a public key as a file.
Result<crypto::PublicKey> read_public_key(const std::string& path);
/// Error: invalid_key, also where others than its owner may read the file.
Result<crypto::PrivateKey> read_private_key(const std::string& path);

/// {"keytype", "scheme", "keyval": {"public"}}; the public part is hexadecimal for Ed25519 and PEM for the others.
json::Value tuf_key(const crypto::PublicKey& key);
Result<crypto::PublicKey> read_tuf_key(const json::Value& key);
/// SHA-256 over the canonical form of tuf_key(), as TUF's specification counts key ids.
std::string tuf_key_id(const crypto::PublicKey& key);

}  // namespace greenlane::gateway
