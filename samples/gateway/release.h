// Releasing a change, and keeping the online roles fresh.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "repository.h"

namespace greenlane::gateway {

/// Signatures of one role's metadata that are still missing.
struct MissingSignatures {
  std::string metadata;              ///< "root" or "targets"
  std::string keys_of;               ///< such as "root before the change"
  std::size_t missing = 0;           ///< how many more are needed
  std::vector<std::string> holders;  ///< ids of those who have not signed
};

/// Nothing where the staged change can be released.
std::vector<MissingSignatures> missing_signatures(const Released& released, const Staged& staged);

/// Releases the staged change: its files, then the log, then all metadata in one step. Can be called again after it was interrupted at any
/// place. Errors: not_trusted, where signatures are missing or the change is not one of what is released; invalid_key, where
/// private keys of online roles are not on this machine; io.
Result<void> release(Repository& repository, std::chrono::sys_seconds now);

/// Signs a new timestamp, and a new snapshot where the old one is near its end. Errors: those of release().
Result<void> refresh(Repository& repository, std::chrono::sys_seconds now);

/// Tidies up after a release that was interrupted when it was done already; whether there was one.
Result<bool> finish_interrupted(Repository& repository);

}  // namespace greenlane::gateway
