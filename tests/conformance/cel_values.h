// The notation of values and types in the CEL cases.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cel/value.h"

namespace greenlane::conformance {

/// A value of the cases ({"int": "1"}), or nullopt for what the library has no value for.
std::optional<cel::Value> read_value(const json::Value& json);
/// A type of the cases ("list<int>"), or null.
cel::TypeRef read_type(std::string_view text);
/// A type in the notation of the cases.
std::string write_type(const cel::Type& type);
/// Equal as the suite means it: same kind and value; any NaN is any NaN.
bool same_value(const cel::Value& a, const cel::Value& b);

}  // namespace greenlane::conformance
