// Message authentication codes, and keys derived from a key.
#pragma once

#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "crypto/secret.h"

namespace greenlane::crypto {

/// The 32 bytes of HMAC (RFC 2104) with a key of any length.
std::string hmac(DigestAlgorithm algorithm, std::string_view key, std::string_view message);

/// Whether `mac` is the whole HMAC of `message`; a shortened one is not.
bool is_hmac(DigestAlgorithm algorithm, std::string_view key, std::string_view message, std::string_view mac);

/// Whether the texts are equal, in a time that depends on their lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

/// A key of `bytes` bytes, at most 8,160, from `key` (HKDF, RFC 5869, without salt); another one for each `purpose`.
Secret derived_key(DigestAlgorithm algorithm, std::string_view key, std::string_view purpose, std::size_t bytes);

}  // namespace greenlane::crypto
