// Explains one criterion on one document.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "criteria/compiled_pack.h"
#include "document/document.h"
#include "greenlane/explanation.h"
#include "greenlane/result.h"

namespace greenlane::screening {

struct ExplainRequest {
  std::string criterion;          ///< "ID", the version in force; or "ID@VERSION"
  std::string at;                 ///< JSON Pointer of one element; "" = all
  std::optional<Date> as_of;
};

/// Pure. Errors: not_found for a criterion or element that is not there (with the nearest name);
/// invalid_argument without a date.
Result<Explanation> explain(const std::shared_ptr<const criteria::CompiledPack>& pack, const PackIdentity& identity,
                            const document::Document& document, const ExplainRequest& request);

}  // namespace greenlane::screening
