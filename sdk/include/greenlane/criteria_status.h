// What a home knows of the criteria that an authority publishes, and what came of an update.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "greenlane/export.h"
#include "greenlane/result.h"

namespace greenlane {

/// Shows that a pack is in the authority's publication log, to whoever has the log's key (C2SP tlog-proof, as members).
struct PublicationProof {
  std::string entry;       ///< the line of the log
  std::uint64_t index = 0;
  std::vector<std::string> hashes;  ///< audit path of RFC 6962, each 32 bytes in base64, from the leaf up
  std::string checkpoint;  ///< signed note of the tree that the path leads to
};

/// A pack that the authority published and that was taken into use here, now or before. Plain data.
struct GREENLANE_EXPORT KeptPack {
  std::string id;
  std::int64_t revision = 0;
  std::string digest;       ///< "sha256:" and 64 hexadecimal digits, over its bytes
  std::string target;       ///< its path at the authority, "criteria/ID/REVISION.json"
  std::uint64_t length = 0; ///< bytes
  std::chrono::sys_seconds activated_at;
  std::optional<std::chrono::sys_seconds> superseded_at;  ///< none: in use
  std::uint64_t log_index = 0;  ///< its place in the authority's publication log

  /// The document greenlane.kept_pack/1, in one line without line end.
  std::string to_json(const PublicationProof* proof = nullptr) const;
};

/// A pack in use.
struct ActivePack {
  KeptPack pack;
  std::string freshness;  ///< as PackIdentity::freshness; "unknown", where the metadata that it rests on is damaged
};

/// Something that was not taken, and why. What was in use stays in use.
struct Refusal {
  std::string target;       ///< path at the authority
  std::string pack;         ///< "" where the target does not say
  std::int64_t revision = 0;
  std::string digest;       ///< "" where it is not known
  std::chrono::sys_seconds first_at;
  std::chrono::sys_seconds last_at;
  Error error;
};

/// What the authority has signed, until when it holds.
struct RoleStatus {
  std::string role;  ///< "root", "timestamp", "snapshot" or "targets"
  std::int64_t version = 0;
  std::chrono::sys_seconds expires;
  bool expired = false;
};

/// An update that did not come to its end.
struct FailedUpdate {
  std::chrono::sys_seconds at;
  Error error;
};

/// The state of a home's criteria (greenlane.criteria_status/1). Plain data.
struct GREENLANE_EXPORT CriteriaStatus {
  std::string gateway;
  std::chrono::sys_seconds now;
  std::optional<std::chrono::sys_seconds> updated_at;  ///< the last update that reached its end
  bool clock_suspect = false;  ///< `now` is earlier than that, so that nothing can be said of dates
  std::vector<ActivePack> packs;    ///< by id
  std::vector<RoleStatus> roles;    ///< as of the last update; none before the first
  std::optional<FailedUpdate> failed;  ///< the last attempt, where it failed
  std::vector<Refusal> refusals;    ///< the latest first
  std::vector<Error> problems;      ///< signs that files of the home are older than others, or damaged
  std::string log_origin;           ///< name of the publication log; "" before the first update
  std::uint64_t log_size = 0;

  /// The worst of all packs and roles: "none" without packs, "fresh", "stale", "expired", "unknown" or "clock_suspect".
  std::string freshness() const;
  /// What a person should do, most urgent first: "set_clock", "update", "restore", "see_refusals". Empty: nothing.
  std::vector<std::string> to_do() const;
  /// The document, in one line without line end.
  std::string to_json() const;
};

/// What an update did with one pack of the authority's list.
struct PackChange {
  std::string id;
  std::int64_t revision = 0;
  /// "activated"; "unchanged"; "restored", where its file here was damaged or lost; "refused"; "missing", where its file could not
  /// be had. In the last two the pack that was in use stays in use.
  std::string outcome;
  std::optional<std::int64_t> previous;  ///< revision that was in use before
  std::optional<Error> error;            ///< of "refused" and "missing"
};

/// An update that reached its end. Plain data.
struct GREENLANE_EXPORT CriteriaUpdate {
  std::chrono::sys_seconds at;
  std::vector<PackChange> packs;   ///< by id; those with a target that cannot be read last
  std::vector<Error> problems;     ///< what was found in the home and is mended now
  std::uint64_t log_size = 0;

  /// The document greenlane.criteria_update/1, in one line without line end.
  std::string to_json() const;
};

}  // namespace greenlane
