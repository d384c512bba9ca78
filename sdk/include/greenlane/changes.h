// How far a comparison is from its threshold, and what a declarant may change.
#pragma once

#include <string>
#include <vector>

namespace greenlane {

/// How far a comparison of numbers or days is from the other outcome.
struct Margin {
  std::string comparison;  ///< the author's words
  std::string value;       ///< of the side that comes from the declaration
  std::string threshold;   ///< of the other side
  std::string distance;    ///< between the two, exactly; never negative
  std::string percent;     ///< the distance in percent of the threshold, to one place; "" for days and for a threshold of 0
  bool days = false;       ///< whether value and threshold are days
};

/// One change that schema and criterion permit (docs/screening.md).
struct Change {
  std::string kind;     ///< "add" a document, "supply" a field that is not declared, "correct" one that another contradicts
  std::string pointer;  ///< JSON Pointer of the field, or of the array that gets the document
  std::string code;     ///< type of the document; "" where the criterion leaves it open
};

/// Changes that have the effect together, while no part of them has it alone.
struct ChangeSet {
  std::vector<Change> changes;  ///< by pointer, kind and code
  bool certain = false;         ///< whatever the true values of what is supplied and corrected are
  std::vector<std::string> depends_on;  ///< where not certain: JSON Pointers of the values that decide
};

}  // namespace greenlane
