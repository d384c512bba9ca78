#include "crypto/digest.h"

#include <openssl/evp.h>

#include <new>

namespace greenlane::crypto {

/// OpenSSL looks an algorithm up by its name; kept here, it is looked up once.
struct Sha256::Context {
  std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (context_->algorithm == nullptr || context_->state == nullptr) throw std::bad_alloc();
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&& other) noexcept = default;
Sha256& Sha256::operator=(Sha256&& other) noexcept = default;

Sha256::Digest Sha256::digest(std::string_view bytes) {
  Digest digest{};
  EVP_MD_CTX* const state = context_->state.get();
  // Without memory to take these do not fail.
  EVP_DigestInit_ex2(state, context_->algorithm.get(), nullptr);
  EVP_DigestUpdate(state, bytes.data(), bytes.size());
  EVP_DigestFinal_ex(state, digest.data(), nullptr);
  return digest;
}

void append_hex(std::string& out, const Sha256::Digest& digest) {
  static constexpr std::string_view digits = "0123456789abcdef";
  for (const unsigned char byte : digest) {
    out += digits[byte >> 4u];
    out += digits[byte & 15u];
  }
}

std::string sha256_hex(std::string_view bytes) {
  std::string out;
  append_hex(out, Sha256().digest(bytes));
  return out;
}

}  // namespace greenlane::crypto
