// The changes that schema and criterion permit together (docs/adr/0009-permitted-changes.md).
#pragma once

#include <string>
#include <vector>

#include "criteria/compiled_pack.h"
#include "greenlane/changes.h"
#include "screening/changed_document.h"
#include "screening/criterion_evaluation.h"

namespace greenlane::screening {

struct PermittedChange {
  Change change;
  Steps steps;  ///< of the field, or of the array that gets the document
};

/// In the order of a ChangeSet, each once.
using PermittedChanges = std::vector<PermittedChange>;
void put_in_order(PermittedChanges& changes);

/// What may be changed where `hits` are: what a remedy of the criterion names, as far as the schema permits it.
PermittedChanges changes_against(const criteria::CompiledPack& pack, const criteria::CompiledCriterion& criterion, Date as_of,
                                 const std::vector<Hit>& hits);

/// Which of the fields `missing` (JSON Pointers) may be supplied.
PermittedChanges supplies_of(const document::Node& root, const std::vector<std::string>& missing);

}  // namespace greenlane::screening
