// The same goods as declarations of about 40 fields and 1 KiB, one line each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workload.h"

namespace greenlane::bench {

/// greenlane.declaration/1 with its members in the order of the schema, so that hashing a line takes its canonical form
/// (RFC 8785), as it does for the declarations of an ERP.
std::vector<std::string> declaration_lines(const World& world, const std::vector<Goods>& all,
                                           std::uint64_t seed);

}  // namespace greenlane::bench
