// DSSE envelopes (Dead Simple Signing Envelope 1.0.2): a message and who signed it. Signatures are those of the keys' algorithms;
// of ECDSA and SM2 they are in DER.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/public_key.h"
#include "crypto/verified.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"
#include "trust/key_ring.h"

namespace greenlane::trust {

inline constexpr std::size_t max_envelope_bytes = std::size_t{1} << 20;
inline constexpr std::size_t max_envelope_signatures = 16;
/// Pairs of a key and a signature that are tried of one envelope: the time that a stranger's envelope can take.
inline constexpr std::size_t max_envelope_tries = 1'000;

/// What was signed, to the byte.
struct Payload {
  std::string type;   ///< such as "application/vnd.greenlane.receipt.v1+json"
  std::string bytes;
  /// Ids of the keys whose signatures were found good, as many as the policy asks for. Of a verified payload only.
  std::vector<std::string> signed_by = {};
};

/// The bytes that are signed: "DSSEv1 LENGTH TYPE LENGTH BODY".
std::string pre_authentication_encoding(std::string_view type, std::string_view bytes);

/// The envelope as JSON, with a signature of each of `signers`. Errors: those of the signers; invalid_key, where what a signer gives
/// is no signature of its key; invalid_argument without signers, with one key twice or with more than 16; limit_exceeded.
Result<std::string> sign_envelope(const Payload& payload, const std::vector<Signer*>& signers);

/// Which keys may have signed, and how many different ones (1 or more) must have.
struct EnvelopePolicy {
  std::string type;  ///< the only payload type that is taken
  KeyUse use;
  std::string owner;  ///< "": any
  std::chrono::sys_seconds at;  ///< when it was signed, as KeyRing::usable() takes it: never a time that only the message claims
  std::size_t threshold = 1;
  /// What must be among the signatures besides, for the suite `dual`: one of each algorithm. Empty: any.
  std::vector<SignatureAlgorithm> each_of = {};
};

class EnvelopeVerifier {
 public:
  /// The keys must outlive the verifier.
  explicit EnvelopeVerifier(const KeyRing& keys) : keys_(keys) {}
  /// The algorithm of a signature is that of the key record. A key id in the envelope only says which key is tried first. Errors:
  /// not_trusted; invalid_document, invalid_json, invalid_encoding, limit_exceeded for what is no envelope; invalid_argument for a
  /// policy without a type or with the threshold 0.
  Result<Verified<Payload>> verify(std::string_view envelope, const EnvelopePolicy& policy) const;

 private:
  const KeyRing& keys_;
};

}  // namespace greenlane::trust
