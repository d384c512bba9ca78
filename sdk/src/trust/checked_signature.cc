#include "trust/checked_signature.h"

#include <algorithm>
#include <utility>

namespace greenlane::trust {

Result<std::vector<KeySignature>> checked_signatures(std::string_view message, const std::vector<Signer*>& signers,
                                                     std::size_t max_signers) {
  if (signers.empty() || signers.size() > max_signers) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "there have to be 1 to " + std::to_string(max_signers) + " signers, not " + std::to_string(signers.size())};
  }
  std::vector<KeySignature> signatures;
  for (Signer* signer : signers) {
    auto key = crypto::PublicKey::from_info(signer->public_key());
    if (!key.ok()) return std::move(key).error();
    if (std::any_of(signatures.begin(), signatures.end(), [&](const KeySignature& other) { return other.key.id() == key->id(); })) {
      return Error{.code = ErrorCode::invalid_argument, .message = "the key " + key->id() + " is asked to sign twice"};
    }
    auto signature = signer->sign(message);
    if (!signature.ok()) return std::move(signature).error();
    if (!key->verify(message, *signature)) {
      return Error{.code = ErrorCode::invalid_key,
                   .message = "what the signer of the key " + key->id() +
                              " gives is no signature of that key; an ECDSA or SM2 signature has to be in DER"};
    }
    signatures.push_back({*std::move(key), *std::move(signature)});
  }
  return signatures;
}

}  // namespace greenlane::trust
