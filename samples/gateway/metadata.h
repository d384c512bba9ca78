// Metadata of one TUF role: what is signed, and who has signed it.
#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane::gateway {

/// The four top-level roles, in the order in which they vouch for each other.
inline constexpr std::string_view root_role = "root";
inline constexpr std::string_view targets_role = "targets";
inline constexpr std::string_view snapshot_role = "snapshot";
inline constexpr std::string_view timestamp_role = "timestamp";

class Metadata {
 public:
  /// `source` is for errors. Errors: invalid_json, invalid_document.
  static Result<Metadata> read(std::string_view bytes, const std::string& role, const std::string& source);
  /// Empty metadata of a role, not signed.
  static Metadata empty(std::string_view role);

  std::string_view role() const noexcept { return content_.text("_type"); }
  std::int64_t version() const noexcept;
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
  /// Takes over the signatures of another copy of the same metadata.
  void add_signatures(const Metadata& other);
  std::size_t signature_count() const noexcept { return signatures_.size(); }
  /// The signature of a key in hexadecimal digits, or "".
  std::string_view signature_of(std::string_view key_id) const noexcept;

 private:
  Metadata(json::Value content, json::Array signatures) : content_(std::move(content)), signatures_(std::move(signatures)) {}
  json::Value content_;
  json::Array signatures_;
};

/// Who may sign for a role, as a root says.
struct RoleKeys {
  std::size_t threshold = 0;
  std::vector<std::string> key_ids;
};
RoleKeys role_keys(const Metadata& root, std::string_view role);

/// Those keys of `role` in `root` that have signed `metadata` rightly.
std::set<std::string> signers(const Metadata& metadata, const Metadata& root, std::string_view role);
/// Whether enough of them have.
bool is_signed(const Metadata& metadata, const Metadata& root, std::string_view role);

}  // namespace greenlane::gateway
