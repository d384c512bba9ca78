// The authority's publication log as a home keeps it: one file, so that entries and checkpoint always fit.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "client/home_paths.h"
#include "greenlane/result.h"
#include "trust/key_ring.h"
#include "trust/publication_log.h"

namespace greenlane::client {

/// Which keys count for a log that was kept.
struct LogKeys {
  std::vector<crypto::PublicKey> now;      ///< may sign a new checkpoint
  std::vector<crypto::PublicKey> earlier;  ///< have signed what was kept
};
/// `also_compromised`: for what this home has verified itself before; not for what others show.
LogKeys log_keys(const trust::KeyRing& ring, std::chrono::sys_seconds now, bool also_compromised);

struct KeptLog {
  std::string note;     ///< "" where nothing was kept
  std::string entries;  ///< lines
};

/// Errors: io; invalid_document, where the file is damaged.
Result<KeptLog> read_kept_log(const HomePaths& paths);
Result<void> write_kept_log(const HomePaths& paths, const trust::PublicationLog& log);
/// The log of the home. Errors: not_found, where nothing was kept; those of PublicationLog::open(), with the file as source.
Result<trust::PublicationLog> open_kept_log(const HomePaths& paths, const std::string& origin, const LogKeys& keys);

}  // namespace greenlane::client
