// Files that are made once.
#pragma once

#include <sys/types.h>

#include <string>

#include "greenlane/result.h"

namespace greenlane::gateway {

/// Writes a file that must not be there yet, durably. Errors: invalid_argument, where it is; io.
Result<void> write_new_file(const std::string& path, const std::string& bytes, mode_t mode);

}  // namespace greenlane::gateway
