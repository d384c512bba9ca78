// The four kinds of metadata of a TUF repository (specification 1.0.34, section 4), read strictly: what is not as the specification
// says is refused; members that it does not know are passed over, and stay in what is signed.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/result.h"
#include "trust/role_keys.h"
#include "trust/target.h"

namespace greenlane::trust {

struct Metadata {
  SignedText text;
  std::int64_t version = 0;
  std::chrono::sys_seconds expires;
};

struct Root : Metadata {
  bool consistent_snapshot = false;
  RoleKeys root, timestamp, snapshot, targets;
};

/// What one file of metadata says of another.
struct FileFacts {
  std::int64_t version = 0;
  std::optional<std::uint64_t> length;
  Hashes hashes;
};

struct Timestamp : Metadata {
  FileFacts snapshot;
};

struct Snapshot : Metadata {
  std::map<std::string, FileFacts, std::less<>> files;  ///< by name, such as "targets.json"

  /// Of a role, or null.
  const FileFacts* find(std::string_view role) const;
};

/// A role that another one hands some of its paths to.
struct Delegation {
  std::string role;
  RoleKeys keys;
  bool terminating = false;
  std::vector<std::string> paths;               ///< patterns
  std::vector<std::string> path_hash_prefixes;  ///< of the SHA-256 of a path

  bool covers(std::string_view path) const;
};

/// 2^bit_length roles, to each of which belong the paths whose SHA-256 begins with its number (TAP 15).
struct SuccinctDelegation {
  RoleKeys keys;
  unsigned bit_length = 1;  ///< 1 to 32
  std::string name_prefix;

  std::string role_for(std::string_view path) const;
};

/// The top-level targets, or those of a delegated role.
struct Targets : Metadata {
  std::vector<TargetInfo> targets;
  std::vector<Delegation> delegations;
  std::optional<SuccinctDelegation> succinct;  ///< there are no `delegations` then

  const TargetInfo* find(std::string_view path) const;
  /// The delegations that cover `path`, in their order, up to a terminating one.
  std::vector<Delegation> delegations_for(std::string_view path) const;
};

// Errors: invalid_json, invalid_encoding, limit_exceeded, invalid_document; with the role as source. Signatures, dates and versions are
// not checked against anything here.
Result<Root> read_root(std::string_view bytes);
Result<Timestamp> read_timestamp(std::string_view bytes);
Result<Snapshot> read_snapshot(std::string_view bytes);
Result<Targets> read_targets(std::string_view role, std::string_view bytes);

/// Whether `role` is one of root, timestamp, snapshot, targets.
bool is_top_level(std::string_view role) noexcept;

}  // namespace greenlane::trust
