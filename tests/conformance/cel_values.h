// The notation of values and types in the CEL cases.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cel/value.h"

namespace greenlane::conformance {

/// What the texts of a case stand for. The upstream tests are in protobuf's text format, whose escapes \uXXXX,
/// \UXXXXXXXX and \? the cases keep in a few expected values, so that "\\u0100" stands for "Ā" there.
enum class Escapes : bool { as_written, decoded };

/// A value of the cases ({"int": "1"}), or nullopt for what the library has no value for. With Escapes::decoded
/// nullopt also for a text with a backslash that begins no such escape: there, backslashes are meant.
std::optional<cel::Value> read_value(const json::Value& json, Escapes escapes = Escapes::as_written);
/// A type of the cases ("list<int>"), or null.
cel::TypeRef read_type(std::string_view text);
/// A type in the notation of the cases.
std::string write_type(const cel::Type& type);
/// Equal as the suite means it: same kind and value; any NaN is any NaN.
bool same_value(const cel::Value& a, const cel::Value& b);

}  // namespace greenlane::conformance
