// A customs workload: populations, the rules of a pack, and the goods lines to screen with it. Everything
// follows from the seeds. Codes are drawn by Zipf's law, amounts and weights from lognormal distributions.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "random.h"

namespace greenlane::bench {

enum class Field : std::uint8_t {
  hs,
  origin,
  departure,
  procedure,
  mode,
  terms,
  preference,
  amount,
  net,
  documents,
  consignee,
  consignor
};
enum class Test : std::uint8_t { under, one_of, differs, above, at_most, lacks, in_list };

/// One test of one field. Codes are places in their population.
struct Atom {
  Test test = Test::under;
  Field field = Field::hs;
  std::string prefix = {};                ///< under: 2, 4, 6 or 8 digits
  std::vector<std::uint32_t> codes = {};  ///< one_of; a single one of differs, lacks and in_list
  std::int64_t hundredths = 0;            ///< above, at_most
};

/// Holds where each clause has an atom that does.
struct Rule {
  std::vector<std::vector<Atom>> clauses;
};

/// A goods line as it was drawn. Codes are places in their population.
struct Goods {
  std::uint32_t hs = 0, origin = 0, departure = 0, procedure = 0, mode = 0, terms = 0, preference = 0;
  std::int64_t amount = 0, net = 0, gross = 0;  ///< in hundredths
  std::uint32_t quantity = 0;
  std::vector<std::uint32_t> documents;  ///< ascending
  std::uint32_t consignee = 0, consignor = 0;
};

/// dense: three rules in ten have no commodity code, and prefixes are short, so that hits grow with the
/// rules. sparse: nearly all rules have a code, mostly of six or eight digits, as in a set of tariff
/// measures.
enum class Mix : std::uint8_t { dense, sparse };

inline constexpr std::size_t list_count = 40;
inline constexpr Lognormal amounts{8.0, 1.8};  ///< of money
inline constexpr Lognormal weights{5.0, 1.7};  ///< kilograms

/// What rules and lines are drawn from.
class World {
 public:
  explicit World(std::uint64_t seed);

  std::vector<std::string> hs;  ///< eight digits each
  std::vector<std::string> countries, procedures, modes, terms, preferences, documents, parties;
  std::array<std::vector<std::uint32_t>, list_count> lists;  ///< parties, ascending
  Zipf hs_law, country_law, procedure_law, mode_law, terms_law, preference_law, document_law, party_law;

  const std::vector<std::string>& population(Field field) const;
};

/// The set of N rules is the first N of a larger one.
std::vector<Rule> make_rules(const World& world, Mix mix, std::size_t count, std::uint64_t seed);
std::vector<Goods> make_goods(const World& world, std::size_t count, std::uint64_t seed);

/// "1234.50".
std::string decimal_text(std::int64_t hundredths);
/// `number` with zeros before it, so that it has `width` digits.
std::string padded(std::uint64_t number, std::size_t width);

}  // namespace greenlane::bench
