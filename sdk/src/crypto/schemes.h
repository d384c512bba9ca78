// What each scheme asks of its keys, and how OpenSSL is told of it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/handles.h"
#include "crypto/public_key.h"

namespace greenlane::crypto {

inline constexpr std::array<SignatureAlgorithm, 3> signature_algorithms{SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256,
                                                                      SignatureAlgorithm::sm2_sm3};

/// The error, unless `key` is of the type, curve and size that `scheme` needs.
Result<void> fits(const evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id);

/// The algorithm of a key's type and curve.
std::optional<SignatureAlgorithm> algorithm_of(const evp_pkey_st& key);
/// `given`, or for SM2 the default where none is given.
std::string_view user_id_for(SignatureAlgorithm algorithm, std::string_view given) noexcept;

/// The scheme's name in errors, such as "ECDSA P-256".
std::string_view display_name(Scheme scheme) noexcept;

/// Sets `context` up to sign or to verify. False where OpenSSL refuses.
enum class Direction { sign, verify };
bool prepare(evp_md_ctx_st& context, evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id, Direction direction) noexcept;

/// The signature, or none where the key does not sign: OpenSSL's list of errors says why.
std::optional<std::string> signed_with(evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id, std::string_view message);

}  // namespace greenlane::crypto
