// Keys that greenlane verifies with and never makes: RSA and ECDSA P-384.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <memory>
#include <string>
#include <string_view>

namespace greenlane::test {

class ForeignKey {
 public:
  static ForeignKey rsa(unsigned bits = 2048) { return ForeignKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{bits})); }
  static ForeignKey p384() { return ForeignKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-384")); }

  std::string pem() const {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> bio(BIO_new(BIO_s_mem()), &BIO_free_all);
    PEM_write_bio_PUBKEY(bio.get(), key_.get());
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
  }

  /// `padding`: RSA_PKCS1_PSS_PADDING, RSA_PKCS1_PADDING, or 0 for ECDSA.
  std::string sign(std::string_view message, const char* digest, int padding) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_PKEY_CTX* settings = nullptr;
    EVP_DigestSignInit_ex(context.get(), &settings, digest, nullptr, nullptr, key_.get(), nullptr);
    if (padding != 0) EVP_PKEY_CTX_set_rsa_padding(settings, padding);
    if (padding == RSA_PKCS1_PSS_PADDING) EVP_PKEY_CTX_set_rsa_pss_saltlen(settings, RSA_PSS_SALTLEN_DIGEST);
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
    EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size());
    std::string signature(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, message.size());
    signature.resize(size);
    return signature;
  }

 private:
  explicit ForeignKey(EVP_PKEY* key) : key_(key, &EVP_PKEY_free) {}
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace greenlane::test
