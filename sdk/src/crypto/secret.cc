#include "crypto/secret.h"

#include <openssl/crypto.h>

namespace greenlane::crypto {

void erase(std::string& text) noexcept {
  // Room that is there already is taken without asking for memory.
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace greenlane::crypto
