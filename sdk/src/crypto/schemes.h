// What each scheme asks of its keys, and how OpenSSL is told of it.
#pragma once

#include <string>
#include <string_view>

#include "crypto/handles.h"
#include "crypto/public_key.h"


namespace greenlane::crypto {

/// The error, unless `key` is of the type, curve and size that `scheme` needs.
Result<void> fits(const evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id);

/// The scheme's name in errors, such as "ECDSA P-256".
std::string_view display_name(Scheme scheme) noexcept;

/// Sets `context` up to sign or to verify. False where OpenSSL refuses.
enum class Direction { sign, verify };
bool prepare(evp_md_ctx_st& context, evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id, Direction direction) noexcept;

}  // namespace greenlane::crypto
