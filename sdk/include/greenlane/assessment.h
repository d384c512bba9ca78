// The result of screening one declaration against one pack (greenlane.assessment/1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "greenlane/changes.h"
#include "greenlane/criterion.h"
#include "greenlane/date.h"
#include "greenlane/export.h"
#include "greenlane/result.h"

namespace greenlane {

/// Which pack an assessment was made with, and how far it can be trusted.
struct PackIdentity {
  std::string id;
  std::int64_t revision = 0;
  std::string digest;      ///< "sha256:" and 64 hexadecimal digits, over the bytes of the built pack
  std::string provenance;  ///< "local": the enterprise's own, not signed by anybody; "published": signed by an authority, and verified
  /// When the pack was loaded: "fresh"; "stale since 2026-01-31T23:59:59Z" (UTC), where newer criteria may have been published;
  /// "expired since …", where the authority no longer vouches for the list of its criteria; "clock_suspect", where the clock was
  /// earlier than the last update; "not_applicable" for local packs.
  std::string freshness;
};

/// A field that a finding points to.
struct Place {
  std::string pointer;               ///< JSON Pointer (RFC 6901) into the declaration
  std::string wco;                   ///< WCO Data Model pointer, "" where there is none
  // Into the message that the declaration came as; "" and 0 where it was JSON or a table. For what was not declared:
  // the nearest element around it that is there.
  std::string xpath;                 ///< XML: with an index at each step, "/ie:CC315A[1]/GOOITEGDS[2]"
  std::string segment;               ///< EDIFACT: position in the message, UNH being 1, element and component: "LOC[5]/2.1"
  std::size_t line = 0;              ///< of the file, 1-based
  std::optional<std::string> value;  ///< the declared value as JSON text; none where it was not declared or is a group
};

/// The table row that made a criterion hit.
struct MatchedRow {
  std::string list;
  std::size_t line = 0;  ///< the first row of the table is 1
  std::vector<std::pair<std::string, std::optional<std::string>>> values;  ///< by column
};

/// A criterion that hit, at one place.
struct Finding {
  std::shared_ptr<const CriterionInfo> criterion;
  Text message;
  std::vector<Place> at;
  std::optional<MatchedRow> row;
  std::vector<std::string> lists;  ///< reference lists in which something was found
};

/// A criterion that could not be decided, somewhere.
struct Undetermined {
  std::shared_ptr<const CriterionInfo> criterion;
  std::vector<std::string> missing;  ///< JSON Pointers of what was not declared and would decide it
  std::string error;                 ///< why its condition could not be computed; "" where values were missing only
};

/// A criterion that did not hit because one part of its condition alone was not so.
struct NearMiss {
  std::shared_ptr<const CriterionInfo> criterion;
  std::string at;         ///< JSON Pointer of the element; "" for the declaration
  std::optional<MatchedRow> row;
  std::string condition;  ///< that part, in the author's words
  std::optional<Margin> margin;
};

/// What is asked for by ScreenOptions::why.
struct Why {
  std::vector<NearMiss> near_misses;  ///< the nearest first
  bool near_misses_omitted = false;   ///< there are more
  std::vector<ChangeSet> lower;       ///< the smallest sets of permitted changes that lower the level
  bool lower_omitted = false;         ///< there may be more: the search was cut off
};

struct Coverage {
  std::size_t evaluated = 0;     ///< criteria in force on the as-of date
  std::size_t hit = 0;
  std::size_t undetermined = 0;  ///< a criterion may be both, at different items
};

/// Where a declaration came from.
struct Source {
  std::string file;
  std::size_t index = 0;  ///< position in the file, from 0
};

/// Owns its parts; copy freely, any thread. "No published criterion matched" is all that an assessment
/// without findings says.
struct GREENLANE_EXPORT Assessment {
  std::string declaration_id;      ///< "" where the declaration has none
  std::string declaration_digest;  ///< "sha256:" and 64 hexadecimal digits, over its RFC 8785 form
  PackIdentity pack;
  Date as_of;
  Level level = Level::none;  ///< the highest of the findings
  std::vector<Finding> findings;          ///< by criterion, then place
  std::vector<Undetermined> undetermined; ///< by criterion
  std::array<Coverage, domains.size()> coverage;  ///< by domain
  std::optional<Source> source;
  std::optional<Why> why;

  /// The document, in one line without line end. The same assessment always gives the same bytes.
  std::string to_json() const;
};

/// The line that stands for an input that could not be read: `source` and `error`.
GREENLANE_EXPORT std::string refusal_json(const Source& source, const Error& error);
/// The document greenlane.error/1, in one line.
GREENLANE_EXPORT std::string error_json(const Error& error);

}  // namespace greenlane
