#include "tuf_key.h"

#include <utility>

#include "base/hex.h"
#include "client/file_io.h"
#include "crypto/digest.h"
#include "greenlane/signer.h"
#include "trust/olpc_json.h"

namespace greenlane::gateway {
namespace {

constexpr std::size_t max_key_file = 32'768;
constexpr std::string_view private_label = "PRIVATE KEY-----";

/// Type and scheme; those of SM2 are this project's own, which the specification leaves room for.
std::pair<std::string_view, std::string_view> names_of(crypto::Scheme scheme) noexcept {
  if (scheme == crypto::Scheme::ed25519) return {"ed25519", "ed25519"};
  if (scheme == crypto::Scheme::sm2_sm3) return {"sm2", "sm2-sm3"};
  return {"ecdsa", "ecdsa-sha2-nistp256"};
}

}  // namespace

bool is_private_key_file(const std::string& path) {
  const auto bytes = client::read_file(path, max_key_file);
  return bytes.ok() && bytes->find(private_label) != std::string::npos;
}

Result<crypto::PublicKey> read_public_key_file(const std::string& path, std::string_view sm2_user_id) {
  const auto bytes = client::read_file(path, max_key_file);
  if (!bytes.ok()) return bytes.error();
  if (bytes->find(private_label) != std::string::npos) {
    return Error{.code = ErrorCode::invalid_key, .message = "this is a private key; give the public one, which others may see (FILE.pub)",
                 .source = path};
  }
  const auto info = read_public_key(*bytes, sm2_user_id);
  if (info.ok()) return crypto::PublicKey::from_info(*info);
  Error error = info.error();
  error.source = path;
  return error;
}

Result<crypto::PublicKey> read_either_key_file(const std::string& path) {
  if (!is_private_key_file(path)) return read_public_key_file(path);
  const auto signer = key_file_signer(path);
  if (!signer.ok()) return signer.error();
  return crypto::PublicKey::from_info((*signer)->public_key());
}

json::Value tuf_key(const crypto::PublicKey& key) {
  // The last 32 bytes of the DER form of an Ed25519 key are the key (RFC 8410).
  const bool bare = key.scheme() == crypto::Scheme::ed25519;
  json::Object values{{"public", bare ? to_hex(std::string_view(key.der()).substr(key.der().size() - 32)) : key.pem()}};
  if (!key.sm2_user_id().empty()) values.push_back({"user_id", key.sm2_user_id()});
  const auto [type, scheme] = names_of(key.scheme());
  return json::Object{{"keytype", type}, {"scheme", scheme}, {"keyval", std::move(values)}};
}

std::string tuf_key_id(const crypto::PublicKey& key) { return crypto::sha256_hex(trust::olpc_json(tuf_key(key)).value()); }

}  // namespace greenlane::gateway
