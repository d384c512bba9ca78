#include "tuf_key.h"

#include <sys/stat.h>

#include <array>

#include "base/hex.h"
#include "client/file_io.h"
#include "crypto/digest.h"
#include "olpc_json.h"

namespace greenlane::gateway {
namespace {

constexpr std::size_t max_key_file = 32'768;

struct KeyKind {
  crypto::Scheme scheme;
  std::string_view keytype;
  std::string_view tuf_scheme;
};
/// SM2 is this project's own extension, which the specification leaves room for.
constexpr std::array key_kinds{KeyKind{crypto::Scheme::ed25519, "ed25519", "ed25519"},
                               KeyKind{crypto::Scheme::ecdsa_p256_sha256, "ecdsa", "ecdsa-sha2-nistp256"},
                               KeyKind{crypto::Scheme::sm2_sm3, "sm2", "sm2-sm3"}};

std::string_view user_id_for(crypto::Scheme scheme) noexcept {
  return scheme == crypto::Scheme::sm2_sm3 ? sm2_default_user_id : std::string_view();
}

Error in_file(Error error, const std::string& path) {
  error.source = path;
  return error;
}

}  // namespace

Result<crypto::PublicKey> read_public_key(const std::string& path) {
  const auto pem = client::read_file(path, max_key_file);
  if (!pem.ok()) return pem.error();
  Error problem;
  for (const KeyKind& kind : key_kinds) {
    auto key = crypto::PublicKey::from_pem(*pem, kind.scheme, user_id_for(kind.scheme));
    if (key.ok()) return key;
    problem = key.error();
  }
  if (pem->find("-----BEGIN PUBLIC KEY-----") != std::string::npos) problem.message = "the key is neither Ed25519 nor ECDSA P-256 nor SM2";
  if (pem->find("PRIVATE KEY-----") != std::string::npos) problem.message = "this is a private key; give the public one (FILE.pub)";
  return in_file(problem, path);
}

Result<crypto::PrivateKey> read_private_key(const std::string& path) {
  const auto pem = client::read_file(path, max_key_file);
  if (!pem.ok()) return pem.error();
  struct stat found;
  if (::stat(path.c_str(), &found) == 0 && (found.st_mode & 077u) != 0) {
    return Error{.code = ErrorCode::invalid_key,
                 .message = "others than its owner may read this private key; take their rights away (chmod 600), and replace the key if somebody may have",
                 .source = path};
  }
  auto key = crypto::PrivateKey::from_pem(*pem);
  if (!key.ok()) return in_file(key.error(), path);
  return key;
}

json::Value tuf_key(const crypto::PublicKey& key) {
  for (const KeyKind& kind : key_kinds) {
    if (kind.scheme != key.scheme()) continue;
    // The last 32 bytes of the DER form of an Ed25519 key are the key (RFC 8410).
    std::string text = kind.scheme == crypto::Scheme::ed25519 ? to_hex(std::string_view(key.der()).substr(key.der().size() - 32)) : key.pem();
    return json::Object{{"keytype", kind.keytype}, {"scheme", kind.tuf_scheme}, {"keyval", json::Object{{"public", std::move(text)}}}};
  }
  return nullptr;
}

Result<crypto::PublicKey> read_tuf_key(const json::Value& key) {
  const json::Value* value = key.find("keyval");
  const std::string_view text = value == nullptr ? "" : value->text("public");
  for (const KeyKind& kind : key_kinds) {
    if (key.text("keytype") != kind.keytype || key.text("scheme") != kind.tuf_scheme) continue;
    if (kind.scheme == crypto::Scheme::ed25519) return crypto::PublicKey::from_ed25519(from_hex(text).value_or(""));
    return crypto::PublicKey::from_pem(text, kind.scheme, user_id_for(kind.scheme));
  }
  return Error{.code = ErrorCode::invalid_key, .message = "the key type \"" + std::string(key.text("keytype")) + "\" is not known here"};
}

std::string tuf_key_id(const crypto::PublicKey& key) { return crypto::sha256_hex(olpc_canonical(tuf_key(key))); }

}  // namespace greenlane::gateway
