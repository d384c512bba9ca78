// Public keys, decoded once, and the verification of signatures.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane::crypto {

/// How a signature is checked. The first three are those of SignatureAlgorithm; the others are verified where TUF
/// repositories of others use them, and never made.
enum class Scheme { ed25519, ecdsa_p256_sha256, sm2_sm3, ecdsa_p384_sha384, rsa_pss_sha256, rsa_pkcs1v15_sha256 };

Scheme scheme_of(SignatureAlgorithm algorithm) noexcept;
/// None for the schemes that are verified only.
std::optional<SignatureAlgorithm> algorithm_of(Scheme scheme) noexcept;

/// An immutable key of a type and curve that fit its scheme. Cheap to copy; any thread.
class PublicKey {
 public:
  /// `der`: SubjectPublicKeyInfo without trailing bytes. `sm2_user_id` is needed for SM2 and empty for others. Error:
  /// invalid_key, where the key is of another type or curve, or RSA outside 2048 to 8192 bits.
  static Result<PublicKey> from_der(std::string_view der, Scheme scheme, std::string_view sm2_user_id = {});
  /// One "PUBLIC KEY" block.
  static Result<PublicKey> from_pem(std::string_view pem, Scheme scheme, std::string_view sm2_user_id = {});
  /// The 32 bytes of RFC 8032.
  static Result<PublicKey> from_ed25519(std::string_view bytes);
  /// An uncompressed or compressed point (SEC 1, 2.3.3) of the curve of `scheme`.
  static Result<PublicKey> from_point(std::string_view point, Scheme scheme, std::string_view sm2_user_id = {});
  static Result<PublicKey> from_info(const PublicKeyInfo& info);

  Scheme scheme() const noexcept;
  const std::string& der() const noexcept;  ///< as OpenSSL writes it: equal for equal keys
  const std::string& sm2_user_id() const noexcept;
  std::string pem() const;
  /// SHA-256 over der(), 64 hexadecimal digits.
  const std::string& id() const noexcept;

  /// Whether `signature` is one of `message`. ECDSA and SM2 take strict DER; more than one signature may be valid for the
  /// same message, so that a signature is never an identity.
  bool verify(std::string_view message, std::string_view signature) const;

  /// The same key under the same scheme.
  friend bool operator==(const PublicKey& a, const PublicKey& b) noexcept;

 private:
  struct Decoded;
  explicit PublicKey(std::shared_ptr<const Decoded> decoded) : decoded_(std::move(decoded)) {}
  friend class PrivateKey;
  std::shared_ptr<const Decoded> decoded_;
};

}  // namespace greenlane::crypto
