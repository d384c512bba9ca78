#include "crypto/aead.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/modes.h>

#include <array>
#include <limits>
#include <memory>

namespace greenlane::crypto {
namespace {

constexpr std::size_t max_nonce_bytes = 4'096;
/// OpenSSL 3.0's EVP functions take no longer nonces.
constexpr std::size_t max_evp_nonce_bytes = 128;
/// OpenSSL counts in int.
constexpr std::size_t max_text_bytes = std::numeric_limits<int>::max() / 2;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
using Algorithm = std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)>;

const unsigned char* data_of(std::string_view bytes) noexcept { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* writable(std::string& bytes) noexcept { return reinterpret_cast<unsigned char*>(bytes.data()); }

Error wrong(const char* message) {
  ERR_clear_error();
  return {.code = ErrorCode::invalid_argument, .message = message};
}

/// A context of `algorithm`, ready for the text; none where the sizes do not fit.
Context begun(const char* algorithm, std::string_view key, std::string_view nonce, bool encrypts) {
  Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  const Algorithm cipher(EVP_CIPHER_fetch(nullptr, algorithm, nullptr), &EVP_CIPHER_free);
  std::size_t nonce_bytes = nonce.size();
  const std::array<OSSL_PARAM, 2> sizes{OSSL_PARAM_construct_size_t(OSSL_CIPHER_PARAM_AEAD_IVLEN, &nonce_bytes),
                                        OSSL_PARAM_construct_end()};
  const bool gcm = cipher != nullptr && EVP_CIPHER_get_mode(cipher.get()) == EVP_CIPH_GCM_MODE;
  const bool ready =
      context != nullptr && cipher != nullptr &&
      EVP_CipherInit_ex2(context.get(), cipher.get(), nullptr, nullptr, encrypts ? 1 : 0, gcm ? sizes.data() : nullptr) == 1 &&
      EVP_CipherInit_ex2(context.get(), nullptr, data_of(key), nonce.empty() ? nullptr : data_of(nonce), encrypts ? 1 : 0, nullptr) == 1;
  if (!ready) context.reset();
  return context;
}

/// The cipher for keys of that size in "GCM" or "ECB", or null.
const char* aes_for(std::size_t key_bytes, bool gcm) noexcept {
  switch (key_bytes) {
    case 16:
      return gcm ? "AES-128-GCM" : "AES-128-ECB";
    case 24:
      return gcm ? "AES-192-GCM" : "AES-192-ECB";
    case 32:
      return gcm ? "AES-256-GCM" : "AES-256-ECB";
  }
  return nullptr;
}

bool sizes_fit(std::string_view key, std::string_view nonce, std::string_view associated, std::string_view text) noexcept {
  return aes_for(key.size(), true) != nullptr && !nonce.empty() && nonce.size() <= max_nonce_bytes && associated.size() <= max_text_bytes &&
         text.size() <= max_text_bytes;
}

/// `out` takes as many bytes as `in` has, or is null for associated bytes.
bool update(EVP_CIPHER_CTX& context, unsigned char* out, std::string_view in) {
  int size = 0;
  return in.empty() || EVP_CipherUpdate(&context, out, &size, data_of(in), static_cast<int>(in.size())) == 1;
}

bool finish(EVP_CIPHER_CTX& context) {
  std::array<unsigned char, EVP_MAX_BLOCK_LENGTH> rest{};
  int size = 0;
  return EVP_CipherFinal_ex(&context, rest.data(), &size) == 1 && size == 0;
}

constexpr const char* wrong_sizes = "AES-GCM takes keys of 16, 24 or 32 bytes, nonces of 1 to 4096 and texts of less than 1 GiB";

/// Encrypts or decrypts `in` into `out`; `tag` is made or checked.
bool run_gcm(std::string_view key, std::string_view nonce, std::string_view associated, std::string_view in, std::string& out,
             std::string& tag, bool encrypts) {
  const Context context = begun(aes_for(key.size(), true), key, nonce, encrypts);
  if (context == nullptr) return false;
  const auto use_tag = [&](int what) { return EVP_CIPHER_CTX_ctrl(context.get(), what, static_cast<int>(tag.size()), tag.data()) == 1; };
  return (encrypts || use_tag(EVP_CTRL_AEAD_SET_TAG)) && update(*context, nullptr, associated) && update(*context, writable(out), in) &&
         finish(*context) && (!encrypts || use_tag(EVP_CTRL_AEAD_GET_TAG));
}

void encrypt_block(const unsigned char* in, unsigned char* out, const void* context) {
  int size = 0;
  EVP_EncryptUpdate(static_cast<EVP_CIPHER_CTX*>(const_cast<void*>(context)), out, &size, in, 16);
}

/// The same over OpenSSL's mode by itself, which takes nonces of any length.
bool run_long_nonce_gcm(std::string_view key, std::string_view nonce, std::string_view associated, std::string_view in, std::string& out,
                        std::string& tag, bool encrypts) {
  const Context block = begun(aes_for(key.size(), false), key, {}, true);
  const std::unique_ptr<GCM128_CONTEXT, decltype(&CRYPTO_gcm128_release)> gcm(
      block == nullptr ? nullptr : CRYPTO_gcm128_new(block.get(), encrypt_block), &CRYPTO_gcm128_release);
  if (gcm == nullptr) return false;
  CRYPTO_gcm128_setiv(gcm.get(), data_of(nonce), nonce.size());
  if (CRYPTO_gcm128_aad(gcm.get(), data_of(associated), associated.size()) != 0) return false;
  const auto run = encrypts ? CRYPTO_gcm128_encrypt : CRYPTO_gcm128_decrypt;
  if (run(gcm.get(), data_of(in), writable(out), in.size()) != 0) return false;
  if (!encrypts) return CRYPTO_gcm128_finish(gcm.get(), data_of(tag), tag.size()) == 0;
  CRYPTO_gcm128_tag(gcm.get(), writable(tag), tag.size());
  return true;
}

}  // namespace

Result<GcmText> encrypt_gcm(std::string_view key, std::string_view nonce, std::string_view associated, std::string_view plain) {
  if (!sizes_fit(key, nonce, associated, plain)) return wrong(wrong_sizes);
  const auto run = nonce.size() > max_evp_nonce_bytes ? run_long_nonce_gcm : run_gcm;
  GcmText made{std::string(plain.size(), '\0'), std::string(gcm_tag_bytes, '\0')};
  if (!run(key, nonce, associated, plain, made.cipher, made.tag, true)) return wrong("OpenSSL does not encrypt");
  return made;
}

Result<Secret> decrypt_gcm(std::string_view key, std::string_view nonce, std::string_view associated, std::string_view cipher,
                           std::string_view tag) {
  if (!sizes_fit(key, nonce, associated, cipher)) return wrong(wrong_sizes);
  // A shorter tag is easier to guess.
  if (tag.size() != gcm_tag_bytes) return wrong("an AES-GCM tag has 16 bytes");
  const auto run = nonce.size() > max_evp_nonce_bytes ? run_long_nonce_gcm : run_gcm;
  std::string plain(cipher.size(), '\0');
  std::string given(tag);
  const bool fits = run(key, nonce, associated, cipher, plain, given, false);
  ERR_clear_error();
  Secret text(std::move(plain));
  if (!fits) return Error{.code = ErrorCode::not_trusted, .message = "the encrypted text was changed, or the key is another"};
  return text;
}

Result<std::string> sm4_ctr(std::string_view key, std::string_view start, std::string_view text) {
  if (key.size() != 16 || start.size() != 16 || text.size() > max_text_bytes) {
    return wrong("SM4 in counter mode takes keys and counters of 16 bytes and texts of less than 1 GiB");
  }
  const Context context = begun("SM4-CTR", key, start, true);
  std::string made(text.size(), '\0');
  if (context == nullptr || !update(*context, writable(made), text) || !finish(*context)) return wrong("OpenSSL does not encrypt with SM4");
  return made;
}

}  // namespace greenlane::crypto
