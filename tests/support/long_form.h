// Whether tests run in their long form (tests/long.sh).
#pragma once

#include <cstdlib>

namespace greenlane::test {

/// `usual` rounds of a random test, or `many` in the long form.
inline unsigned rounds(unsigned usual, unsigned many) { return std::getenv("GREENLANE_LONG") != nullptr ? many : usual; }

}  // namespace greenlane::test
