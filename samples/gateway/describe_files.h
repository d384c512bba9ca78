// What is new in the files that targets list.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "repository.h"

namespace greenlane::gateway {

/// Adds lines for a target that is new or has other bytes than before ("" : new). `before` are the targets that are released. Errors:
/// not_trusted, where the file is not the pack or the list that its path says; io.
Result<void> describe_file(std::vector<std::string>& lines, const Repository& repository, const trust::TargetInfo& target,
                           const std::string& bytes, const std::string& old_bytes, const std::vector<trust::TargetInfo>& before);

}  // namespace greenlane::gateway
