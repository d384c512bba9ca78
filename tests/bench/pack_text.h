// The same rules as a criteria pack of greenlane: conditions in its language, and for each criterion the
// texts, legal basis, places and remedy of a real one.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "workload.h"

namespace greenlane::bench {

/// What a criterion says beside its condition. Texts hold "{item.hs}" and "{item.origin.country_code}".
struct CriterionTexts {
  std::string id;  ///< in the order of the rules
  std::string_view domain, level, code, title_en, title_zh, legal_basis, message_en, message_zh, document,
      remedy_en, remedy_zh;
  bool shows_amount;  ///< beside the commodity code
};
CriterionTexts criterion_texts(std::size_t rule);

/// The name of the list that a rule asks for; "" for none.
std::string list_of(const Rule& rule);

/// The condition in the criteria language.
std::string condition_text(const World& world, const Rule& rule);

/// A built pack of these rules, with the lists of the world.
std::string pack_text(const World& world, std::span<const Rule> rules);

/// A built pack of one criterion over a table of many rows: a heading, an origin and the lowest price that is
/// usual.
std::string table_pack_text(const World& world, std::size_t rows, std::uint64_t seed);

}  // namespace greenlane::bench
