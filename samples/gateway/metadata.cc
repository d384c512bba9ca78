#include "metadata.h"

#include <algorithm>

#include "base/hex.h"
#include "base/utc_time.h"
#include "trust/olpc_json.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

template <typename T>
Result<void> outcome(const Result<T>& read) {
  return read.ok() ? Result<void>() : read.error();
}

/// Also that no path leads out of its folder.
Result<void> check_targets(std::string_view bytes) {
  const auto targets = trust::read_targets(targets_role, bytes);
  if (!targets.ok()) return targets.error();
  for (const trust::TargetInfo& target : targets->targets) {
    if (const auto place = trust::target_location(target, true); !place.ok()) return place.error();
  }
  return {};
}

/// What a client says of it.
Result<void> check(std::string_view bytes, std::string_view role) {
  if (role == root_role) return outcome(trust::read_root(bytes));
  if (role == targets_role) return check_targets(bytes);
  if (role == snapshot_role) return outcome(trust::read_snapshot(bytes));
  return outcome(trust::read_timestamp(bytes));
}

}  // namespace

Result<Metadata> Metadata::read(std::string_view bytes, std::string_view role, const std::string& source) {
  Result<void> checked = check(bytes, role);
  if (!checked.ok()) {
    checked.error().source = source;
    return checked.error();
  }
  auto document = json::parse(bytes, {.bytes = bytes.size(), .keys = 100'000});
  if (!document.ok()) return document.error();
  return Metadata(std::move(*document->find("signed")), std::move(document->find("signatures")->array()));
}

Metadata Metadata::empty(std::string_view role) {
  return Metadata(json::Object{{"_type", role}, {"spec_version", "1.0.34"}, {"version", 0}, {"expires", "1970-01-01T00:00:00Z"}}, {});
}

std::chrono::sys_seconds Metadata::expires() const noexcept {
  return parse_utc(content_.text("expires")).value_or(std::chrono::sys_seconds{});
}
void Metadata::set_expires(std::chrono::sys_seconds expires) { content_.set("expires", utc_text(expires)); }

std::string Metadata::signed_bytes() const { return trust::olpc_json(content_).value(); }
std::string Metadata::bytes() const { return json::pretty(json::Object{{"signatures", signatures_}, {"signed", content_}}) + "\n"; }

Result<void> Metadata::sign(Signer& signer) {
  const auto key = crypto::PublicKey::from_info(signer.public_key());
  if (!key.ok()) return key.error();
  const auto signature = signer.sign(signed_bytes());
  if (!signature.ok()) return signature.error();
  add_signature(tuf_key_id(*key), *signature);
  return {};
}

void Metadata::add_signature(std::string_view key_id, std::string_view signature) {
  std::erase_if(signatures_, [&](const json::Value& one) { return one.text("keyid") == key_id; });
  signatures_.push_back(json::Object{{"keyid", key_id}, {"sig", to_hex(signature)}});
}

std::string Metadata::signature_of(std::string_view key_id) const {
  for (const json::Value& one : signatures_) {
    if (one.text("keyid") == key_id) return from_hex(one.text("sig")).value_or("");
  }
  return {};
}

trust::RoleKeys role_keys(const Metadata& root, std::string_view role) {
  const trust::Root read = trust::read_root(root.bytes()).value();
  if (role == root_role) return read.root;
  if (role == targets_role) return read.targets;
  return role == snapshot_role ? read.snapshot : read.timestamp;
}

bool lists(const trust::RoleKeys& keys, std::string_view key_id) noexcept {
  return std::any_of(keys.keys.begin(), keys.keys.end(), [&](const trust::RoleKey& key) { return key.id == key_id; });
}

std::vector<trust::TargetInfo> listed_targets(const Metadata& targets) {
  return trust::read_targets(targets_role, targets.bytes()).value().targets;
}

std::string_view digest_of(const trust::TargetInfo& target) noexcept {
  for (const auto& [algorithm, digits] : target.hashes) {
    if (algorithm == "sha256") return digits;
  }
  return {};
}

std::vector<std::string> signers(const Metadata& metadata, const trust::RoleKeys& keys) {
  std::vector<std::string> found;
  const std::string bytes = metadata.signed_bytes();
  for (const trust::RoleKey& key : keys.keys) {
    const std::string signature = metadata.signature_of(key.id);
    if (key.key && !signature.empty() && key.key->verify(bytes, signature)) found.push_back(key.id);
  }
  return found;
}

bool is_signed(const Metadata& metadata, const trust::RoleKeys& keys) {
  return static_cast<std::int64_t>(signers(metadata, keys).size()) >= keys.threshold;
}

}  // namespace greenlane::gateway
