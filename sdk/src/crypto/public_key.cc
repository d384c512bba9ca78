#include "crypto/public_key.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>

#include "crypto/digest.h"
#include "crypto/handles.h"
#include "crypto/pem.h"
#include "crypto/schemes.h"
#include "crypto/spki.h"

namespace greenlane::crypto {
namespace {

Error not_a_key(const std::string& what) { return {.code = ErrorCode::invalid_key, .message = what}; }

const unsigned char* data_of(std::string_view bytes) noexcept { return reinterpret_cast<const unsigned char*>(bytes.data()); }

/// SEC 1 has a third form, hybrid, which RFC 5480 forbids. `width`: bytes of a coordinate.
bool is_point(std::string_view point, std::size_t width) noexcept {
  const char form = point.empty() ? '\0' : point.front();
  return (form == 4 && point.size() == 2 * width + 1) || ((form == 2 || form == 3) && point.size() == width + 1);
}

}  // namespace

struct PublicKey::Decoded {
  KeyHandle key;
  Scheme scheme;
  std::string sm2_user_id;
  std::string der;
  std::string id;
  /// Ready to verify. Setting one up takes a tenth of a verification, copying one almost nothing; it is never written to, so that
  /// any thread may copy it.
  DigestHandle prepared;

  static Result<std::shared_ptr<const Decoded>> make(KeyHandle key, Scheme scheme, std::string_view sm2_user_id) {
    if (auto fit = fits(*key, scheme, sm2_user_id); !fit.ok()) return fit.error();
    auto decoded = std::make_shared<Decoded>();
    decoded->der = spki_of(*key);
    if (decoded->der.empty()) return not_a_key("the key cannot be written as SubjectPublicKeyInfo");
    decoded->id = sha256_hex(decoded->der);
    decoded->key = std::move(key);
    decoded->scheme = scheme;
    decoded->sm2_user_id = sm2_user_id;
    decoded->prepared.reset(EVP_MD_CTX_new());
    if (decoded->prepared == nullptr || !prepare(*decoded->prepared, *decoded->key, scheme, sm2_user_id, Direction::verify)) {
      ERR_clear_error();
      return not_a_key("OpenSSL does not verify with this key");
    }
    return std::shared_ptr<const Decoded>(std::move(decoded));
  }
};

Result<PublicKey> PublicKey::from_der(std::string_view der, Scheme scheme, std::string_view sm2_user_id) {
  if (der.size() > max_key_bytes) return not_a_key("the public key has " + std::to_string(der.size()) + " bytes; at most 16384 are taken");
  const unsigned char* at = data_of(der);
  KeyHandle key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (key == nullptr || at != data_of(der) + der.size()) return not_a_key("not a public key in DER (SubjectPublicKeyInfo)");
  EVP_PKEY& read = *key;
  auto decoded = Decoded::make(std::move(key), scheme, sm2_user_id);
  if (!decoded.ok()) return decoded.error();
  if (!is_spki_of(der, read)) return not_a_key("the public key is not in DER, or spells its curve or point in a way that is not taken");
  return PublicKey(*std::move(decoded));
}

Result<PublicKey> PublicKey::from_pem(std::string_view pem, Scheme scheme, std::string_view sm2_user_id) {
  const auto block = pem_block(pem, "PUBLIC KEY");
  if (!block.ok()) return block.error();
  return from_der(block->bytes(), scheme, sm2_user_id);
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
  const bool made = context != nullptr && is_point(point, scheme == Scheme::ecdsa_p384_sha384 ? 48 : 32) &&
                    EVP_PKEY_fromdata_init(context.get()) == 1 &&
                    EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters.data()) == 1;
  KeyHandle key(raw);
  ERR_clear_error();
  if (!made) return not_a_key("not a point of the curve " + std::string(group));
  auto decoded = Decoded::make(std::move(key), scheme, sm2_user_id);
  if (!decoded.ok()) return decoded.error();
  return PublicKey(*std::move(decoded));
}

Result<PublicKey> PublicKey::from_info(const PublicKeyInfo& info) {
  return from_der(info.der, scheme_of(info.algorithm), info.sm2_user_id);
}

Scheme PublicKey::scheme() const noexcept { return decoded_->scheme; }
const std::string& PublicKey::der() const noexcept { return decoded_->der; }
const std::string& PublicKey::sm2_user_id() const noexcept { return decoded_->sm2_user_id; }
const std::string& PublicKey::id() const noexcept { return decoded_->id; }

std::string PublicKey::pem() const { return to_pem(decoded_->der, "PUBLIC KEY"); }

bool PublicKey::verify(std::string_view message, std::string_view signature) const {
  const DigestHandle context(EVP_MD_CTX_new());
  const bool ready = context != nullptr && EVP_MD_CTX_copy_ex(context.get(), decoded_->prepared.get()) == 1;
  const bool valid = ready && EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(message), message.size()) == 1;
  if (!valid) ERR_clear_error();
  return valid;
}

bool operator==(const PublicKey& a, const PublicKey& b) noexcept {
  return a.scheme() == b.scheme() && a.sm2_user_id() == b.sm2_user_id() && a.der() == b.der();
}

}  // namespace greenlane::crypto
