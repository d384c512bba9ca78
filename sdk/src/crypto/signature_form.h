// The two spellings of ECDSA and SM2 signatures: DER (SEQUENCE of r and s), and raw (r and s of 32 bytes each, IEEE P1363).
#pragma once

#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::crypto {

inline constexpr std::size_t raw_signature_bytes = 64;

/// `der` must be DER without trailing bytes, with numbers from 0 below 2^256. Error: invalid_key.
Result<std::string> raw_from_der(std::string_view der);
/// Error: invalid_key, where `raw` has not 64 bytes.
Result<std::string> der_from_raw(std::string_view raw);

}  // namespace greenlane::crypto
