// The command line of greenlane-tuf.
#pragma once

#include <string>
#include <vector>

#include "greenlane/result.h"

namespace greenlane::conformance {

struct TufArguments {
  std::string metadata_dir;
  std::string metadata_url;
  std::string target_dir;
  std::string target_base_url;
  std::vector<std::string> target_names;
  std::string command;  ///< "init", "refresh" or "download", with all that it needs
  std::string root;     ///< file, for "init"
};

/// Error: invalid_argument, with the usage.
Result<TufArguments> read_tuf_arguments(const std::vector<std::string>& words);

}  // namespace greenlane::conformance
