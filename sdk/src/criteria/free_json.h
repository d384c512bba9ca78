// The free part of a document (`attributes`) in expressions: a map of whatever was written.
#pragma once

#include "cel/value.h"
#include "document/document.h"

namespace greenlane::criteria {

/// A free object as a map; a key that is not there is undetermined, like a field that was not declared.
cel::Value free_object(const document::Node& node);

}  // namespace greenlane::criteria
