// The authority's publication log: each released target is an entry (RFC 6962 tree, C2SP tlog-tiles and tlog-checkpoint).
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "repository.h"
#include "trust/key_ring.h"
#include "trust/log_tiles.h"
#include "trust/target.h"

namespace greenlane::gateway {

/// How the log grows.
struct LogGrowth {
  std::vector<trust::LogFile> files;  ///< to be served before the checkpoint
  std::string checkpoint;             ///< the note; "": nothing is new
};

/// The keys of messages after the release and, for clients that have not seen it, before.
struct LogKeys {
  trust::KeyRing after;
  trust::KeyRing before;
};

/// Entries for those of `files` that are not in the log yet as published at that time, and a checkpoint signed with the keys that
/// `message_keys` say. Was followed as a client does. Errors: not_trusted, where the log in the folder does not fit its checkpoint;
/// invalid_key, where no key for it is on this machine; io.
Result<LogGrowth> grown_log(const Repository& repository, const std::vector<OnlineKey>& keys, const LogKeys& message_keys,
                            const std::vector<trust::TargetInfo>& files, std::chrono::sys_seconds published_at);
/// Writes it, the checkpoint last. Error: io.
Result<void> write_log(const Repository& repository, const LogGrowth& growth);

}  // namespace greenlane::gateway
