// Symmetric ciphers. Who encrypts something uses seal() of crypto/suite.h, which chooses nonces and keys itself.
#pragma once

#include <string>
#include <string_view>

#include "crypto/secret.h"
#include "greenlane/result.h"

namespace greenlane::crypto {

inline constexpr std::size_t gcm_nonce_bytes = 12;
inline constexpr std::size_t gcm_tag_bytes = 16;

struct GcmText {
  std::string cipher;  ///< as long as the plain text
  std::string tag;     ///< gcm_tag_bytes
};

/// AES-GCM (NIST SP 800-38D). `key`: 16, 24 or 32 bytes. `nonce`: 1 to 4,096 bytes, never twice with one key. Error:
/// invalid_argument.
Result<GcmText> encrypt_gcm(std::string_view key, std::string_view nonce, std::string_view associated, std::string_view plain);
/// Errors: invalid_argument; not_trusted, where text, tag and associated bytes do not belong together under the key.
Result<Secret> decrypt_gcm(std::string_view key, std::string_view nonce, std::string_view associated, std::string_view cipher,
                           std::string_view tag);

/// SM4 (GB/T 32907) in counter mode, which does not authenticate; decrypts as it encrypts. `key` and `start` of the counter: 16
/// bytes. Error: invalid_argument.
Result<std::string> sm4_ctr(std::string_view key, std::string_view start, std::string_view text);

}  // namespace greenlane::crypto
