// The enterprise's folder, as the commands that need one find it.
#pragma once

#include <string>

#include "greenlane/result.h"

namespace greenlane::cli {

/// `given` (--home), else the variable GREENLANE_HOME, else ~/.greenlane; no slash at the end. It need not exist. Error:
/// invalid_argument, where none of them says a folder.
Result<std::string> home_folder(const std::string& given);

}  // namespace greenlane::cli
