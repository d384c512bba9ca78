// A change to the repository, from what is released or staged to what holders are asked to sign.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "crypto/public_key.h"
#include "repository.h"

namespace greenlane::gateway {

class Change {
 public:
  /// Goes on from the staged change where there is one. The repository must outlive it.
  static Result<Change> begin(Repository& repository);

  /// The metadata that will be staged. Asking for it makes it part of the change: with a new version, date and signatures.
  Metadata& root();
  Metadata& targets();
  const Metadata& current_root() const noexcept;
  const Metadata& current_targets() const noexcept;

  /// Lists a file as target at `path` with the attributes `custom`.
  void add_target(const std::string& path, std::string bytes, json::Value custom);
  /// Bytes of a target, staged or released.
  Result<std::string> target_bytes(std::string_view path) const;

  /// Lists `key` for `role` in the root; `name` is for people.
  void add_role_key(std::string_view role, const crypto::PublicKey& key, const std::string& name);
  void remove_role_key(std::string_view role, const std::string& key_id);
  void set_threshold(std::string_view role, std::size_t threshold);

  /// What says how long metadata holds, and where private keys are.
  Authority& authority() noexcept { return authority_; }
  /// Stages it. Errors: invalid_argument, where a role would have fewer keys than its threshold; limit_exceeded; io.
  Result<void> stage();
  /// How many signatures of the change staged before no longer hold.
  std::size_t dropped_signatures() const noexcept { return dropped_; }

 private:
  Change(Repository& repository, Released released, Staged staged)
      : repository_(&repository), released_(std::move(released)), staged_(std::move(staged)), authority_(repository.authority()) {}
  Metadata& part(std::optional<Metadata>& staged, const std::optional<Metadata>& released, std::string_view role);
  Result<void> check_roles() const;

  Repository* repository_;
  Released released_;
  Staged staged_;
  Authority authority_;
  std::map<std::string, std::string> files_;
  std::size_t dropped_ = 0;
};

/// The entry of a target in targets metadata, or null.
const json::Value* target_entry(const Metadata& targets, std::string_view path) noexcept;
/// Its SHA-256 in hexadecimal digits, or "".
std::string_view target_digest(const json::Value& entry) noexcept;

}  // namespace greenlane::gateway
