#include "metadata.h"

#include <algorithm>

#include "base/hex.h"
#include "base/utc_time.h"
#include "olpc_json.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

Error not_metadata(const std::string& source, const std::string& pointer, const std::string& what) {
  return {.code = ErrorCode::invalid_document, .message = what, .source = source, .pointer = pointer};
}

}  // namespace

Result<Metadata> Metadata::read(std::string_view bytes, const std::string& role, const std::string& source) {
  auto document = json::parse(bytes);
  if (!document.ok()) {
    document.error().source = source;
    return document.error();
  }
  json::Value* content = document->find("signed");
  json::Value* signatures = document->find("signatures");
  if (content == nullptr || !content->is_object()) return not_metadata(source, "/signed", "TUF metadata has an object here");
  if (signatures == nullptr || !signatures->is_array()) return not_metadata(source, "/signatures", "TUF metadata has an array here");
  if (content->text("_type") != role) return not_metadata(source, "/signed/_type", "\"" + role + "\" was expected");
  const json::Value* version = content->find("version");
  if (version == nullptr || !version->is(json::Kind::integer) || version->integer() < 1) {
    return not_metadata(source, "/signed/version", "an integer from 1 was expected");
  }
  if (!parse_utc(content->text("expires"))) return not_metadata(source, "/signed/expires", "a time such as 2026-01-31T23:59:59Z was expected");
  return Metadata(std::move(*content), std::move(signatures->array()));
}

Metadata Metadata::empty(std::string_view role) {
  return Metadata(json::Object{{"_type", role}, {"spec_version", "1.0.34"}, {"version", 0}, {"expires", "1970-01-01T00:00:00Z"}}, {});
}

std::int64_t Metadata::version() const noexcept { return content_.find("version")->integer(); }
std::chrono::sys_seconds Metadata::expires() const noexcept { return parse_utc(content_.text("expires")).value_or(std::chrono::sys_seconds{}); }
void Metadata::set_expires(std::chrono::sys_seconds expires) { content_.set("expires", utc_text(expires)); }

std::string Metadata::signed_bytes() const { return olpc_canonical(content_); }

std::string Metadata::bytes() const { return json::pretty(json::Object{{"signatures", signatures_}, {"signed", content_}}) + "\n"; }

Result<void> Metadata::sign(Signer& signer) {
  auto key = crypto::PublicKey::from_info(signer.public_key());
  if (!key.ok()) return key.error();
  auto signature = signer.sign(signed_bytes());
  if (!signature.ok()) return signature.error();
  const std::string id = tuf_key_id(*key);
  std::erase_if(signatures_, [&](const json::Value& one) { return one.text("keyid") == id; });
  signatures_.push_back(json::Object{{"keyid", id}, {"sig", to_hex(*signature)}});
  return {};
}

void Metadata::add_signatures(const Metadata& other) {
  for (const json::Value& one : other.signatures_) {
    if (signature_of(one.text("keyid")).empty()) signatures_.push_back(one);
  }
}

std::string_view Metadata::signature_of(std::string_view key_id) const noexcept {
  for (const json::Value& one : signatures_) {
    if (one.text("keyid") == key_id) return one.text("sig");
  }
  return {};
}

RoleKeys role_keys(const Metadata& root, std::string_view role) {
  RoleKeys keys;
  const json::Value* roles = root.content().find("roles");
  const json::Value* found = roles == nullptr ? nullptr : roles->find(role);
  if (found == nullptr) return keys;
  const json::Value* threshold = found->find("threshold");
  if (threshold != nullptr && threshold->is(json::Kind::integer) && threshold->integer() > 0) keys.threshold = static_cast<std::size_t>(threshold->integer());
  const json::Value* ids = found->find("keyids");
  if (ids == nullptr || !ids->is_array()) return keys;
  for (const json::Value& id : ids->array()) {
    if (id.is_string()) keys.key_ids.push_back(id.string());
  }
  return keys;
}

std::set<std::string> signers(const Metadata& metadata, const Metadata& root, std::string_view role) {
  std::set<std::string> found;
  const json::Value* keys = root.content().find("keys");
  if (keys == nullptr) return found;
  const std::string bytes = metadata.signed_bytes();
  for (const std::string& id : role_keys(root, role).key_ids) {
    const auto signature = from_hex(metadata.signature_of(id));
    const json::Value* key = keys->find(id);
    if (!signature || signature->empty() || key == nullptr) continue;
    const auto decoded = read_tuf_key(*key);
    // Key ids are those of this program, so that one key never counts twice.
    if (decoded.ok() && tuf_key_id(*decoded) == id && decoded->verify(bytes, *signature)) found.insert(id);
  }
  return found;
}

bool is_signed(const Metadata& metadata, const Metadata& root, std::string_view role) {
  const RoleKeys keys = role_keys(root, role);
  return keys.threshold > 0 && signers(metadata, root, role).size() >= keys.threshold;
}

}  // namespace greenlane::gateway
