#include "crypto/mac.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <array>
#include <memory>
#include <new>

namespace greenlane::crypto {
namespace {

unsigned char* writable(std::string& bytes) noexcept { return reinterpret_cast<unsigned char*>(bytes.data()); }

OSSL_PARAM octets(const char* name, std::string_view bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.data()), bytes.size());
}

}  // namespace

std::string hmac(DigestAlgorithm algorithm, std::string_view key, std::string_view message) {
  std::string mac(digest_bytes, '\0');
  std::size_t size = 0;
  // A null pointer would mean: the key of before.
  const std::string_view given = key.empty() ? std::string_view("") : key;
  const auto* const bytes = reinterpret_cast<const unsigned char*>(message.data());
  if (EVP_Q_mac(nullptr, "HMAC", nullptr, openssl_name(algorithm), nullptr, given.data(), given.size(), bytes, message.size(),
                writable(mac), mac.size(), &size) == nullptr) {
    throw std::bad_alloc();
  }
  return mac;
}

bool is_hmac(DigestAlgorithm algorithm, std::string_view key, std::string_view message, std::string_view mac) {
  return equal_in_constant_time(hmac(algorithm, key, message), mac);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Secret derived_key(DigestAlgorithm algorithm, std::string_view key, std::string_view purpose, std::size_t bytes) {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> hkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(hkdf.get()), &EVP_KDF_CTX_free);
  const std::array<OSSL_PARAM, 4> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, const_cast<char*>(openssl_name(algorithm)), 0),
      octets(OSSL_KDF_PARAM_KEY, key), octets(OSSL_KDF_PARAM_INFO, purpose), OSSL_PARAM_construct_end()};
  std::string made(bytes, '\0');
  if (context == nullptr || EVP_KDF_derive(context.get(), writable(made), made.size(), parameters.data()) != 1) throw std::bad_alloc();
  return Secret(std::move(made));
}

}  // namespace greenlane::crypto
