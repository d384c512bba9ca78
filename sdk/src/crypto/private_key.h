// Private keys in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "crypto/public_key.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane::crypto {

/// Moves only; erased when it goes. One thread.
class PrivateKey final : public Signer {
 public:
  static Result<PrivateKey> generate(SignatureAlgorithm algorithm, std::string_view sm2_user_id = {});
  /// One "PRIVATE KEY" block (PKCS #8), not encrypted. The algorithm is that of the key; `sm2_user_id` is for SM2 only, by default
  /// sm2_default_user_id. Error: invalid_key.
  static Result<PrivateKey> from_pem(std::string_view pem, std::string_view sm2_user_id = {});

  PrivateKey(PrivateKey&&) noexcept;
  PrivateKey& operator=(PrivateKey&&) noexcept;
  ~PrivateKey() override;

  const PublicKeyInfo& public_key() const noexcept override { return info_; }
  Result<std::string> sign(std::string_view message) override;
  /// PKCS #8, not encrypted.
  std::string pem() const;

 private:
  struct Decoded;
  PrivateKey(std::unique_ptr<Decoded> decoded, PublicKeyInfo info);
  std::unique_ptr<Decoded> decoded_;
  PublicKeyInfo info_;
};

}  // namespace greenlane::crypto
