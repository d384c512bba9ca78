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
  /// Goes on from the staged change where there is one. The repository must outlive it. Error: invalid_argument, where that is
  /// being released.
  static Result<Change> begin(Repository& repository);

  const Repository& repository() const noexcept { return *repository_; }

  /// The metadata that will be staged. Asking for it makes it part of the change: with a new version, date and signatures.
  Metadata& root();
  Metadata& targets();
  /// As they are so far. REQUIRES that there are any: in a new repository root() and targets() come first.
  const Metadata& current_root() const noexcept;
  const Metadata& current_targets() const noexcept;
  /// What is listed at `path`, or none.
  std::optional<trust::TargetInfo> find_target(std::string_view path) const;

  /// Lists a file as target at `path` with the attributes `custom`.
  void add_target(const std::string& path, std::string bytes, json::Value custom);
  /// Bytes of a target, staged or released. Errors: not_found, io.
  Result<std::string> target_bytes(std::string_view path) const;

  /// Lists `key` for `role` in the root; `name` is for people.
  void add_role_key(std::string_view role, const crypto::PublicKey& key, const std::string& name);
  void remove_role_key(std::string_view role, const std::string& key_id);
  void set_threshold(std::string_view role, std::size_t threshold);

  /// Notes the file of a private key that needs no person.
  void add_online_key(const std::string& file);
  void name_key(const std::string& tuf_id, const std::string& name) { authority_.names[tuf_id] = name; }
  bool is_empty() const noexcept { return !changed_; }
  /// Stages it. Errors: invalid_argument, where a role would have fewer keys than its threshold; limit_exceeded; io.
  Result<void> stage();
  /// How many signatures of the change staged before no longer hold.
  std::size_t dropped_signatures() const noexcept { return dropped_; }

 private:
  Change(Repository& repository, State state)
      : repository_(&repository), released_(std::move(state.released)), staged_(std::move(state.staged)),
        authority_(repository.authority()) {}
  Metadata& part(std::optional<Metadata>& staged, const std::optional<Metadata>& released, std::string_view role);
  Result<void> check_roles() const;
  Result<void> check_sizes() const;

  Repository* repository_;
  Released released_;
  Staged staged_;
  Authority authority_;
  std::map<std::string, std::string> files_;
  std::size_t dropped_ = 0;
  bool changed_ = false;
};

}  // namespace greenlane::gateway
