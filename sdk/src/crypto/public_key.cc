#include "crypto/public_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <cstring>

#include "crypto/digest.h"
#include "crypto/handles.h"
#include "crypto/schemes.h"

namespace greenlane::crypto {
namespace {

constexpr std::size_t max_key_bytes = 16'384;

Error not_a_key(const std::string& what) { return {.code = ErrorCode::invalid_key, .message = what}; }

const unsigned char* data_of(std::string_view bytes) noexcept { return reinterpret_cast<const unsigned char*>(bytes.data()); }

std::string der_of(const EVP_PKEY& key) {
  unsigned char* bytes = nullptr;
  const int size = i2d_PUBKEY(&key, &bytes);
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace

struct PublicKey::Decoded {
  KeyHandle key;
  Scheme scheme;
  std::string sm2_user_id;
  std::string der;
  std::string id;

  static Result<std::shared_ptr<const Decoded>> make(KeyHandle key, Scheme scheme, std::string_view sm2_user_id) {
    if (auto fit = fits(*key, scheme, sm2_user_id); !fit.ok()) return fit.error();
    auto decoded = std::make_shared<Decoded>();
    decoded->der = der_of(*key);
    if (decoded->der.empty()) return not_a_key("the key cannot be written as SubjectPublicKeyInfo");
    decoded->id = sha256_hex(decoded->der);
    decoded->key = std::move(key);
    decoded->scheme = scheme;
    decoded->sm2_user_id = sm2_user_id;
    return std::shared_ptr<const Decoded>(std::move(decoded));
  }
};

Result<PublicKey> PublicKey::from_der(std::string_view der, Scheme scheme, std::string_view sm2_user_id) {
  if (der.size() > max_key_bytes) return not_a_key("the public key has " + std::to_string(der.size()) + " bytes; at most 16384 are taken");
  const unsigned char* at = data_of(der);
  KeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (key == nullptr || at != data_of(der) + der.size()) return not_a_key("not a public key in DER (SubjectPublicKeyInfo)");
  auto decoded = Decoded::make(std::move(key), scheme, sm2_user_id);
  if (!decoded.ok()) return decoded.error();
  return PublicKey(*std::move(decoded));
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem, Scheme scheme, std::string_view sm2_user_id) {
  if (pem.size() > 2 * max_key_bytes) return not_a_key("the public key has " + std::to_string(pem.size()) + " bytes; at most 32768 are taken");
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* bytes = nullptr;
  long size = 0;
  const bool read = bio != nullptr && PEM_read_bio(bio.get(), &name, &header, &bytes, &size) == 1;
  ERR_clear_error();
  if (!read) return not_a_key("not a public key in PEM (-----BEGIN PUBLIC KEY-----)");
  const bool right_label = std::strcmp(name, "PUBLIC KEY") == 0 && *header == '\0';
  const std::string label = name;
  const std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_free(bytes);
  if (!right_label) return not_a_key("the PEM block is \"" + label + "\"; a \"PUBLIC KEY\" without headers is needed");
  return from_der(der, scheme, sm2_user_id);
}

Result<PublicKey> PublicKey::from_ed25519(std::string_view bytes) {
  if (bytes.size() != 32) return not_a_key("an Ed25519 public key has 32 bytes, not " + std::to_string(bytes.size()));
  KeyHandle key(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, data_of(bytes), bytes.size()));
  if (key == nullptr) return not_a_key("not an Ed25519 public key");
  auto decoded = Decoded::make(std::move(key), Scheme::ed25519, {});
  if (!decoded.ok()) return decoded.error();
  return PublicKey(*std::move(decoded));
}

Result<PublicKey> PublicKey::from_point(std::string_view point, Scheme scheme, std::string_view sm2_user_id) {
  const bool sm2 = scheme == Scheme::sm2_sm3;
  const char* group = sm2 ? "SM2" : (scheme == Scheme::ecdsa_p384_sha384 ? "secp384r1" : "prime256v1");
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, sm2 ? "SM2" : "EC", nullptr), &EVP_PKEY_CTX_free);
  std::array<OSSL_PARAM, 3> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, const_cast<char*>(group), 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<char*>(point.data()), point.size()),
      OSSL_PARAM_construct_end()};
  EVP_PKEY* raw = nullptr;
  const bool made = context != nullptr && point.size() <= max_key_bytes && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                    EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters.data()) == 1;
  KeyHandle key(raw);
  ERR_clear_error();
  if (!made) return not_a_key("not a point of the curve " + std::string(group));
  auto decoded = Decoded::make(std::move(key), scheme, sm2_user_id);
  if (!decoded.ok()) return decoded.error();
  return PublicKey(*std::move(decoded));
}

Result<PublicKey> PublicKey::from_info(const PublicKeyInfo& info) { return from_der(info.der, scheme_of(info.algorithm), info.sm2_user_id); }

Scheme PublicKey::scheme() const noexcept { return decoded_->scheme; }
const std::string& PublicKey::der() const noexcept { return decoded_->der; }
const std::string& PublicKey::sm2_user_id() const noexcept { return decoded_->sm2_user_id; }
const std::string& PublicKey::id() const noexcept { return decoded_->id; }

std::string PublicKey::pem() const {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  if (bio == nullptr || PEM_write_bio_PUBKEY(bio.get(), decoded_->key.get()) != 1) return {};
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  const DigestHandle context(EVP_MD_CTX_new());
  if (context == nullptr || !prepare(*context, *decoded_->key, decoded_->scheme, decoded_->sm2_user_id, Direction::verify)) return false;
  const bool valid = EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(message), message.size()) == 1;
  if (!valid) ERR_clear_error();
  return valid;
}

bool operator==(const PublicKey& a, const PublicKey& b) noexcept {
  return a.scheme() == b.scheme() && a.sm2_user_id() == b.sm2_user_id() && a.der() == b.der();
}

}  // namespace greenlane::crypto
