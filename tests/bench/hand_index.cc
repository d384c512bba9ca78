#include "hand_index.h"

#include <algorithm>
#include <bit>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

namespace greenlane::bench {
namespace {

constexpr std::uint64_t key(std::uint64_t family, std::uint64_t number) { return family << 32 | number; }
// Families of keys: 0 to 3 commodity codes by length, then codes from the field origin on, then the lists of
// a party.
constexpr std::uint64_t codes_family = 4, lists_family = 10;

std::uint8_t place_of(Field field) {
  return static_cast<std::uint8_t>(static_cast<int>(field) - static_cast<int>(Field::origin));
}

Line intern_one(const World& world, const std::vector<std::uint64_t>& masks, const Goods& goods) {
  Line line{};
  set_hs(line, static_cast<std::uint32_t>(std::stoul(world.hs[goods.hs])));
  const std::array<std::uint32_t, 6> codes = {goods.origin, goods.departure, goods.procedure,
                                              goods.mode,   goods.terms,     goods.preference};
  for (std::size_t i = 0; i < codes.size(); ++i) line.codes[i] = static_cast<std::uint8_t>(codes[i]);
  line.amount = goods.amount;
  line.net = goods.net;
  for (const std::uint32_t document : goods.documents)
    line.documents[document / 64] |= std::uint64_t{1} << document % 64;
  line.lists = {masks[goods.consignee], masks[goods.consignor]};
  return line;
}

}  // namespace

std::vector<std::uint64_t> list_masks(const World& world) {
  std::vector<std::uint64_t> masks(world.parties.size());
  for (std::size_t list = 0; list < list_count; ++list) {
    for (const std::uint32_t party : world.lists[list]) masks[party] |= std::uint64_t{1} << list;
  }
  return masks;
}

std::vector<Line> intern(const World& world, const std::vector<Goods>& all) {
  const auto masks = list_masks(world);
  std::vector<Line> lines;
  lines.reserve(all.size());
  for (const Goods& goods : all) lines.push_back(intern_one(world, masks, goods));
  return lines;
}

template <typename Visit>
void HandIndex::each_key(const Line& line, const Visit& visit) {
  for (std::uint64_t i = 0; i < 4; ++i) visit(key(i, line.hs.data()[i]));
  for (std::uint64_t i = 0; i < 6; ++i) visit(key(codes_family + i, line.codes.data()[i]));
  for (std::uint64_t i = 0; i < 2; ++i) {
    for (std::uint64_t left = line.lists.data()[i]; left != 0; left &= left - 1) {
      visit(key(lists_family + i, static_cast<std::uint64_t>(std::countr_zero(left))));
    }
  }
}

/// Keys of which the line has one wherever the atom holds; none where there are no such keys.
HandIndex::Keys HandIndex::keys_of(const Atom& atom) {
  Keys keys;
  if (atom.test == Test::under) keys.push_back(key(atom.prefix.size() / 2 - 1, std::stoul(atom.prefix)));
  if (atom.test == Test::in_list)
    keys.push_back(key(lists_family + (atom.field == Field::consignor ? 1 : 0), atom.codes[0]));
  if (atom.test == Test::one_of) {
    for (const std::uint32_t code : atom.codes)
      keys.push_back(key(codes_family + place_of(atom.field), code));
  }
  return keys;
}

HandIndex::Instruction HandIndex::instruction(const Atom& atom) {
  Instruction made{atom.test, 0, 0, 0, 0, 0, atom.hundredths};
  switch (atom.test) {
    case Test::under:
      made.place = static_cast<std::uint8_t>(atom.prefix.size() / 2 - 1);
      made.number = static_cast<std::uint32_t>(std::stoul(atom.prefix));
      break;
    case Test::above:
    case Test::at_most:
      made.place = atom.field == Field::net ? 1 : 0;
      break;
    case Test::lacks:
      made.place = static_cast<std::uint8_t>(atom.codes[0] / 64);
      made.mask = std::uint64_t{1} << atom.codes[0] % 64;
      break;
    case Test::in_list:
      made.place = atom.field == Field::consignor ? 1 : 0;
      made.mask = std::uint64_t{1} << atom.codes[0];
      break;
    case Test::one_of:
    case Test::differs:
      made.place = place_of(atom.field);
      for (const std::uint32_t code : atom.codes) made.mask |= std::uint64_t{1} << code;
      break;
  }
  return made;
}

inline bool HandIndex::holds(const Instruction& i, const Line& line) {
  switch (i.test) {
    case Test::under:
      return line.hs.data()[i.place] == i.number;
    case Test::one_of:
      return (i.mask >> line.codes.data()[i.place] & 1) != 0;
    case Test::differs:
      return (i.mask >> line.codes.data()[i.place] & 1) == 0;
    case Test::above:
      return (i.place == 0 ? line.amount : line.net) > i.bound;
    case Test::at_most:
      return (i.place == 0 ? line.amount : line.net) <= i.bound;
    case Test::lacks:
      return (line.documents.data()[i.place] & i.mask) == 0;
    case Test::in_list:
      return (line.lists.data()[i.place] & i.mask) != 0;
  }
  return false;
}

/// The program of all clauses but two.
std::uint32_t HandIndex::add_program(const Rule& rule, std::size_t access, std::size_t bound) {
  const std::size_t start = code_.size();
  std::size_t last_clause = start;
  for (std::size_t c = 0; c < rule.clauses.size(); ++c) {
    if (c == access || c == bound) continue;
    const auto& clause = rule.clauses[c];
    last_clause = code_.size();
    const auto next_clause = static_cast<std::int16_t>(code_.size() - start + clause.size());
    for (std::size_t a = 0; a < clause.size(); ++a) {
      Instruction made = instruction(clause[a]);
      made.when_true = next_clause;
      made.when_false = a + 1 < clause.size() ? static_cast<std::int16_t>(code_.size() - start + 1) : miss;
      code_.push_back(made);
    }
  }
  if (code_.size() == start) return always;
  for (std::size_t i = last_clause; i < code_.size(); ++i) code_[i].when_true = hit;
  return static_cast<std::uint32_t>(start);
}

HandIndex::HandIndex(std::span<const Rule> rules, std::span<const Line> sample) : rules_(rules.size()) {
  std::unordered_map<std::uint64_t, double> frequency;
  for (const Line& line : sample)
    each_key(line, [&](std::uint64_t k) { frequency[k] += 1.0 / static_cast<double>(sample.size()); });
  const auto cost_of = [&](std::uint64_t k) { return frequency.contains(k) ? frequency[k] : 1e-6; };

  std::map<std::uint64_t, std::array<std::vector<Entry>, 3>> buckets;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    const auto& clauses = rules[r].clauses;
    std::size_t access = clauses.size(), bound = clauses.size();
    Keys keys;
    double least = 1e9;
    for (std::size_t c = 0; c < clauses.size(); ++c) {
      Keys all;
      double cost = 0;
      for (const Atom& atom : clauses[c]) {
        const Keys of_atom = keys_of(atom);
        if (of_atom.empty()) cost = 1e9;
        for (const std::uint64_t k : of_atom) cost += cost_of(k);
        all.insert(all.end(), of_atom.begin(), of_atom.end());
      }
      if (cost < least) least = cost, access = c, keys = std::move(all);
      if (bound == clauses.size() && clauses[c][0].test == Test::above) bound = c;
    }
    if (access == clauses.size()) throw std::runtime_error("a rule of the workload has no test of equality");
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    const bool bounded = bound != clauses.size();
    const std::size_t run = !bounded ? 0 : clauses[bound][0].field == Field::amount ? 1 : 2;
    const Entry entry{bounded ? clauses[bound][0].hundredths : 0, static_cast<std::uint32_t>(r),
                      add_program(rules[r], access, bound)};
    for (const std::uint64_t k : keys) buckets[k][run].push_back(entry);
  }

  const std::size_t size = std::bit_ceil(buckets.size() * 3 + 16);
  table_.assign(size, {});
  shift_ = 64 - std::countr_zero(size);
  for (auto& [k, runs] : buckets) {
    std::array<std::uint32_t, 4> ends{static_cast<std::uint32_t>(entries_.size())};
    for (std::size_t run = 0; run < 3; ++run) {
      if (run != 0)
        std::sort(runs[run].begin(), runs[run].end(),
                  [](const Entry& a, const Entry& b) { return a.bound < b.bound; });
      entries_.insert(entries_.end(), runs[run].begin(), runs[run].end());
      ends[run + 1] = static_cast<std::uint32_t>(entries_.size());
    }
    std::size_t at = k * 0x9E3779B97F4A7C15u >> shift_;
    while (table_[at].key != ~std::uint64_t{0}) at = (at + 1) & (size - 1);
    table_[at] = {k, static_cast<std::uint32_t>(buckets_.size())};
    buckets_.push_back({ends[0], ends[1], ends[2], ends[3]});
  }
}

inline const HandIndex::Bucket* HandIndex::find(std::uint64_t k) const {
  const Slot* const table = table_.data();
  for (std::size_t at = k * 0x9E3779B97F4A7C15u >> shift_;; at = (at + 1) & (table_.size() - 1)) {
    if (table[at].key == k) return buckets_.data() + table[at].bucket;
    if (table[at].key == ~std::uint64_t{0}) return nullptr;
  }
}

inline bool HandIndex::run(std::uint32_t program, const Line& line) const {
  if (program == always) return true;
  const Instruction* const code = code_.data() + program;
  std::int16_t at = 0;
  while (at >= 0) at = holds(code[at], line) ? code[at].when_true : code[at].when_false;
  return at == hit;
}

void HandIndex::prepare(HandMatches& out) const {
  out.bits_.assign((rules_ + 4095) / 4096 * 64, 0);
  out.summary_.assign(out.bits_.size() / 64, 0);
  out.hits_.resize(rules_);
}

void HandIndex::match(const Line& line, HandMatches& out) const {
  const Entry* const entries = entries_.data();
  std::uint64_t* const bits = out.bits_.data();
  std::uint64_t* const summary = out.summary_.data();
  std::uint64_t candidates = 0;
  const auto look_at = [&](const Entry& entry) {
    ++candidates;
    if (!run(entry.program, line)) return;
    bits[entry.rule / 64] |= std::uint64_t{1} << entry.rule % 64;
    summary[entry.rule / 4096] |= std::uint64_t{1} << entry.rule / 64 % 64;
  };
  each_key(line, [&](std::uint64_t k) {
    const Bucket* const bucket = find(k);
    if (bucket == nullptr) return;
    for (std::uint32_t i = bucket->begin; i < bucket->amount_begin; ++i) look_at(entries[i]);
    for (std::uint32_t i = bucket->amount_begin; i < bucket->net_begin && entries[i].bound < line.amount; ++i)
      look_at(entries[i]);
    for (std::uint32_t i = bucket->net_begin; i < bucket->end && entries[i].bound < line.net; ++i)
      look_at(entries[i]);
  });
  out.candidates += candidates;
  std::uint32_t* hit_end = out.hits_.data();
  for (std::size_t s = 0; s < out.summary_.size(); ++s) {
    for (std::uint64_t words = std::exchange(summary[s], 0); words != 0; words &= words - 1) {
      const std::size_t word = s * 64 + static_cast<std::size_t>(std::countr_zero(words));
      for (std::uint64_t left = std::exchange(bits[word], 0); left != 0; left &= left - 1) {
        *hit_end++ =
            static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(left));
      }
    }
  }
  out.count_ = static_cast<std::size_t>(hit_end - out.hits_.data());
}

std::size_t HandIndex::bytes() const {
  return code_.size() * sizeof(Instruction) + entries_.size() * sizeof(Entry) +
         buckets_.size() * sizeof(Bucket) + table_.size() * sizeof(Slot);
}

}  // namespace greenlane::bench
