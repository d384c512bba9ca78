#include "crypto/private_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "crypto/handles.h"
#include "crypto/pem.h"
#include "crypto/schemes.h"
#include "crypto/spki.h"

namespace greenlane::crypto {
namespace {

Error invalid_key(const std::string& what) { return {.code = ErrorCode::invalid_key, .message = what}; }

KeyHandle generated(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::ed25519:
      return KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    case SignatureAlgorithm::ecdsa_p256_sha256:
      return KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    case SignatureAlgorithm::sm2_sm3:
      return KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
  }
  return nullptr;
}

struct InfoDeleter {
  void operator()(PKCS8_PRIV_KEY_INFO* info) const noexcept { PKCS8_PRIV_KEY_INFO_free(info); }
};
using InfoHandle = std::unique_ptr<PKCS8_PRIV_KEY_INFO, InfoDeleter>;

/// PKCS #8 may carry a public key: signatures of a foreign one would verify for nobody.
bool fits_its_public_part(EVP_PKEY& key) {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new_from_pkey(nullptr, &key, nullptr),
                                                                            &EVP_PKEY_CTX_free);
  return context != nullptr && EVP_PKEY_pairwise_check(context.get()) == 1;
}

}  // namespace

struct PrivateKey::Decoded {
  KeyHandle key;

  static Result<PrivateKey> with_info(KeyHandle key, SignatureAlgorithm algorithm, std::string_view sm2_user_id) {
    const std::string_view user_id = user_id_for(algorithm, sm2_user_id);
    if (auto fit = fits(*key, scheme_of(algorithm), user_id); !fit.ok()) return fit.error();
    PublicKeyInfo info{algorithm, spki_of(*key), std::string(user_id)};
    if (info.der.empty()) return invalid_key("the private key has no public part");
    return PrivateKey(std::make_unique<Decoded>(Decoded{std::move(key)}), std::move(info));
  }
};

PrivateKey::PrivateKey(std::unique_ptr<Decoded> decoded, PublicKeyInfo info) : decoded_(std::move(decoded)), info_(std::move(info)) {}
PrivateKey::PrivateKey(PrivateKey&&) noexcept = default;
PrivateKey& PrivateKey::operator=(PrivateKey&&) noexcept = default;
PrivateKey::~PrivateKey() = default;

Result<PrivateKey> PrivateKey::generate(SignatureAlgorithm algorithm, std::string_view sm2_user_id) {
  KeyHandle key = generated(algorithm);
  if (key == nullptr) return invalid_key("OpenSSL makes no " + std::string(display_name(scheme_of(algorithm))) + " key");
  return Decoded::with_info(std::move(key), algorithm, sm2_user_id);
}

Result<PrivateKey> PrivateKey::from_pem(std::string_view pem, std::string_view sm2_user_id) {
  const auto block = pem_block(pem, "PRIVATE KEY");
  if (!block.ok()) return block.error();
  return from_der(block->bytes(), sm2_user_id);
}

Result<PrivateKey> PrivateKey::from_der(std::string_view der, std::string_view sm2_user_id) {
  if (der.size() > max_key_bytes) {
    return invalid_key("the private key has " + std::to_string(der.size()) + " bytes; at most 16384 are taken");
  }
  const auto* const begin = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* at = begin;
  const InfoHandle info(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
  const bool whole = info != nullptr && at == begin + der.size();
  KeyHandle key(whole ? EVP_PKCS82PKEY(info.get()) : nullptr);
  ERR_clear_error();
  if (key == nullptr) return invalid_key("not a private key (PKCS #8, not encrypted)");
  const auto algorithm = algorithm_of(*key);
  if (!algorithm) return invalid_key("the private key is neither Ed25519 nor ECDSA P-256 nor SM2");
  const bool fitting = fits_its_public_part(*key);
  ERR_clear_error();
  if (!fitting) return invalid_key("the private key and the public key that comes with it do not belong together");
  return Decoded::with_info(std::move(key), *algorithm, sm2_user_id);
}

Result<std::string> PrivateKey::sign(std::string_view message) {
  auto signature = signed_with(*decoded_->key, scheme_of(info_.algorithm), info_.sm2_user_id, message);
  ERR_clear_error();
  if (!signature) return invalid_key("OpenSSL does not sign with the " + std::string(display_name(scheme_of(info_.algorithm))) + " key");
  return *std::move(signature);
}

std::string PrivateKey::pem() const { return to_pem(der().bytes(), "PRIVATE KEY"); }

Secret PrivateKey::der() const {
  const InfoHandle info(EVP_PKEY2PKCS8(decoded_->key.get()));
  unsigned char* bytes = nullptr;
  const int size = info == nullptr ? 0 : i2d_PKCS8_PRIV_KEY_INFO(info.get(), &bytes);
  if (size <= 0) return {};
  Secret der(std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)));
  OPENSSL_clear_free(bytes, static_cast<std::size_t>(size));
  return der;
}

}  // namespace greenlane::crypto
