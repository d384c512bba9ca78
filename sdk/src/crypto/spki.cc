#include "crypto/spki.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace greenlane::crypto {
namespace {

bool has_curve(const EVP_PKEY& key) noexcept { return EVP_PKEY_is_a(&key, "EC") == 1 || EVP_PKEY_is_a(&key, "SM2") == 1; }

bool set_form(EVP_PKEY& key, const char* form) noexcept {
  return EVP_PKEY_set_utf8_string_param(&key, OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_GROUP) == 1 &&
         EVP_PKEY_set_utf8_string_param(&key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, form) == 1;
}

}  // namespace

std::string encoded_public_key(const evp_pkey_st& key) {
  unsigned char* bytes = nullptr;
  const int size = i2d_PUBKEY(&key, &bytes);
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

std::string spki_of(evp_pkey_st& key) {
  // A key remembers how its curve and its point were spelled where it was read.
  std::string der = has_curve(key) && !set_form(key, "uncompressed") ? "" : encoded_public_key(key);
  ERR_clear_error();
  return der;
}

bool is_spki_of(std::string_view der, evp_pkey_st& key) {
  if (der == spki_of(key)) return true;
  if (!has_curve(key) || !set_form(key, "compressed")) return false;
  const bool compressed = der == encoded_public_key(key);
  ERR_clear_error();
  return set_form(key, "uncompressed") && compressed;
}

}  // namespace greenlane::crypto
