// Suites of algorithms that go together: the international ones, China's national ones, or both side by side.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "crypto/digest.h"
#include "crypto/secret.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane::crypto {

enum class Suite {
  intl,  ///< Ed25519 or ECDSA P-256; SHA-256; AES-256-GCM
  gm,    ///< SM2 with SM3; SM3; SM4-CTR with HMAC-SM3
  dual,  ///< a signature of each of the two; both digests; encryption of gm
};

std::string_view to_string(Suite suite) noexcept;
std::optional<Suite> suite(std::string_view name) noexcept;

/// Whether the algorithms of the keys that have signed are enough: `threshold` keys of intl, of gm, or for dual of each. A key
/// must be counted once only.
bool is_signed_enough(Suite suite, std::span<const SignatureAlgorithm> keys, std::size_t threshold = 1) noexcept;

/// The digests that name a document, in hexadecimal digits; "" for the one that the suite has not.
struct SuiteDigests {
  std::string sha256;
  std::string sm3;
};
SuiteDigests digests(Suite suite, std::string_view bytes);

/// Of the keys of seal() and open().
inline constexpr std::size_t sealing_key_bytes = 32;

/// `plain`, encrypted and authenticated together with `associated`, which both sides know. The nonce is random and comes first: 12
/// bytes for AES-256-GCM, with which a key may seal 2^32 texts (NIST SP 800-38D, 8.3); 16 bytes for SM4. The tag comes last.
/// Error: invalid_argument, where `key` has not 32 bytes.
Result<std::string> seal(Suite suite, const Secret& key, std::string_view associated, std::string_view plain);
/// Error: not_trusted, where `sealed` was changed, or the key, the suite or `associated` is another.
Result<Secret> open(Suite suite, const Secret& key, std::string_view associated, std::string_view sealed);

}  // namespace greenlane::crypto
