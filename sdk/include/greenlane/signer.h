// Signature algorithms, and signers: whatever holds a private key and signs with it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/export.h"
#include "greenlane/result.h"

namespace greenlane {

/// What a key is for, together with its type; a message never chooses. The names are spelled as in documents.
enum class SignatureAlgorithm : int {
  ed25519 = 1,            ///< RFC 8032; signatures of 64 bytes
  ecdsa_p256_sha256 = 2,  ///< FIPS 186-4; signatures in DER
  sm2_sm3 = 3,            ///< GB/T 32918 with the signer's user id; signatures in DER
};

/// The spelling of `algorithm` in documents, for example "sm2_sm3".
GREENLANE_EXPORT std::string_view to_string(SignatureAlgorithm algorithm) noexcept;
GREENLANE_EXPORT std::optional<SignatureAlgorithm> signature_algorithm(std::string_view name) noexcept;

/// The user id that GB/T 35276 sets where the parties agree on none.
inline constexpr std::string_view sm2_default_user_id = "1234567812345678";

/// A public key, to show and to hand on. Plain data: copy freely, any thread.
struct PublicKeyInfo {
  SignatureAlgorithm algorithm = SignatureAlgorithm::ed25519;
  std::string der;          ///< SubjectPublicKeyInfo (RFC 5280)
  std::string sm2_user_id;  ///< for SM2, never empty there; else ""
};

/// Signs. An implementation may be slow (hardware, a person at a card reader) and says what went wrong in its Error. One
/// thread at a time.
class GREENLANE_EXPORT Signer {
 public:
  virtual ~Signer();
  virtual const PublicKeyInfo& public_key() const noexcept = 0;
  /// The signature over the bytes of `message`, which is hashed as the algorithm says.
  virtual Result<std::string> sign(std::string_view message) = 0;
};

}  // namespace greenlane
