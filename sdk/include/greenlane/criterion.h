// What is published about a criterion: everything but its condition and its tests.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/date.h"
#include "greenlane/export.h"

namespace greenlane {

/// The risk domains of GACC Order 271, Art. 2, in the order and spelling of every document.
inline constexpr std::array<std::string_view, 11> domains = {
    "transport_means", "transport_equipment", "personnel", "goods", "port_health",          "biosafety",
    "food_safety",     "commodity_quality",   "tax",       "intellectual_property", "other_security"};

/// Risk levels (GACC Order 271: low, medium, high). Numbered by severity; the numbers never change.
enum class Level : int { none = 0, low = 1, medium = 2, high = 3 };
GREENLANE_EXPORT std::string_view to_string(Level level) noexcept;
/// What a level means to the trader: "green" for none and low, "yellow" for medium, "red" for high.
GREENLANE_EXPORT std::string_view lane(Level level) noexcept;

/// Text for people in the languages of the project.
struct Text {
  std::string en;
  std::string zh;

  /// The text in `language` ("en" or "zh"), or in the other where it is empty.
  const std::string& in(std::string_view language) const noexcept {
    return (language == "zh" && !zh.empty()) || en.empty() ? zh : en;
  }
};

/// Days; both ends inclusive, an open end is empty.
struct Period {
  std::optional<Date> from;
  std::optional<Date> to;

  bool contains(Date day) const noexcept { return (!from || *from <= day) && (!to || day <= *to); }
};

struct LegalBasis {
  std::string ref;        ///< the instrument, its number, the article
  std::string uri;        ///< may be empty
  bool verified = false;  ///< whether somebody has read the source
};

/// Something that helps: a document to add, a field to correct, a measure to take, a report to make.
struct Remedy {
  std::string kind;   ///< "document", "correct", "measure" or "report"
  std::string code;   ///< for example the type of the document; may be empty
  std::string field;  ///< path of the field, "item.packages"; may be empty
  Text text;

  /// Whether it says to change the declaration; a measure and a report only ask people to do something.
  bool permits() const noexcept { return kind == "document" || kind == "correct"; }
};

struct CriterionInfo {
  std::string id;
  std::int64_t version = 1;
  std::size_t domain = 0;  ///< index into `domains`
  Level level = Level::low;
  Text title;
  std::vector<LegalBasis> legal_basis;
  Period effective;
  std::optional<Date> known_from;  ///< when it was published
  std::string finding_code;
  std::vector<Remedy> remedies;

  /// "ID@VERSION"
  std::string key() const { return id + "@" + std::to_string(version); }
};

}  // namespace greenlane
