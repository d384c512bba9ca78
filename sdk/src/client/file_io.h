// Files and folders.
#pragma once

#include <string>
#include <vector>

#include "greenlane/result.h"

namespace greenlane::client {

/// All bytes of a file of at most `limit` bytes.
Result<std::string> read_file(const std::string& path, std::size_t limit);

bool is_folder(const std::string& path) noexcept;

/// Names of the regular files below `folder`, as paths relative to it with '/', in byte order. Links are
/// followed to files, not to folders; names that begin with a dot are left out.
Result<std::vector<std::string>> files_below(const std::string& folder, bool deep);

}  // namespace greenlane::client
