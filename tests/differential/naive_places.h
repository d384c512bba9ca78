// Where a finding points to: the field at a path, its value, its place in the WCO Data Model.
#pragma once

#include <string>
#include <string_view>

#include "document/field_table.h"
#include "greenlane/assessment.h"
#include "tests/differential/naive_condition.h"

namespace greenlane::test::naive {

/// The place of `path` ("item.origin.country_code"), declared or not.
Place place_of(std::string_view path, const Variables& variables, const document::Field& root);

/// Classes from the declaration down, elements numbered from 1, the tag at the end: "42A/67A/68A[1]/92A#063";
/// "" where the schema names neither for the field.
std::string wco_of(std::string_view pointer, const document::Field& root);

}  // namespace greenlane::test::naive
