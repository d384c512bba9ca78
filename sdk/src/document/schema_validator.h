// Validation of a JSON tree against a draft-07 schema, with errors a person can act on.
#pragma once

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// The first violation of `schema` in `value`, in document order, or success. Knows the keywords that the
/// project's schemas use: type, enum, const, properties, patternProperties, additionalProperties,
/// required, items, minItems, maxItems, uniqueItems, minLength, maxLength, pattern (RE2), minimum,
/// maximum, oneOf, anyOf, allOf, if/then/else, local $ref, and the formats decimal, date, date-time and
/// hs; a schema with another keyword that would change the verdict is refused (ErrorCode::internal).
/// The error is invalid_document with the JSON Pointer, the value found and what was expected, and for
/// an unknown key the nearest known one. Pure; any thread.
Result<void> validate(const json::Value& schema, const json::Value& value);

}  // namespace greenlane::document
