#include "workload.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace greenlane::bench {
namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    all.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

/// `count` of the numbers low to high, in no order.
std::vector<std::uint32_t> sample(Random& random, std::uint32_t low, std::uint32_t high, std::size_t count) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t number = low; number <= high; ++number) all.push_back(number);
  random.shuffle(all);
  all.resize(count);
  return all;
}

/// Chapters of the Harmonized System with some of their headings, and some codes of these.
std::vector<std::string> make_codes(Random& random) {
  std::vector<std::string> codes;
  for (std::uint32_t chapter = 1; chapter <= 97; ++chapter) {
    if (chapter == 77) continue;  // reserved
    for (const std::uint32_t heading : sample(random, 1, 99, random.from_to(6, 20))) {
      for (const std::uint32_t six : sample(random, 10, 99, random.from_to(2, 7))) {
        for (const std::uint32_t eight : sample(random, 0, 99, random.from_to(1, 4))) {
          codes.push_back(padded(((chapter * 100 + heading) * 100 + six) * 100 + eight, 8));
        }
      }
    }
  }
  random.shuffle(codes);
  return codes;
}

/// Where the share of each kind of rule ends, the last being the rest; and weights of prefixes of 2, 4, 6, 8
/// digits.
struct Shares {
  double coded, dear, heavy, undocumented, listed;
  std::array<double, 4> lengths;
};
constexpr Shares dense_shares{0.70, 0.78, 0.84, 0.92, 0.97, {0.10, 0.35, 0.35, 0.20}};
constexpr Shares sparse_shares{0.985, 0.989, 0.992, 0.996, 0.9985, {0.01, 0.04, 0.35, 0.60}};

class RuleMaker {
 public:
  RuleMaker(const World& world, Mix mix, std::uint64_t seed)
      : world_(world), mix_(mix), shares_(mix == Mix::dense ? dense_shares : sparse_shares), random_(seed) {}

  Rule next() {
    const double kind = random_.unit();
    if (kind < shares_.coded) return coded();
    if (kind < shares_.dear)
      return {{{above(Field::amount, 0.95, 0.999)}, {code(Field::mode, world_.mode_law)}}};
    if (kind < shares_.heavy)
      return {{{above(Field::net, 0.95, 0.999)}, {code(Field::terms, world_.terms_law)}}};
    if (kind < shares_.undocumented) return {{{origins(3)}, {lacks()}, {above(Field::amount, 0.9, 0.999)}}};
    if (kind < shares_.listed) return {{{listed()}, {above(Field::amount, 0.3, 0.95)}}};
    return banded();
  }

 private:
  Rule coded() {
    Rule rule{{{under()}}};
    if (random_.chance(0.1)) rule.clauses[0].push_back(under());
    if (random_.chance(0.6)) rule.clauses.push_back({origins(4)});
    if (random_.chance(0.6)) rule.clauses.push_back({extra()});
    return rule;
  }

  /// An amount within a narrow band, for goods from or by way of one country.
  Rule banded() {
    const Atom from{Test::one_of, Field::origin, {}, {any_country()}};
    const Atom by_way_of{Test::one_of, Field::departure, {}, {any_country()}};
    Atom procedure = code(Field::procedure, world_.procedure_law);
    procedure.test = Test::differs;
    const double low = random_.between(0.5, 0.95);
    return {{{from, by_way_of},
             {procedure},
             {bound(Test::above, Field::amount, low)},
             {bound(Test::at_most, Field::amount, low + 0.04)}}};
  }

  Atom under() {
    const bool popular = mix_ == Mix::dense && random_.chance(0.5);
    const auto place =
        popular ? world_.hs_law.draw(random_) : random_.below(static_cast<std::uint32_t>(world_.hs.size()));
    double left = random_.unit();
    std::size_t length = 0;
    while (length < 3 && left >= shares_.lengths[length]) left -= shares_.lengths[length++];
    return {Test::under, Field::hs, world_.hs[place].substr(0, 2 * length + 2)};
  }

  Atom origins(std::uint32_t most) {
    Atom atom{Test::one_of, Field::origin};
    for (std::uint32_t left = random_.from_to(1, most); left > 0; --left) {
      atom.codes.push_back(random_.chance(0.5) ? world_.country_law.draw(random_) : any_country());
    }
    std::sort(atom.codes.begin(), atom.codes.end());
    atom.codes.erase(std::unique(atom.codes.begin(), atom.codes.end()), atom.codes.end());
    return atom;
  }

  Atom extra() {
    switch (random_.below(6)) {
      case 0:
        return above(Field::amount, 0.3, 0.95);
      case 1:
        return lacks();
      case 2:
        return code(Field::procedure, world_.procedure_law);
      case 3:
        return code(Field::mode, world_.mode_law);
      case 4:
        return above(Field::net, 0.3, 0.95);
      default: {
        Atom atom = code(Field::preference, world_.preference_law);
        atom.test = Test::differs;
        return atom;
      }
    }
  }

  Atom listed() {
    const Field party = random_.chance(0.5) ? Field::consignee : Field::consignor;
    return {Test::in_list, party, {}, {random_.below(list_count)}};
  }
  Atom lacks() { return {Test::lacks, Field::documents, {}, {world_.document_law.draw(random_)}}; }
  Atom code(Field field, const Zipf& law) { return {Test::one_of, field, {}, {law.draw(random_)}}; }
  Atom above(Field field, double low, double high) {
    return bound(Test::above, field, random_.between(low, high));
  }
  static Atom bound(Test test, Field field, double share) {
    const Lognormal& law = field == Field::amount ? amounts : weights;
    return {test, field, {}, {}, std::llround(law.quantile(share)) * 100};
  }
  std::uint32_t any_country() { return random_.below(static_cast<std::uint32_t>(world_.countries.size())); }

  const World& world_;
  Mix mix_;
  const Shares& shares_;
  Random random_;
};

}  // namespace

Zipf::Zipf(std::size_t ranks, double exponent) {
  double sum = 0;
  for (std::size_t rank = 1; rank <= ranks; ++rank)
    sums_.push_back(sum += std::pow(static_cast<double>(rank), -exponent));
}

std::uint32_t Zipf::draw(Random& random) const {
  const auto found = std::lower_bound(sums_.begin(), sums_.end(), random.unit() * sums_.back());
  return static_cast<std::uint32_t>(found - sums_.begin());
}

double Lognormal::quantile(double share) const {
  double low = -10, high = 10;  // of the standard normal distribution, by halving
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (0.5 * std::erfc(-middle / std::numbers::sqrt2) < share ? low : high) = middle;
  }
  return std::exp(mean + deviation * low);
}

World::World(std::uint64_t seed) {
  Random random(seed);
  countries = words(
      "CN DE US JP KR VN IN TH MY ID TW IT FR GB NL BE ES PL CZ AT CH SE DK FI NO IE PT GR HU RO BG TR IL SA "
      "AE EG MA TN ZA KE "
      "NG ET BR AR CL PE CO MX CA AU NZ SG HK PH KH MM LA BD PK LK");
  procedures = words("0110 0214 0245 0255 0258 0615 0654 0715 1039 2600");
  modes = words("1 2 3 4 5 7 8");
  terms = words("CIF FOB EXW FCA DAP CFR CPT DDP CIP FAS DPU");
  preferences = words("100 200 300 400");
  hs = make_codes(random);
  for (const std::uint32_t number : sample(random, 100, 999, 120)) {
    documents.push_back("ACEHNPUY"[random.below(8)] + padded(number, 3));
  }
  for (std::uint32_t number = 0; number < 20'000; ++number) parties.push_back("T" + padded(number, 6));
  random.shuffle(parties);
  for (auto& list : lists) {
    list = sample(random, 0, static_cast<std::uint32_t>(parties.size() - 1), random.from_to(50, 500));
    std::sort(list.begin(), list.end());
  }
  hs_law = Zipf(hs.size(), 1.0);
  country_law = Zipf(countries.size(), 1.1);
  procedure_law = Zipf(procedures.size(), 1.5);
  mode_law = Zipf(modes.size(), 1.0);
  terms_law = Zipf(terms.size(), 0.7);
  preference_law = Zipf(preferences.size(), 1.6);
  document_law = Zipf(documents.size(), 0.8);
  party_law = Zipf(parties.size(), 0.8);
}

const std::vector<std::string>& World::population(Field field) const {
  switch (field) {
    case Field::hs:
      return hs;
    case Field::procedure:
      return procedures;
    case Field::mode:
      return modes;
    case Field::terms:
      return terms;
    case Field::preference:
      return preferences;
    case Field::documents:
      return documents;
    case Field::consignee:
    case Field::consignor:
      return parties;
    default:
      return countries;
  }
}

std::vector<Rule> make_rules(const World& world, Mix mix, std::size_t count, std::uint64_t seed) {
  RuleMaker maker(world, mix, seed);
  std::vector<Rule> rules;
  while (rules.size() < count) rules.push_back(maker.next());
  return rules;
}

std::vector<Goods> make_goods(const World& world, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<Goods> all(count);
  for (Goods& goods : all) {
    goods.hs = world.hs_law.draw(random);
    goods.origin = world.country_law.draw(random);
    goods.departure = world.country_law.draw(random);
    goods.procedure = world.procedure_law.draw(random);
    goods.mode = world.mode_law.draw(random);
    goods.terms = world.terms_law.draw(random);
    goods.preference = world.preference_law.draw(random);
    goods.amount = std::llround(amounts.draw(random) * 100);
    goods.net = std::llround(weights.draw(random) * 100);
    goods.gross = std::llround(static_cast<double>(goods.net) * random.between(1.0, 1.3));
    goods.quantity = random.from_to(1, 5000);
    for (std::uint32_t left = random.from_to(1, 6); left > 0; --left)
      goods.documents.push_back(world.document_law.draw(random));
    std::sort(goods.documents.begin(), goods.documents.end());
    goods.documents.erase(std::unique(goods.documents.begin(), goods.documents.end()), goods.documents.end());
    goods.consignee = world.party_law.draw(random);
    goods.consignor = world.party_law.draw(random);
  }
  return all;
}

std::string decimal_text(std::int64_t hundredths) {
  return std::to_string(hundredths / 100) + "." + padded(static_cast<std::uint64_t>(hundredths % 100), 2);
}

std::string padded(std::uint64_t number, std::size_t width) {
  const std::string digits = std::to_string(number);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

}  // namespace greenlane::bench
