#include "trust/role_keys.h"

#include <algorithm>
#include <array>

#include "base/hex.h"

namespace greenlane::trust {
namespace {

using crypto::PublicKey;
using crypto::Scheme;

/// How the text of a public key is spelled.
enum class Spelling { hex, pem, pem_or_hex };

struct KeyKind {
  std::string_view type;
  std::string_view scheme;
  Scheme means;
  Spelling spelling;
};

// "ecdsa-sha2-nistp256" as a type, and points in hexadecimal digits, are of older repositories.
constexpr std::array<KeyKind, 8> key_kinds{{
    {"ed25519", "ed25519", Scheme::ed25519, Spelling::hex},
    {"ecdsa", "ecdsa-sha2-nistp256", Scheme::ecdsa_p256_sha256, Spelling::pem_or_hex},
    {"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", Scheme::ecdsa_p256_sha256, Spelling::pem_or_hex},
    {"ecdsa", "ecdsa-sha2-nistp384", Scheme::ecdsa_p384_sha384, Spelling::pem_or_hex},
    {"ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384", Scheme::ecdsa_p384_sha384, Spelling::pem_or_hex},
    {"rsa", "rsassa-pss-sha256", Scheme::rsa_pss_sha256, Spelling::pem},
    {"rsa", "rsa-pkcs1v15-sha256", Scheme::rsa_pkcs1v15_sha256, Spelling::pem},
    {"sm2", "sm2-sm3", Scheme::sm2_sm3, Spelling::pem},
}};

const KeyKind* kind_of(std::string_view type, std::string_view scheme) {
  const auto found = std::find_if(key_kinds.begin(), key_kinds.end(), [&](const KeyKind& k) { return k.type == type && k.scheme == scheme; });
  return found == key_kinds.end() ? nullptr : &*found;
}

Result<PublicKey> decoded(const KeyKind& kind, std::string_view text, std::string_view user_id) {
  if (kind.spelling == Spelling::pem || text.starts_with("-----BEGIN ")) {
    if (kind.spelling == Spelling::hex) return Error{.code = ErrorCode::invalid_key, .message = "the key is not in hexadecimal digits"};
    return PublicKey::from_pem(text, kind.means, user_id);
  }
  const auto bytes = from_hex(text);
  if (!bytes) return Error{.code = ErrorCode::invalid_key, .message = "the key is not in hexadecimal digits"};
  return kind.spelling == Spelling::hex ? PublicKey::from_ed25519(*bytes) : PublicKey::from_point(*bytes, kind.means);
}

std::optional<PublicKey> read_key(JsonFields& fields, const Place& key) {
  const std::string_view type = fields.text(key, "keytype");
  const std::string_view scheme = fields.text(key, "scheme");
  const Place values = fields.need(key, "keyval", json::Kind::object);
  const KeyKind* const kind = kind_of(type, scheme);
  if (kind == nullptr) return std::nullopt;
  const std::string_view user_id = kind->means == Scheme::sm2_sm3 ? values.value->text("user_id") : std::string_view();
  auto read = decoded(*kind, values.value->text("public"), user_id);
  return read.ok() ? std::optional(*std::move(read)) : std::nullopt;
}

/// Whether the holder of one is the holder of the other: the same key under another scheme or user id is not another key.
bool is_same(const PublicKey& a, const PublicKey& b) noexcept { return a.der() == b.der(); }

bool is_among(const RoleKey& one, const std::vector<RoleKey>& keys) {
  return std::any_of(keys.begin(), keys.end(), [&one](const RoleKey& k) {
    return one.key && k.key ? is_same(*one.key, *k.key) : !one.key && !k.key && one.id == k.id;
  });
}

}  // namespace

KeyTable read_keys(JsonFields& fields, const Place& owner) {
  KeyTable table;
  const Place keys = fields.need(owner, "keys", json::Kind::object);
  if (keys.object().size() > max_keys) {
    fields.refuse(keys.pointer, "there are " + std::to_string(keys.object().size()) + " keys; at most " + std::to_string(max_keys) + " are taken");
  }
  for (const json::Member& member : keys.object()) {
    if (!fields.ok()) break;
    const Place key = child(keys, member);
    if (fields.is(key, json::Kind::object)) table.emplace(member.key, read_key(fields, key));
  }
  return table;
}

RoleKeys read_role_keys(JsonFields& fields, const Place& role, const KeyTable& table) {
  RoleKeys read;
  read.threshold = fields.integer(role, "threshold", 1);
  const Place ids = fields.need(role, "keyids", json::Kind::array);
  std::vector<std::string> names = fields.texts(ids);
  if (names.size() > max_keys) {
    fields.refuse(ids.pointer, "there are " + std::to_string(names.size()) + " key ids; at most " + std::to_string(max_keys) + " are taken");
    return read;
  }
  for (std::string& id : names) {
    const auto found = table.find(id);
    read.keys.push_back({std::move(id), found == table.end() ? std::nullopt : found->second});
  }
  std::vector<std::string_view> sorted;
  for (const RoleKey& key : read.keys) sorted.emplace_back(key.id);
  std::sort(sorted.begin(), sorted.end());
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) fields.refuse(ids.pointer, "a key id stands here twice; each key counts once");
  return read;
}

Result<void> verify_signatures(const SignedText& text, const RoleKeys& keys, std::string_view role) {
  std::vector<const PublicKey*> signers;
  for (const Signature& signature : text.signatures) {
    const auto at = std::find_if(keys.keys.begin(), keys.keys.end(), [&](const RoleKey& k) { return k.id == signature.key_id; });
    if (at == keys.keys.end() || !at->key || signature.bytes.empty()) continue;
    if (std::any_of(signers.begin(), signers.end(), [&at](const PublicKey* signer) { return is_same(*signer, *at->key); })) continue;
    if (at->key->verify(text.bytes, signature.bytes)) signers.push_back(&*at->key);
  }
  if (static_cast<std::int64_t>(signers.size()) >= keys.threshold) return {};
  std::string message = "the metadata is signed by " + std::to_string(signers.size()) + " of the " + std::to_string(keys.keys.size()) +
                        " keys that may sign it; " + std::to_string(keys.threshold) + " must have";
  const auto unusable = std::count_if(keys.keys.begin(), keys.keys.end(), [](const RoleKey& k) { return !k.key; });
  if (unusable > 0) message += "; " + std::to_string(unusable) + " of the keys are of no kind that is known here";
  return Error{.code = ErrorCode::not_trusted, .message = std::move(message), .source = std::string(role)};
}

bool has_lost_a_key(const RoleKeys& before, const RoleKeys& after) {
  return std::any_of(before.keys.begin(), before.keys.end(), [&after](const RoleKey& key) { return !is_among(key, after.keys); });
}

}  // namespace greenlane::trust
