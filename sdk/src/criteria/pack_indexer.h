// The index of a pack whose criteria are compiled.
#pragma once

#include <vector>

#include "criteria/compiled_pack.h"

namespace greenlane::criteria {

/// One index an each-path, in their order. What they share goes into `vocabulary`, which must outlive them.
std::vector<std::unique_ptr<ElementIndex>> index_criteria(const document::Field& root, const std::vector<EachPath>& paths,
                                                          const std::vector<CompiledCriterion>& criteria, FactVocabulary& vocabulary);

/// The lists that a hit of the condition notes, where every list is asked in a conjunct that has to hold.
std::optional<std::vector<const std::string*>> lists_of_hit(const cel::Expr& when);

/// From each day on which that changes: how many criteria are in force, by domain.
std::vector<std::pair<Date, std::array<std::uint32_t, domains.size()>>> count_in_force(const std::vector<CompiledCriterion>& criteria);

}  // namespace greenlane::criteria
