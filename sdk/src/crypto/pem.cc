#include "crypto/pem.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "crypto/handles.h"

namespace greenlane::crypto {
namespace {

constexpr std::string_view begin_of_block = "-----BEGIN ";

Error not_pem(std::string message) { return {.code = ErrorCode::invalid_key, .message = std::move(message)}; }

/// What OpenSSL has read of a block; erased.
struct Block {
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* bytes = nullptr;
  long size = 0;

  Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() {
    OPENSSL_secure_free(name);
    OPENSSL_secure_free(header);
    OPENSSL_secure_clear_free(bytes, static_cast<std::size_t>(size));
  }
};

/// What to do about a block of another kind.
std::string advice(std::string_view found) {
  if (found == "ENCRYPTED PRIVATE KEY") {
    return "; no passphrase is asked for: decrypt it with `openssl pkcs8 -in FILE -out NEW`, or keep the key in hardware";
  }
  if (found.ends_with(" PRIVATE KEY") || found == "EC PARAMETERS") {
    return "; convert it with `openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW`";
  }
  if (found == "CERTIFICATE") return "; take the key out with `openssl x509 -in FILE -pubkey -noout`";
  return "";
}

}  // namespace

Result<Secret> pem_block(std::string_view pem, std::string_view label) {
  if (pem.size() > 2 * max_key_bytes) return not_pem("the key has " + std::to_string(pem.size()) + " bytes; at most 32768 are taken");
  const std::string wanted(label);
  const BioHandle bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Block block;
  const bool read = bio != nullptr && PEM_read_bio_ex(bio.get(), &block.name, &block.header, &block.bytes, &block.size,
                                                      PEM_FLAG_SECURE | PEM_FLAG_ONLY_B64) == 1;
  ERR_clear_error();
  if (!read) return not_pem("not PEM with a block -----BEGIN " + wanted + "-----");
  if (block.name != label) {
    return not_pem("the PEM block is a \"" + std::string(block.name) + "\"; a \"" + wanted + "\" is needed" + advice(block.name));
  }
  const std::size_t first = pem.find(begin_of_block);
  if (pem.find(begin_of_block, first + begin_of_block.size()) != std::string_view::npos) {
    return not_pem("there is more than one PEM block; one key is needed");
  }
  return Secret(std::string(reinterpret_cast<const char*>(block.bytes), static_cast<std::size_t>(block.size)));
}

std::string to_pem(std::string_view bytes, std::string_view label) {
  const BioHandle bio(BIO_new(BIO_s_secmem()));
  const std::string name(label);
  if (bio == nullptr || PEM_write_bio(bio.get(), name.c_str(), "", reinterpret_cast<const unsigned char*>(bytes.data()),
                                      static_cast<long>(bytes.size())) <= 0) {
    return {};
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

bool looks_like_pem(std::string_view bytes) noexcept { return bytes.find(begin_of_block) != std::string_view::npos; }

}  // namespace greenlane::crypto
