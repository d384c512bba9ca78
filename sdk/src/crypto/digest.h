// Message digests.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace greenlane::crypto {

/// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);
/// SHA-512 as 128 of them.
std::string sha512_hex(std::string_view bytes);

/// SHA-256, or SM3 (GB/T 32905); both give 32 bytes.
enum class DigestAlgorithm { sha256, sm3 };
inline constexpr std::size_t digest_bytes = 32;

/// OpenSSL's name, "SHA256" or "SM3".
const char* openssl_name(DigestAlgorithm algorithm) noexcept;

/// SM3 as 64 lower-case hexadecimal digits.
std::string sm3_hex(std::string_view bytes);

/// Computes many digests without asking for memory. One thread.
class Sha256 {
 public:
  using Digest = std::array<unsigned char, 32>;

  Sha256();
  ~Sha256();
  Sha256(Sha256&& other) noexcept;
  Sha256& operator=(Sha256&& other) noexcept;

  Digest digest(std::string_view bytes);

  /// A digest piece by piece: begin(), add() any number of times, end().
  void begin();
  void add(std::string_view bytes);
  Digest end();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

/// The bytes of a digest.
inline std::string_view bytes_of(const Sha256::Digest& digest) noexcept {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace greenlane::crypto
