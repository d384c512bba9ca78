// What a message says of text that a schema's `pattern` refuses.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "document/formats.h"

namespace greenlane::document {

/// What text of a string schema has to be, in words as far as its pattern allows: "a decimal string with at
/// most 24 digits before and 20 after the point", "a code of ISO 3166-1 alpha-2: 2 capital letters". The
/// regular expression itself only where there are no words for it. `schema` has a `pattern` that compiles.
std::string pattern_text(const json::Value& schema, Format format);

}  // namespace greenlane::document
