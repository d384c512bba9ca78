// OLPC canonical JSON: the bytes that TUF metadata is signed over.
#pragma once

#include <string>

#include "base/json.h"

namespace greenlane::gateway {

/// Keys in byte order, no white space, strings with only '"' and '\' escaped. REQUIRES: no number but integers.
std::string olpc_canonical(const json::Value& value);

}  // namespace greenlane::gateway
