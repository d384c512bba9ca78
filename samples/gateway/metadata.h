// Metadata of one TUF role as it is made: what is signed, and who has signed it.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"
#include "trust/metadata.h"

namespace greenlane::gateway {

/// The four top-level roles, in the order in which they vouch for each other.
inline constexpr std::string_view root_role = "root";
inline constexpr std::string_view targets_role = "targets";
inline constexpr std::string_view snapshot_role = "snapshot";
inline constexpr std::string_view timestamp_role = "timestamp";

class Metadata {
 public:
  /// Reads what clients would take. `source` is for errors. Errors: those of trust::read_root() and the like.
  static Result<Metadata> read(std::string_view bytes, std::string_view role, const std::string& source);
  /// Metadata of a role with version 0, not signed.
  static Metadata empty(std::string_view role);

  std::string_view role() const noexcept { return content_.text("_type"); }
  std::int64_t version() const noexcept { return content_.find("version")->integer(); }
  std::chrono::sys_seconds expires() const noexcept;
  /// What is signed. Changing it leaves signatures behind that no longer hold: call drop_signatures().
  json::Value& content() noexcept { return content_; }
  const json::Value& content() const noexcept { return content_; }
  void set_version(std::int64_t version) { content_.set("version", version); }
  void set_expires(std::chrono::sys_seconds expires);

  std::string signed_bytes() const;
  /// The file.
  std::string bytes() const;
  void drop_signatures() { signatures_.clear(); }
  /// Adds a signature, or replaces that of the same key.
  Result<void> sign(Signer& signer);
  void add_signature(std::string_view key_id, std::string_view signature);
  std::size_t signature_count() const noexcept { return signatures_.size(); }
  /// The bytes of the signature of a key, or "".
  std::string signature_of(std::string_view key_id) const;

 private:
  Metadata(json::Value content, json::Array signatures) : content_(std::move(content)), signatures_(std::move(signatures)) {}
  json::Value content_;
  json::Array signatures_;
};

/// Who may sign for a role, as a root says. REQUIRES metadata of the root.
trust::RoleKeys role_keys(const Metadata& root, std::string_view role);
bool lists(const trust::RoleKeys& keys, std::string_view key_id) noexcept;
/// The targets that are listed. REQUIRES metadata of the targets.
std::vector<trust::TargetInfo> listed_targets(const Metadata& targets);
/// The SHA-256 of a target in hexadecimal digits, or "".
std::string_view digest_of(const trust::TargetInfo& target) noexcept;

/// Ids of those `keys` that have signed `metadata` rightly.
std::vector<std::string> signers(const Metadata& metadata, const trust::RoleKeys& keys);
/// Whether enough of them have.
bool is_signed(const Metadata& metadata, const trust::RoleKeys& keys);

}  // namespace greenlane::gateway
