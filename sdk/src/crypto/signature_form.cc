#include "crypto/signature_form.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>

#include <memory>

namespace greenlane::crypto {
namespace {

constexpr int number_bytes = 32;
/// Two numbers with a leading zero each, and the headers.
constexpr std::size_t max_der_bytes = 72;

using Signature = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;

Error not_a_signature(const char* message) { return {.code = ErrorCode::invalid_key, .message = message}; }

unsigned char* writable(std::string& bytes) noexcept { return reinterpret_cast<unsigned char*>(bytes.data()); }

std::string der_of(const ECDSA_SIG& signature) {
  unsigned char* bytes = nullptr;
  const int size = i2d_ECDSA_SIG(&signature, &bytes);
  if (size <= 0) return {};
  std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  OPENSSL_free(bytes);
  return der;
}

}  // namespace

Result<std::string> raw_from_der(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const Signature signature(der.size() > max_der_bytes ? nullptr : d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())),
                            &ECDSA_SIG_free);
  ERR_clear_error();
  // Reading takes more than DER, writing makes DER only; that also finds trailing bytes.
  if (signature == nullptr || der_of(*signature) != der) return not_a_signature("not an ECDSA or SM2 signature in DER");
  std::string raw(raw_signature_bytes, '\0');
  const BIGNUM* const r = ECDSA_SIG_get0_r(signature.get());
  const BIGNUM* const s = ECDSA_SIG_get0_s(signature.get());
  const bool fits = BN_is_negative(r) == 0 && BN_is_negative(s) == 0 && BN_bn2binpad(r, writable(raw), number_bytes) == number_bytes &&
                    BN_bn2binpad(s, writable(raw) + number_bytes, number_bytes) == number_bytes;
  ERR_clear_error();
  if (!fits) return not_a_signature("the numbers of the signature do not fit into 32 bytes each");
  return raw;
}

Result<std::string> der_from_raw(std::string_view raw) {
  if (raw.size() != raw_signature_bytes) return not_a_signature("a raw ECDSA or SM2 signature has 64 bytes");
  const auto* const bytes = reinterpret_cast<const unsigned char*>(raw.data());
  const Signature signature(ECDSA_SIG_new(), &ECDSA_SIG_free);
  BIGNUM* const r = BN_bin2bn(bytes, number_bytes, nullptr);
  BIGNUM* const s = BN_bin2bn(bytes + number_bytes, number_bytes, nullptr);
  if (signature == nullptr || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return not_a_signature("OpenSSL has no memory for a signature");
  }
  return der_of(*signature);
}

}  // namespace greenlane::crypto
