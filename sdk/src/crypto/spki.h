// The one spelling of a public key.
#pragma once

#include <string>
#include <string_view>

#include "crypto/handles.h"

namespace greenlane::crypto {

/// SubjectPublicKeyInfo in DER; a point of a curve uncompressed. Equal for equal keys. "" where the key has none.
std::string spki_of(evp_pkey_st& key);

/// Whether `der` is that, or the same with a compressed point: no other spelling of a key is taken (RFC 5480), so that nobody can
/// pass one key off as two.
bool is_spki_of(std::string_view der, evp_pkey_st& key);

/// The key as it is spelled.
std::string encoded_public_key(const evp_pkey_st& key);

}  // namespace greenlane::crypto
