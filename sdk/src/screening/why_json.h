// Margins, change sets and near misses as members of a JSON document.
#pragma once

#include <string_view>
#include <vector>

#include "screening/json_writer.h"

namespace greenlane::screening {

/// The members of a margin, within the object that is open.
void write_margin(JsonWriter& out, const Margin& margin);
void write_change_sets(JsonWriter& out, std::string_view key, const std::vector<ChangeSet>& sets);
/// The members `near_misses` and `lower`.
void write_why(JsonWriter& out, const Why& why);

}  // namespace greenlane::screening
