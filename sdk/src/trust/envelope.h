// DSSE envelopes (Dead Simple Signing Envelope 1.0.2): a message and who signed it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/public_key.h"
#include "crypto/verified.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"
#include "trust/key_ring.h"

namespace greenlane::trust {

/// What was signed, to the byte.
struct Payload {
  std::string type;   ///< such as "application/vnd.greenlane.receipt.v1+json"
  std::string bytes;
};

/// The bytes that are signed: "DSSEv1 LENGTH TYPE LENGTH BODY".
std::string pre_authentication_encoding(std::string_view type, std::string_view bytes);

/// The envelope as JSON, with a signature of each of `signers`. Errors: those of the signers; invalid_argument without any.
Result<std::string> sign_envelope(const Payload& payload, const std::vector<Signer*>& signers);

/// Which keys may have signed, and how many different ones must have.
struct EnvelopePolicy {
  std::string type;  ///< the only payload type that is taken
  KeyUse use;
  std::string owner;  ///< "": any
  std::chrono::sys_seconds at;  ///< when it was signed, as far as that is known
  std::size_t threshold = 1;
  /// What must be among the signatures besides, for the suite `dual`: one of each algorithm. Empty: any.
  std::vector<SignatureAlgorithm> each_of = {};
};

class EnvelopeVerifier {
 public:
  /// The keys must outlive the verifier.
  explicit EnvelopeVerifier(const KeyRing& keys) : keys_(keys) {}
  /// Errors: not_trusted; invalid_document, invalid_json, invalid_encoding, limit_exceeded for what is no envelope.
  Result<Verified<Payload>> verify(std::string_view envelope, const EnvelopePolicy& policy) const;

 private:
  const KeyRing& keys_;
};

}  // namespace greenlane::trust
