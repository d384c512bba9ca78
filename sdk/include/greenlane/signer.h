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

/// The public key in `bytes`, PEM ("PUBLIC KEY") or DER (SubjectPublicKeyInfo); its type and curve say the algorithm.
/// `sm2_user_id` is for SM2 only, by default sm2_default_user_id. Error: invalid_key.
GREENLANE_EXPORT Result<PublicKeyInfo> read_public_key(std::string_view bytes, std::string_view sm2_user_id = {});

/// A signer with the private key of a file (PEM, PKCS #8, not encrypted). The file must be the caller's own, with mode 0600 or
/// narrower, and no symbolic link. Errors: not_found; io; invalid_key, where it is wider, of somebody else, or no key.
GREENLANE_EXPORT Result<std::unique_ptr<Signer>> key_file_signer(const std::string& path, std::string_view sm2_user_id = {});
/// Makes a key and a file for it with mode 0600, durably; says its public key. Errors: invalid_argument, where there is such a
/// file already; io.
GREENLANE_EXPORT Result<PublicKeyInfo> make_key_file(const std::string& path, SignatureAlgorithm algorithm,
                                                     std::string_view sm2_user_id = {});

/// How a device spells ECDSA and SM2 signatures; Ed25519 has one spelling only.
enum class SignatureForm {
  der,  ///< SEQUENCE of r and s
  raw,  ///< r and s, 32 bytes each, as PKCS #11 and JOSE have it
};

/// A signer whose private key only `sign` knows: a card, a token, a service. Each signature is checked with `key` before it is
/// handed on. Errors of it: invalid_key, where the signature is not one of `key`; what `sign` returns.
GREENLANE_EXPORT Result<std::unique_ptr<Signer>> callback_signer(PublicKeyInfo key,
                                                                 std::function<Result<std::string>(std::string_view message)> sign,
                                                                 SignatureForm form = SignatureForm::der);

/// Where a key lies in hardware that speaks PKCS #11.
struct Pkcs11Key {
  std::string module;  ///< path of the vendor's library
  std::string token;   ///< the token's label
  std::string label;   ///< of the private key, or ""
  std::string id;      ///< CKA_ID of the private key in hexadecimal digits, or ""; one of the two must be said
  /// Asks for the PIN of `token`; not called where the reader has its own keys. What it returns is erased after use.
  std::function<Result<std::string>(const std::string& token)> pin;
};
/// A signer of ECDSA P-256 over PKCS #11 2.20. It is logged in until it goes. Errors: not_found, where there is no such module or
/// key; unreachable, retryable, where the token is not there; invalid_key, where the PIN is wrong or the key of another kind.
GREENLANE_EXPORT Result<std::unique_ptr<Signer>> pkcs11_signer(const Pkcs11Key& key);

}  // namespace greenlane
