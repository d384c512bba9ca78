// Screening: all criteria of a pack over one document.
#pragma once

#include <memory>
#include <optional>

#include "criteria/compiled_pack.h"
#include "document/document.h"
#include "greenlane/assessment.h"
#include "greenlane/result.h"
#include "screening/criterion_evaluation.h"

namespace greenlane::screening {

/// Screens `document` as of `as_of`, or of the document's own date. Pure. Errors: invalid_argument
/// without a date or for a document of another type; limit_exceeded over the budget.
Result<Assessment> screen(const std::shared_ptr<const criteria::CompiledPack>& pack, const PackIdentity& identity,
                          const document::Document& document, std::optional<Date> as_of, const Budget& budget = {});

/// The as-of date to use: `given`, else the document's own; the error says what to do.
Result<Date> as_of_date(const document::Document& document, std::optional<Date> given);

/// as_of_date(), or why the pack cannot screen the document.
Result<Date> date_to_screen(const criteria::CompiledPack& pack, const PackIdentity& identity, const document::Document& document,
                            std::optional<Date> as_of);

/// "sha256:…" over the RFC 8785 form of the document as read.
std::string digest_of(const document::Document& document);

/// Text of a value in a message to people, in `language`.
std::string shown_value(const cel::Value& value, std::string_view language);

}  // namespace greenlane::screening
