// Private keys in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "crypto/public_key.h"
#include "crypto/secret.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane::crypto {

/// Moves only; erased when it goes. One thread.
class PrivateKey final : public Signer {
 public:
  static Result<PrivateKey> generate(SignatureAlgorithm algorithm, std::string_view sm2_user_id = {});
  /// One "PRIVATE KEY" block (PKCS #8), not encrypted. The algorithm is that of the key; `sm2_user_id` is for SM2 only, by default
  /// sm2_default_user_id. Error: invalid_key, also where a public key comes with it that is not its own.
  static Result<PrivateKey> from_pem(std::string_view pem, std::string_view sm2_user_id = {});
  /// The same in DER, without trailing bytes.
  static Result<PrivateKey> from_der(std::string_view der, std::string_view sm2_user_id = {});

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey() override;

  const PublicKeyInfo& public_key() const noexcept override { return info_; }
  Result<std::string> sign(std::string_view message) override;
  /// PKCS #8, not encrypted, which the caller erases.
  std::string pem() const;
  Secret der() const;

 private:
  struct Decoded;
  PrivateKey(std::unique_ptr<Decoded> decoded, PublicKeyInfo info);
  std::unique_ptr<Decoded> decoded_;
  PublicKeyInfo info_;
};

}  // namespace greenlane::crypto
