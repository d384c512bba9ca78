// Text encoding of keys (RFC 7468).
#pragma once

#include <string_view>

#include "crypto/secret.h"
#include "greenlane/result.h"

namespace greenlane::crypto {

/// Of keys in DER; RSA of 8192 bits has about 1,100 in the public key and 4,700 in the private one.
inline constexpr std::size_t max_key_bytes = 16'384;

/// The bytes of the only block of `pem`, whose label must be `label`; text around it is passed over. Error: invalid_key.
Result<Secret> pem_block(std::string_view pem, std::string_view label);

/// One block.
std::string to_pem(std::string_view bytes, std::string_view label);

/// Whether `bytes` are PEM rather than DER.
bool looks_like_pem(std::string_view bytes) noexcept;

}  // namespace greenlane::crypto
