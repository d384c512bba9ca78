#include "crypto/suite.h"

#include <openssl/rand.h>

#include <algorithm>
#include <new>

#include "crypto/aead.h"
#include "crypto/mac.h"

namespace greenlane::crypto {
namespace {

constexpr std::array<std::string_view, 3> names = {"intl", "gm", "dual"};

constexpr std::size_t sm4_counter_bytes = 16;
constexpr std::size_t sm4_key_bytes = 16;

Error wrong_key() { return {.code = ErrorCode::invalid_argument, .message = "a sealing key has 32 bytes"}; }
Error not_sealed() {
  return {.code = ErrorCode::not_trusted, .message = "the sealed text was changed, or the key, the suite or what belongs to it is another"};
}

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1) throw std::bad_alloc();
  return bytes;
}

/// What the HMAC covers. The length keeps bytes of one part from passing for bytes of the next.
std::string authenticated(std::string_view associated, std::string_view start, std::string_view cipher) {
  std::string text;
  text.reserve(8 + associated.size() + start.size() + cipher.size());
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(associated.size() >> shift & 0xFFu);
  return text.append(associated).append(start).append(cipher);
}

Secret encryption_key(const Secret& key) {
  return derived_key(DigestAlgorithm::sm3, key.bytes(), "greenlane sm4-ctr encryption", sm4_key_bytes);
}
Secret authentication_key(const Secret& key) {
  return derived_key(DigestAlgorithm::sm3, key.bytes(), "greenlane hmac-sm3 authentication", digest_bytes);
}

Result<std::string> seal_gm(const Secret& key, std::string_view associated, std::string_view plain) {
  std::string sealed = random_bytes(sm4_counter_bytes);
  const auto cipher = sm4_ctr(encryption_key(key).bytes(), sealed, plain);
  if (!cipher.ok()) return cipher.error();
  const std::string mac = hmac(DigestAlgorithm::sm3, authentication_key(key).bytes(), authenticated(associated, sealed, *cipher));
  return sealed.append(*cipher).append(mac);
}

Result<Secret> open_gm(const Secret& key, std::string_view associated, std::string_view sealed) {
  if (sealed.size() < sm4_counter_bytes + digest_bytes) return not_sealed();
  const std::string_view start = sealed.substr(0, sm4_counter_bytes);
  const std::string_view mac = sealed.substr(sealed.size() - digest_bytes);
  const std::string_view cipher = sealed.substr(start.size(), sealed.size() - start.size() - mac.size());
  if (!is_hmac(DigestAlgorithm::sm3, authentication_key(key).bytes(), authenticated(associated, start, cipher), mac)) return not_sealed();
  auto plain = sm4_ctr(encryption_key(key).bytes(), start, cipher);
  if (!plain.ok()) return plain.error();
  return Secret(*std::move(plain));
}

}  // namespace

std::string_view to_string(Suite suite) noexcept { return names[static_cast<std::size_t>(suite)]; }

std::optional<Suite> suite(std::string_view name) noexcept {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Suite>(found - names.begin());
}

bool is_signed_enough(Suite suite, std::span<const SignatureAlgorithm> keys, std::size_t threshold) noexcept {
  const auto national = static_cast<std::size_t>(std::count(keys.begin(), keys.end(), SignatureAlgorithm::sm2_sm3));
  const bool international_enough = keys.size() - national >= threshold;
  const bool national_enough = national >= threshold;
  // Nothing is signed by nobody.
  if (threshold == 0) return false;
  switch (suite) {
    case Suite::intl:
      return international_enough;
    case Suite::gm:
      return national_enough;
    case Suite::dual:
      return international_enough && national_enough;
  }
  return false;
}

SuiteDigests digests(Suite suite, std::string_view bytes) {
  return {.sha256 = suite == Suite::gm ? "" : sha256_hex(bytes), .sm3 = suite == Suite::intl ? "" : sm3_hex(bytes)};
}

Result<std::string> seal(Suite suite, const Secret& key, std::string_view associated, std::string_view plain) {
  if (key.bytes().size() != sealing_key_bytes) return wrong_key();
  if (suite != Suite::intl) return seal_gm(key, associated, plain);
  std::string sealed = random_bytes(gcm_nonce_bytes);
  const auto made = encrypt_gcm(key.bytes(), sealed, associated, plain);
  if (!made.ok()) return made.error();
  return sealed.append(made->cipher).append(made->tag);
}

Result<Secret> open(Suite suite, const Secret& key, std::string_view associated, std::string_view sealed) {
  if (key.bytes().size() != sealing_key_bytes) return wrong_key();
  if (suite != Suite::intl) return open_gm(key, associated, sealed);
  if (sealed.size() < gcm_nonce_bytes + gcm_tag_bytes) return not_sealed();
  const std::string_view cipher = sealed.substr(gcm_nonce_bytes, sealed.size() - gcm_nonce_bytes - gcm_tag_bytes);
  auto plain =
      decrypt_gcm(key.bytes(), sealed.substr(0, gcm_nonce_bytes), associated, cipher, sealed.substr(sealed.size() - gcm_tag_bytes));
  if (!plain.ok() && plain.error().code == ErrorCode::not_trusted) return not_sealed();
  return plain;
}

}  // namespace greenlane::crypto
