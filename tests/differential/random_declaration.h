// Random declarations with everything that can be wrong in one that is well formed: fields, groups and arrays
// that are not there, null, or empty.
#pragma once

#include "base/json.h"
#include "tests/differential/random.h"

namespace greenlane::test {

json::Value random_declaration(Random& random);

}  // namespace greenlane::test
