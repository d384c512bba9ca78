// Makes homes.
#pragma once

#include <chrono>
#include <string>

#include "greenlane/home.h"
#include "greenlane/result.h"

namespace greenlane::client {

/// As Home::create().
Result<void> create_home(const std::string& folder, const NewHome& settings, std::chrono::sys_seconds now);

}  // namespace greenlane::client
