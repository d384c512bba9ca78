// Chooses how each criterion is found, and lays the buckets out.
#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "criteria/criteria_index.h"

namespace greenlane::criteria {
namespace {

constexpr std::uint64_t digits_mask = (std::uint64_t{1} << 56) - 1;

/// A disjunction of tests, one of which holds whenever the condition does.
struct Access {
  std::vector<const Atom*> atoms;
  double share = 1;
  bool exact = false;  ///< whether the condition holds whenever one of the tests does
};

bool has_keys(const Condition& leaf) noexcept {
  if (leaf.negated) return false;
  switch (leaf.atom.test) {
    case Test::code_among:
    case Test::prefix_among:
    case Test::set_has:
    case Test::on_list:
      return true;
    default:
      return false;
  }
}

std::optional<Access> access_of(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::atom:
      if (!has_keys(condition)) return std::nullopt;
      return Access{{&condition.atom}, condition.atom.share, true};
    case Condition::Kind::any: {
      Access all{{}, 0, true};
      for (const Condition& child : condition.children) {
        auto part = access_of(child);
        if (!part) return std::nullopt;
        all.atoms.insert(all.atoms.end(), part->atoms.begin(), part->atoms.end());
        all.share += part->share;
        all.exact = all.exact && part->exact;
      }
      return all;
    }
    case Condition::Kind::all: {
      std::optional<Access> best;
      for (const Condition& child : condition.children) {
        auto part = access_of(child);
        if (part && (!best || part->share < best->share)) best = std::move(part);
      }
      if (best) best->exact = false;
      return best;
    }
    case Condition::Kind::choice:
      break;
  }
  return std::nullopt;
}

const Atom* bound_of(const Condition& condition) noexcept {
  const bool is_bound = condition.kind == Condition::Kind::atom && !condition.negated &&
                        (condition.atom.test == Test::number_at_least || condition.atom.test == Test::number_at_most);
  return is_bound ? &condition.atom : nullptr;
}

std::int32_t day_or(const std::optional<Date>& day, std::int32_t open) noexcept { return day ? day->days_since_1970() : open; }

}  // namespace

class IndexBuilder {
 public:
  IndexBuilder(CriteriaIndex& index, const FactLayout& layout) : index_(index) {
    for (const auto* facts : {&layout.of_document(), &layout.of_element()}) {
      for (const FactLayout::Fact& fact : *facts) kinds_[fact.word] = fact.source.kind;
    }
  }

  void add(const CriteriaIndex::Source& source) {
    const auto number = static_cast<std::uint32_t>(index_.rules_.size());
    std::vector<const Condition*> conjuncts;
    if (source.condition.kind == Condition::Kind::all) {
      for (const Condition& child : source.condition.children) conjuncts.push_back(&child);
    } else {
      conjuncts.push_back(&source.condition);
    }
    const auto [access, at] = choose(conjuncts);
    const Atom* bound = nullptr;
    std::vector<const Condition*> rest;
    for (std::size_t i = 0; i < conjuncts.size(); ++i) {
      if (access && i == at && access->exact) continue;
      // Without a key the rows of a table are one entry, which no bound of a row orders.
      const bool bounded = bound == nullptr && (access || source.columns == nullptr);
      if (bounded && (bound = bound_of(*conjuncts[i])) != nullptr) continue;
      rest.push_back(conjuncts[i]);
    }
    CriteriaIndex::Rule rule{};
    rule.from = day_or(source.effective.from, std::numeric_limits<std::int32_t>::min());
    rule.to = day_or(source.effective.to, std::numeric_limits<std::int32_t>::max());
    rule.program = index_.rest_.add(rest);
    rule.stamp = CriteriaIndex::no_stamp;
    const auto rows = static_cast<std::uint32_t>(source.columns == nullptr ? 1 : source.columns->rows());
    if (access && may_come_twice(*access)) {
      rule.stamp = static_cast<std::uint32_t>(index_.stamps_);
      index_.stamps_ += rows;
    }
    if (source.columns != nullptr) {
      rule.table = static_cast<std::uint32_t>(index_.tables_.size());
      index_.tables_.push_back(source.columns);
    }
    index_.rules_.push_back(rule);
    index_.cold_rules_.push_back({index_.whole_.add(conjuncts), static_cast<std::uint32_t>(source.criterion)});
    place(number, source.columns, rows, access ? &*access : nullptr, bound);
  }

  void finish() {
    choose_usual_days();
    for (Waiting& waiting : waiting_) finish_entry(waiting.entry);
    lay_out_buckets();
    lay_out_probes();
  }

 private:
  struct Waiting {
    std::uint64_t key;  ///< scan_key for those without
    const Atom* bound;
    CriteriaIndex::Entry entry;
  };
  static constexpr std::uint64_t scan_key = ~std::uint64_t{0};

  static std::pair<std::optional<Access>, std::size_t> choose(const std::vector<const Condition*>& conjuncts) {
    std::pair<std::optional<Access>, std::size_t> best{std::nullopt, 0};
    for (std::size_t i = 0; i < conjuncts.size(); ++i) {
      auto access = access_of(*conjuncts[i]);
      if (access && (!best.first || access->share < best.first->share)) best = {std::move(access), i};
    }
    return best;
  }

  /// Days on which nine of ten rules have begun and have not ended: the others look at their own.
  void choose_usual_days() {
    if (index_.rules_.empty()) return;
    std::vector<std::int32_t> from, to;
    for (const CriteriaIndex::Rule& rule : index_.rules_) {
      from.push_back(rule.from);
      to.push_back(rule.to);
    }
    std::sort(from.begin(), from.end());
    std::sort(to.begin(), to.end());
    index_.usual_from_ = from[(from.size() - 1) * 9 / 10];
    index_.usual_to_ = to[to.size() / 10];
  }

  void finish_entry(CriteriaIndex::Entry& entry) const {
    const CriteriaIndex::Rule& rule = index_.rules_[entry.rule];
    const bool dated = rule.from > index_.usual_from_ || rule.to < index_.usual_to_;
    if (rule.table == 0) entry.place = rule.program;
    if (rule.table != 0 || rule.stamp != CriteriaIndex::no_stamp || dated) entry.rule |= CriteriaIndex::Entry::special;
  }

  bool is_set(std::uint32_t fact) const {
    const FactKind kind = kinds_.at(fact);
    return kind == FactKind::codes || kind == FactKind::lists || kind == FactKind::prefix_lists;
  }

  /// Two values of one scalar fact never hold together; anything else may.
  bool may_come_twice(const Access& access) const {
    std::set<std::pair<std::uint32_t, std::uint64_t>> ways;
    for (const Atom* atom : access.atoms) {
      if (is_set(atom->fact)) return true;
      if (atom->test != Test::prefix_among || atom->column >= 0) ways.emplace(atom->fact, 0);
      if (atom->test == Test::prefix_among) {
        for (const std::uint64_t prefix : atom->values) ways.emplace(atom->fact, prefix >> 56);
      }
    }
    return ways.size() > 1;
  }

  void place(std::uint32_t number, const RowColumns* columns, std::uint32_t rows, const Access* access, const Atom* bound) {
    const bool by_row = columns != nullptr;
    if (access == nullptr) {
      waiting_.push_back({scan_key, bound, {bound_value(bound, columns, 0), number, by_row ? CriteriaIndex::all_rows : 0}});
      return;
    }
    for (std::uint32_t row = 0; row < rows; ++row) {
      keys_.clear();
      for (const Atom* atom : access->atoms) add_keys(*atom, columns, row);
      std::sort(keys_.begin(), keys_.end());
      keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
      const std::int64_t value = bound_value(bound, columns, row);
      for (const std::uint64_t key : keys_) waiting_.push_back({key, bound, {value, number, row}});
    }
    std::set<std::uint32_t> facts;
    for (const Atom* atom : access->atoms) facts.insert(atom->fact);
    for (const std::uint32_t fact : facts) missing_[fact].push_back({0, number, by_row ? CriteriaIndex::all_rows : 0});
  }

  void add_keys(const Atom& atom, const RowColumns* columns, std::uint32_t row) {
    const auto add = [&](std::uint64_t value) {
      if (atom.test != Test::prefix_among) {
        keys_.push_back(fact_key(atom.fact, value));
      } else if (value != 0) {
        const auto length = static_cast<std::uint32_t>(value >> 56);
        prefix_lengths_[atom.fact] |= 1u << length;
        keys_.push_back(fact_key(atom.fact + length, value & digits_mask));
      }
    };
    if (atom.column >= 0) return add(columns->cell(atom.column, row));
    for (const std::uint64_t value : atom.values) add(value);
  }

  static std::int64_t bound_value(const Atom* bound, const RowColumns* columns, std::uint32_t row) {
    if (bound == nullptr) return 0;
    if (bound->column < 0) return static_cast<std::int64_t>(bound->values[0]);
    const auto cell = static_cast<std::int64_t>(columns->cell(bound->column, row));
    const bool at_least = bound->test == Test::number_at_least;
    if (!Ordinal::is_number(cell)) return CriteriaIndex::no_bound(at_least);
    return bound->strictly ? (at_least ? cell + 1 : cell - 1) : cell;
  }

  void lay_out_buckets() {
    const auto run_of = [](const Waiting& w) {
      return w.bound == nullptr ? std::pair<std::uint32_t, bool>(0, false)
                                : std::pair(w.bound->fact + 1, w.bound->test == Test::number_at_least);
    };
    const auto easier = [&](const Waiting& a, const Waiting& b) {
      const auto first = std::tuple(a.key, run_of(a));
      const auto second = std::tuple(b.key, run_of(b));
      if (first != second) return first < second;
      if (a.bound != nullptr && a.entry.bound != b.entry.bound) {
        return a.bound->test == Test::number_at_least ? a.entry.bound < b.entry.bound : a.entry.bound > b.entry.bound;
      }
      return std::tuple(a.entry.number(), a.entry.place) < std::tuple(b.entry.number(), b.entry.place);
    };
    std::sort(waiting_.begin(), waiting_.end(), easier);
    std::size_t keys = 0;
    for (std::size_t i = 0; i < waiting_.size(); ++i) keys += i == 0 || waiting_[i].key != waiting_[i - 1].key;
    index_.table_.reserve(keys);
    index_.entries_.reserve(waiting_.size());
    for (std::size_t i = 0; i < waiting_.size();) {
      const std::uint64_t key = waiting_[i].key;
      CriteriaIndex::Bucket bucket;
      bucket.begin = here();
      for (; i < waiting_.size() && waiting_[i].key == key && waiting_[i].bound == nullptr; ++i) index_.entries_.push_back(waiting_[i].entry);
      bucket.end = here();
      bucket.first_run = static_cast<std::uint32_t>(index_.runs_.size());
      while (i < waiting_.size() && waiting_[i].key == key) {
        const auto same = run_of(waiting_[i]);
        CriteriaIndex::Run run{waiting_[i].bound->fact, same.second, here(), 0};
        for (; i < waiting_.size() && waiting_[i].key == key && run_of(waiting_[i]) == same; ++i) index_.entries_.push_back(waiting_[i].entry);
        run.end = here();
        index_.runs_.push_back(run);
      }
      bucket.last_run = static_cast<std::uint32_t>(index_.runs_.size());
      const auto number = add_bucket(bucket);
      if (key == scan_key) {
        index_.scan_ = number;
      } else {
        index_.table_.put(key, number);
      }
    }
    waiting_ = {};
  }

  void lay_out_probes() {
    for (const auto& [fact, entries] : missing_) {
      CriteriaIndex::Bucket bucket;
      bucket.begin = here();
      index_.entries_.insert(index_.entries_.end(), entries.begin(), entries.end());
      bucket.end = here();
      const std::uint32_t missing = add_bucket(bucket);
      const FactKind kind = kinds_.at(fact);
      if (kind != FactKind::prefixes) {
        index_.probes_.push_back({is_set(fact) ? CriteriaIndex::ProbeKind::set : CriteriaIndex::ProbeKind::scalar, fact, fact, missing});
        continue;
      }
      bool first = true;
      for (std::uint32_t length = 2; length <= FactLayout::longest_code; ++length) {
        if ((prefix_lengths_[fact] >> length & 1u) == 0) continue;
        index_.probes_.push_back({CriteriaIndex::ProbeKind::prefix, fact + length, fact, first ? missing : KeyTable::no_bucket});
        first = false;
      }
      if (first) index_.probes_.push_back({CriteriaIndex::ProbeKind::scalar, fact, fact, missing});
    }
  }

  std::uint32_t here() const noexcept { return static_cast<std::uint32_t>(index_.entries_.size()); }
  std::uint32_t add_bucket(const CriteriaIndex::Bucket& bucket) {
    index_.buckets_.push_back(bucket);
    return static_cast<std::uint32_t>(index_.buckets_.size() - 1);
  }

  CriteriaIndex& index_;
  std::map<std::uint32_t, FactKind> kinds_;
  std::vector<Waiting> waiting_;
  std::vector<std::uint64_t> keys_;
  std::map<std::uint32_t, std::vector<CriteriaIndex::Entry>> missing_;  ///< by fact
  std::map<std::uint32_t, std::uint32_t> prefix_lengths_;               ///< bits, by fact
};

CriteriaIndex::CriteriaIndex(std::vector<Source> sources, const FactLayout& layout) {
  IndexBuilder builder(*this, layout);
  for (const Source& source : sources) builder.add(source);
  builder.finish();
}

}  // namespace greenlane::criteria
