// The roles that a machine signs without a person: snapshot and timestamp.
#pragma once

#include <chrono>
#include <vector>

#include "repository.h"

namespace greenlane::gateway {

struct OnlineMetadata {
  Metadata snapshot;
  Metadata timestamp;
};

/// A new timestamp, and a new snapshot where `new_snapshot`, for clients that have `root` and `targets`. Signs with the keys of the
/// root before, too, for clients that have not seen the new one. Error: invalid_key, where no key of a role is among `keys`.
Result<OnlineMetadata> make_online(const Repository& repository, const Released& released, const Metadata& root, const Metadata& targets,
                                   const std::vector<OnlineKey>& keys, bool new_snapshot, std::chrono::sys_seconds now);

}  // namespace greenlane::gateway
