// A second opinion on screening: every criterion in force, every element, every row, one walk of the
// condition each. Shares the parser, numbers, dates and the document's JSON with the engine, and nothing that
// decides.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "cel/ast.h"
#include "criteria/pack_model.h"
#include "greenlane/assessment.h"
#include "greenlane/result.h"

namespace greenlane::test::naive {

/// A pack as its author wrote it. Criteria are taken in the order of ids and versions.
struct Pack {
  criteria::PackSource source;
  PackIdentity identity;
  std::map<std::string, cel::ExprPtr> parsed;  ///< conditions and values in messages, by their text

  /// REQUIRES: the engine takes the pack.
  static Pack of(const json::Value& json, PackIdentity identity);
};

/// What single evaluations (one criterion, element and row) came to.
struct Tally {
  std::size_t hits = 0;
  std::size_t clears = 0;
  std::size_t undetermined = 0;

  std::size_t evaluations() const { return hits + clears + undetermined; }
};

/// Errors: invalid_argument without a date. `tally` grows.
Result<Assessment> screen(const Pack& pack, const json::Value& declaration, std::optional<Date> as_of,
                          Tally& tally);

}  // namespace greenlane::test::naive
