// The authority's repository as it lies in a folder.
//
//   authority.json   names of keys, lifetimes, where the private keys of this machine are
//   metadata/        what clients fetch, as it was released
//   targets/
//   log/
//   staged/          a change that holders are signing: root.json, targets.json, targets/PATH
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/durable_files.h"
#include "greenlane/result.h"
#include "metadata.h"

namespace greenlane::gateway {

inline constexpr std::size_t max_metadata_bytes = 5'000'000;
inline constexpr std::size_t max_target_bytes = std::size_t{64} << 20;

/// How long metadata of each role holds.
struct Lifetimes {
  std::chrono::seconds root = std::chrono::hours(365 * 24);
  std::chrono::seconds targets = std::chrono::hours(30 * 24);
  std::chrono::seconds snapshot = std::chrono::hours(7 * 24);
  std::chrono::seconds timestamp = std::chrono::hours(24);

  std::chrono::seconds of(std::string_view role) const noexcept;
};

/// What this program remembers of the repository. Nothing in it is trusted by clients, and no private key is in it.
struct Authority {
  Lifetimes lifetimes;
  std::map<std::string, std::string, std::less<>> names;  ///< of keys, by id, for people
  std::vector<std::string> online_keys;                   ///< files of private keys that need no person: snapshot, timestamp, log

  std::string to_json() const;
  static Result<Authority> read(std::string_view json, const std::string& source);
};

/// A private key of this machine.
struct OnlineKey {
  std::string tuf_id;      ///< as metadata counts
  std::string message_id;  ///< as greenlane.keys/1 counts
  std::unique_ptr<Signer> signer;
};

/// A change that waits for signatures.
struct Staged {
  std::optional<Metadata> root;
  std::optional<Metadata> targets;

  bool empty() const noexcept { return !root && !targets; }
};

/// What clients see.
struct Released {
  std::optional<Metadata> root;
  std::optional<Metadata> targets;
  std::optional<Metadata> snapshot;
  std::optional<Metadata> timestamp;
};

struct State {
  Released released;
  Staged staged;
};

class Repository {
 public:
  /// Makes the folder; it must be new or empty. Errors: invalid_argument, io.
  static Result<Repository> create(const std::string& folder, const Authority& authority);
  /// Locks the folder. Errors: not_found; invalid_json, invalid_document, io; io, retryable, where another process works on it.
  static Result<Repository> open(const std::string& folder);

  /// Takes away what create() has made. REQUIRES that nothing was staged.
  Result<void> remove();

  const std::string& folder() const noexcept { return folder_; }
  std::string path(std::string_view name) const { return folder_ + "/" + std::string(name); }
  const Authority& authority() const noexcept { return authority_; }
  Result<void> save(Authority authority);
  /// NAME (ID…) of a key.
  std::string key_name(const std::string& key_id) const;
  /// Those whose files are on this machine. Error: invalid_key, io, where one is there and cannot be used.
  Result<std::vector<OnlineKey>> online_keys() const;

  Result<Released> released() const;
  Result<Staged> staged() const;
  /// Both. What is shown, checked and signed is the same copy in memory: somebody may change the files meanwhile.
  Result<State> state() const;
  /// The bytes of a target, released or staged, which are those that it lists. Errors: not_found, io, not_trusted.
  Result<std::string> read_target(const trust::TargetInfo& target) const;
  /// Replaces the staged change as a whole; `files` are its new target files by path, those staged before stay.
  Result<void> stage(const Staged& staged, const std::map<std::string, std::string>& files);
  /// Writes back what somebody has signed.
  Result<void> save_signatures(const Staged& staged) const;
  Result<void> discard_staged() const;

  /// When the release of the staged change was begun, or `now` where it was not.
  std::chrono::sys_seconds release_time(std::chrono::sys_seconds now) const;
  /// Notes that it is being released since `time`: from now on it must not be changed.
  Result<void> begin_release(std::chrono::sys_seconds time) const;
  bool is_releasing() const;

 private:
  Repository(std::string folder, Authority authority, client::FolderLock lock)
      : folder_(std::move(folder)), authority_(std::move(authority)), lock_(std::move(lock)) {}
  std::string folder_;
  Authority authority_;
  client::FolderLock lock_;
};

/// "metadata/3.root.json" and the like; of the timestamp "metadata/timestamp.json".
std::string metadata_name(std::string_view role, std::int64_t version);
/// Where the file of a target lies: targets/FOLDER/DIGEST.NAME
std::string target_file_name(const trust::TargetInfo& target);

std::chrono::sys_seconds now();

}  // namespace greenlane::gateway
