// Canonical JSON of OLPC: the bytes that TUF metadata is signed over.
#pragma once

#include <string>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::trust {

/// Keys sorted by code points, no white space, only '"' and '\' escaped, whole numbers only. Error: invalid_document, with the pointer of
/// a number with a fraction or an exponent.
Result<std::string> olpc_json(const json::Value& value);

}  // namespace greenlane::trust
