// Lists that authors keep as CSV.
#pragma once

#include <string_view>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::criteria {

/// Reads a list whose first line holds `name:type` for each column. One column makes a set, more make a
/// table; an empty cell is null. The result has the form of a list in a built pack.
Result<json::Value> read_list_csv(std::string_view text);

}  // namespace greenlane::criteria
