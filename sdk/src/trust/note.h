// Signed notes (C2SP signed-note 1.0): a text and lines of signatures below it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/public_key.h"
#include "greenlane/result.h"
#include "trust/checked_signature.h"

namespace greenlane::trust {

inline constexpr std::size_t max_note_bytes = std::size_t{64} << 10;
inline constexpr std::size_t max_note_signatures = 100;
inline constexpr std::size_t max_note_name_bytes = 255;

/// Whether a key may have that name: 1 to 255 printable ASCII characters without blank and '+'. Notes of others may have more.
bool is_note_name(std::string_view name) noexcept;

/// The four bytes that say which key of that name has signed:
///     Ed25519: SHA-256(name, "\n", 0x01, the 32 bytes of the key)
///     others:  SHA-256(name, "\n", 0xFF, "greenlane/", algorithm, "\n", SubjectPublicKeyInfo in DER)
/// with the algorithm as documents spell it. Signatures of the others are in DER, like everywhere here.
std::string note_key_hash(std::string_view name, const crypto::PublicKey& key);

/// The note of a text with signatures of it, all under one name. REQUIRES: is_note_name(name), a text as open_note() takes it.
std::string to_note(std::string_view text, std::string_view name, const std::vector<KeySignature>& signatures);

/// The text of a note that at least one of `keys` has signed under `name`. Signature lines of others are passed over. Errors:
/// not_trusted, also where a line that names one of the keys is no signature of it; limit_exceeded, invalid_document.
Result<std::string> open_note(std::string_view note, std::string_view name, const std::vector<crypto::PublicKey>& keys);

}  // namespace greenlane::trust
