#include "crypto/digest.h"

#include <openssl/evp.h>

#include <new>

#include "base/hex.h"

namespace greenlane::crypto {
namespace {

/// Looking an algorithm up by its name takes longer than a short digest, so that it is done once.
const EVP_MD* sha256() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return algorithm;
}

}  // namespace

struct Sha256::Context {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> state{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (context_->state == nullptr || sha256() == nullptr) throw std::bad_alloc();
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&& other) noexcept = default;
Sha256& Sha256::operator=(Sha256&& other) noexcept = default;

Sha256::Digest Sha256::digest(std::string_view bytes) {
  begin();
  add(bytes);
  return end();
}

// Without memory to take these do not fail.
void Sha256::begin() { EVP_DigestInit_ex2(context_->state.get(), sha256(), nullptr); }
void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(context_->state.get(), bytes.data(), bytes.size()); }

Sha256::Digest Sha256::end() {
  Digest digest{};
  EVP_DigestFinal_ex(context_->state.get(), digest.data(), nullptr);
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  return to_hex(bytes_of(Sha256().digest(bytes)));
}

const char* openssl_name(DigestAlgorithm algorithm) noexcept { return algorithm == DigestAlgorithm::sm3 ? "SM3" : "SHA256"; }

std::string sm3_hex(std::string_view bytes) {
  Sha256::Digest digest{};
  if (EVP_Q_digest(nullptr, openssl_name(DigestAlgorithm::sm3), nullptr, bytes.data(), bytes.size(), digest.data(), nullptr) != 1) {
    throw std::bad_alloc();
  }
  return to_hex(bytes_of(digest));
}

std::string sha512_hex(std::string_view bytes) {
  std::array<char, 64> digest{};
  std::size_t size = 0;
  if (EVP_Q_digest(nullptr, "SHA512", nullptr, bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size) != 1) {
    throw std::bad_alloc();
  }
  return to_hex({digest.data(), size});
}

}  // namespace greenlane::crypto
