// How often a test is expected to hold, from what the field is. Only the order matters: the rarest test of a
// condition becomes the way to its criterion.
#pragma once

#include <cstdint>
#include <span>

#include "criteria/facts.h"
#include "document/field_table.h"

namespace greenlane::criteria {

/// Of a field that is one of `count` values. `field` may be null for elements of arrays.
double expected_share(const document::Field* field, FactKind kind, std::size_t count) noexcept;
/// That a table of valid codes does not have what is declared.
inline constexpr double expected_share_of_no_row = 0.05;
/// Of commodity codes that begin with one of `prefixes` (prefix_key).
double expected_share_of_prefixes(const std::vector<std::uint64_t>& prefixes) noexcept;

}  // namespace greenlane::criteria
