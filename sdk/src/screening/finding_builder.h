// From a hit to the finding that people read.
#pragma once

#include <memory>

#include "criteria/compiled_pack.h"
#include "greenlane/assessment.h"
#include "screening/criterion_evaluation.h"

namespace greenlane::screening {

/// `document`: the one that the hit is in.
Finding build_finding(const criteria::CompiledCriterion& criterion, std::shared_ptr<const CriterionInfo> info, const Hit& hit,
                      const document::Document& document, Date as_of);

/// A message is for people; the whole value stands beside it, in `at`.
inline constexpr std::size_t max_value_bytes = 300;
inline constexpr std::size_t max_message_bytes = 8000;

/// Appends the value of a field as a message shows it, with JSON's escapes; false for those that the evaluator has to read.
bool append_message_value(std::string& out, const criteria::PlacePath& path, const Element& element, std::string_view language);

/// Makes `out` the message with its values; the title where nothing comes out, since a finding without words helps nobody.
void render(const criteria::MessageTemplate& message, const Element& element, const cel::Activation& activation, std::string_view language,
            const std::string& title, std::string& out);

/// The field that `path` names for this element of `document`, declared or not.
Place place_of(const criteria::PlacePath& path, const Element& element, const document::Document& document);

/// Names of the lists in which something was found, in byte order, each once.
std::vector<std::string> list_names(const Hit& hit);

/// A table's row with its values as text.
MatchedRow matched_row(const criteria::Table& table, std::size_t row);

}  // namespace greenlane::screening
