#include "crypto/private_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <cstring>

#include "crypto/handles.h"
#include "crypto/schemes.h"

namespace greenlane::crypto {
namespace {

Error invalid_key(const std::string& what) { return {.code = ErrorCode::invalid_key, .message = what}; }

/// The algorithm of a key's type and curve.
std::optional<SignatureAlgorithm> algorithm_of(const EVP_PKEY& key) {
  for (const auto algorithm : {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256, SignatureAlgorithm::sm2_sm3}) {
    const bool sm2 = algorithm == SignatureAlgorithm::sm2_sm3;
    if (fits(key, scheme_of(algorithm), sm2 ? sm2_default_user_id : std::string_view()).ok()) return algorithm;
  }
  return std::nullopt;
}

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

/// Whoever would have to type a passphrase is not there.
int no_passphrase(char*, int, int, void*) { return -1; }

std::string_view user_id_for(SignatureAlgorithm algorithm, std::string_view given) {
  return algorithm == SignatureAlgorithm::sm2_sm3 && given.empty() ? sm2_default_user_id : given;
}

}  // namespace

struct PrivateKey::Decoded {
  KeyHandle key;

  static Result<PrivateKey> with_info(KeyHandle key, SignatureAlgorithm algorithm, std::string_view sm2_user_id) {
    const std::string_view user_id = user_id_for(algorithm, sm2_user_id);
    if (auto fit = fits(*key, scheme_of(algorithm), user_id); !fit.ok()) return fit.error();
    unsigned char* bytes = nullptr;
    const int size = i2d_PUBKEY(key.get(), &bytes);
    if (size <= 0) return invalid_key("the key has no public part");
    PublicKeyInfo info{algorithm, std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)), std::string(user_id)};
    OPENSSL_free(bytes);
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
  if (pem.find("-----BEGIN ENCRYPTED PRIVATE KEY-----") != std::string_view::npos) {
    return invalid_key("the private key is encrypted; greenlane asks for no passphrase: decrypt it, or keep it in hardware (PKCS #11)");
  }
  if (pem.size() > 32'768) return invalid_key("the private key has " + std::to_string(pem.size()) + " bytes; at most 32768 are taken");
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyHandle key(bio == nullptr ? nullptr : PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  if (key == nullptr) return invalid_key("not a private key in PEM (-----BEGIN PRIVATE KEY-----)");
  const auto algorithm = algorithm_of(*key);
  if (!algorithm) return invalid_key("the private key is neither Ed25519 nor ECDSA P-256 nor SM2");
  return Decoded::with_info(std::move(key), *algorithm, sm2_user_id);
}

Result<std::string> PrivateKey::sign(std::string_view message) {
  const DigestHandle context(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  std::size_t size = 0;
  std::string signature;
  const bool sized = context != nullptr && prepare(*context, *decoded_->key, scheme_of(info_.algorithm), info_.sm2_user_id, Direction::sign) &&
                     EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size()) == 1;
  if (sized) signature.resize(size);
  if (!sized || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, message.size()) != 1) {
    ERR_clear_error();
    return invalid_key("OpenSSL does not sign with the " + std::string(display_name(scheme_of(info_.algorithm))) + " key");
  }
  signature.resize(size);
  return signature;
}

std::string PrivateKey::pem() const {
  const BioHandle bio(BIO_new(BIO_s_secmem()));
  if (bio == nullptr || PEM_write_bio_PrivateKey(bio.get(), decoded_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) return {};
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace greenlane::crypto
