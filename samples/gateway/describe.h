// A change in plain words, for those who are asked to sign it.
#pragma once

#include <string>
#include <vector>

#include "repository.h"

namespace greenlane::gateway {

/// One line for each thing that is different after the change. The files of new targets are read and must be those that are listed.
/// Errors: not_trusted, where one is not, or is not the pack that its path says; io.
Result<std::vector<std::string>> describe(const Repository& repository, const Released& released, const Staged& staged);

/// "in 29 days", "in 5 hours", "12 minutes ago"
std::string distance(std::chrono::seconds time);

}  // namespace greenlane::gateway
