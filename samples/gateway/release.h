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
  std::string keys_of;               ///< such as "holders of the root before the change"
  std::int64_t missing = 0;          ///< how many more are needed
  std::vector<std::string> holders;  ///< ids of those who have not signed
};

/// Nothing where the staged change can be released.
std::vector<MissingSignatures> missing_signatures(const Released& released, const Staged& staged);

/// An error where `staged` is not the next version of what is released, or has expired. Error: not_trusted.
Result<void> check_staged(const Released& released, const Staged& staged, std::chrono::sys_seconds now);

/// Releases the staged change: its files, then the log, then all metadata in one step, so that a client sees all of it or nothing. Can be
/// called again after it was interrupted anywhere. Errors: not_trusted, where signatures are missing or clients would refuse it;
/// invalid_key, where private keys of online roles are not on this machine; io.
Result<void> release(Repository& repository, std::chrono::sys_seconds now);

/// Signs a new timestamp, and a new snapshot where the old one is near its end or was not signed with the keys of now. Errors: those of
/// release(); invalid_argument, where nothing is released yet.
Result<void> refresh(Repository& repository, std::chrono::sys_seconds now);

/// Removes what an interrupted command has left, and a staged change that was released already.
Result<void> tidy_up(Repository& repository);

}  // namespace greenlane::gateway
