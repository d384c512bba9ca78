// Signing with whatever holds the key, and not believing it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/public_key.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane::trust {

struct KeySignature {
  crypto::PublicKey key;
  std::string bytes;
};

/// Signatures of `message`, each checked with the signer's public key. Errors: those of the signers; invalid_key, where what one gives
/// is no signature of its key; invalid_argument, where there are none or more than `max_signers`, or a key comes twice.
Result<std::vector<KeySignature>> checked_signatures(std::string_view message, const std::vector<Signer*>& signers,
                                                     std::size_t max_signers);

}  // namespace greenlane::trust
