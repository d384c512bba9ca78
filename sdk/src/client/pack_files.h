// Packs on disk: folders of sources and built files.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "criteria/compiled_pack.h"
#include "criteria/pack_builder.h"
#include "greenlane/result.h"

namespace greenlane::client {

/// The pack at `path` as one document, with the files its parts come from where it is a folder.
Result<criteria::JoinedPack> read_pack_files(const std::string& path);

struct CompiledFiles {
  std::shared_ptr<const criteria::CompiledPack> pack;  ///< null where there are errors
  std::string bytes;                                   ///< of the built pack
  std::vector<criteria::PackIssue> issues;             ///< with `source` filled in
  std::map<std::string, criteria::PackOrigin> origins; ///< of criteria by "ID@VERSION", where the pack is a folder
};

/// Reads and compiles the pack at `path`. Mistakes in the pack are issues, not errors of the call.
CompiledFiles compile_files(const std::string& path);

}  // namespace greenlane::client
