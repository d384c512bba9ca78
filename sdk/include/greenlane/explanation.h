// Why a criterion hit, did not hit, or could not be decided (greenlane.explanation/1).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "greenlane/assessment.h"
#include "greenlane/export.h"

namespace greenlane {

/// What one part of a condition came to.
struct ExplainedPart {
  std::string text;   ///< the author's words
  std::string label;  ///< of a turn of a quantifier: "d = [2]"; else ""
  std::string value;  ///< the value, shown; "" where undetermined or an error
  std::vector<std::string> missing;  ///< JSON Pointers, where it is undetermined
  std::string error;                 ///< where it could not be computed
  std::vector<ExplainedPart> children;
};

/// One evaluation of the criterion: over the declaration or an element, with or without a table row.
struct ExplainedEvaluation {
  std::string at;                 ///< JSON Pointer of the element; "" for the declaration
  std::optional<MatchedRow> row;
  std::string outcome;            ///< "hit", "clear" or "undetermined"
  std::vector<std::string> missing;
  ExplainedPart tree;
  std::string failed_alone;      ///< of a near miss: the one part of the conjunction that is false; else ""
  std::optional<Margin> margin;  ///< of a hit: how far inside; of a near miss: how far from a hit
};

/// Owns its parts; copy freely, any thread.
struct GREENLANE_EXPORT Explanation {
  std::string declaration_id;
  std::string declaration_digest;
  PackIdentity pack;
  Date as_of;
  std::shared_ptr<const CriterionInfo> criterion;
  std::string outcome;  ///< "hit", "clear", "undetermined" or "not_in_force"
  std::vector<std::string> missing;  ///< arrays that were not declared, so that nothing could be evaluated over them
  std::vector<ExplainedEvaluation> evaluations;  ///< in the order of elements, then rows
  std::size_t omitted = 0;  ///< evaluations that are not shown, since there are many
  /// The smallest sets of permitted changes after which the criterion no longer hits, or is decided.
  std::vector<ChangeSet> changes;
  bool changes_omitted = false;  ///< there may be more: the search was cut off

  /// The document, in one line without line end.
  std::string to_json() const;
};

}  // namespace greenlane
