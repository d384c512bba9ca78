#include "crypto/digest.h"

#include <openssl/sha.h>

#include <array>

namespace greenlane::crypto {

std::string sha256_hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  std::string out;
  out.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    out += digits[byte >> 4u];
    out += digits[byte & 15u];
  }
  return out;
}

}  // namespace greenlane::crypto
