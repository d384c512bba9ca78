#include "criteria/criteria_index.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace greenlane::criteria {

void Matches::begin(std::size_t rules, std::size_t stamps) {
  hits_.clear();
  asks_.clear();
  whole_tables_.clear();
  const std::size_t words = rules / 64 + 1;
  if (rules_.size() < words) {
    rules_.resize(words);
    summary_.resize(words / 64 + 1);
  }
  if (stamps_.size() < stamps) stamps_.resize(stamps);
  if (++turn_ != 0) return;
  std::fill(stamps_.begin(), stamps_.end(), 0);
  turn_ = 1;
}

/// Takes the rules out of the bits, which leaves them sorted, each once, and the bits clear for the next element.
void Matches::finish() {
  const std::size_t of_rows = hits_.size();
  for (std::size_t s = 0; s < summary_.size(); ++s) {
    for (std::uint64_t words = std::exchange(summary_[s], 0); words != 0; words &= words - 1) {
      const std::size_t word = s * 64 + static_cast<std::size_t>(std::countr_zero(words));
      for (std::uint64_t bits = std::exchange(rules_[word], 0); bits != 0; bits &= bits - 1) {
        hits_.push_back({static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits))), 0});
      }
    }
  }
  if (of_rows != 0) std::sort(hits_.begin(), hits_.end());
  if (asks_.size() > 1) std::sort(asks_.begin(), asks_.end());
}

template <typename Visit>
void CriteriaIndex::visit_bucket(std::uint32_t bucket, const Facts& facts, const Visit& visit) const {
  const Bucket& b = buckets_[bucket];
  const Entry* const entries = entries_.data();
  for (std::uint32_t i = b.begin; i < b.end; ++i) visit(entries[i], true);
  for (std::uint32_t r = b.first_run; r < b.last_run; ++r) {
    const Run& run = runs_[r];
    const std::int64_t number = facts.number(run.fact);
    if (!Ordinal::is_number(number)) {
      for (std::uint32_t i = run.begin; i < run.end; ++i) visit(entries[i], false);
    } else if (run.at_least) {
      for (std::uint32_t i = run.begin; i < run.end && entries[i].bound <= number; ++i) visit(entries[i], entries[i].bound != no_bound(true));
    } else {
      for (std::uint32_t i = run.begin; i < run.end && entries[i].bound >= number; ++i) visit(entries[i], entries[i].bound != no_bound(false));
    }
  }
}

template <typename Visit>
void CriteriaIndex::visit_key(std::uint64_t key, const Facts& facts, const Visit& visit) const {
  const std::uint32_t bucket = table_.find(key);
  if (bucket != KeyTable::no_bucket) visit_bucket(bucket, facts, visit);
}

/// Calls visit(entry, held): `held` where the entry's key and bound are known to hold.
template <typename Visit>
void CriteriaIndex::visit_candidates(const Facts& facts, const Visit& visit) const {
  for (const Probe& probe : probes_) {
    bool missing = false;
    if (probe.kind == ProbeKind::set) {
      for (const std::uint32_t element : facts.set(probe.fact)) visit_key(fact_key(probe.fact, element), facts, visit);
      missing = facts.set_misses(probe.fact);
    } else {
      const std::uint64_t value = facts.word(probe.fact);
      missing = value == Dictionary::absent && facts.word(probe.presence) == Dictionary::absent;
      if (value != Dictionary::absent) visit_key(fact_key(probe.fact, value), facts, visit);
    }
    if (!missing || probe.missing == KeyTable::no_bucket) continue;
    const Bucket& waiting = buckets_[probe.missing];
    for (std::uint32_t i = waiting.begin; i < waiting.end; ++i) visit(entries_[i], false);
  }
  if (scan_ != KeyTable::no_bucket) visit_bucket(scan_, facts, visit);
}

void CriteriaIndex::match(const Facts& facts, Date as_of, OpaqueParts& opaque, Matches& out) const {
  out.begin(rules_.size(), stamps_);
  const std::int32_t day = as_of.days_since_1970();
  const bool usual_day = usual_from_ <= day && day <= usual_to_;
  std::uint64_t usual = 0;
  visit_candidates(facts, [&](const Entry& entry, bool held) {
    if (!usual_day || !held || (entry.rule & Entry::special) != 0) return match_special(entry, held, day, facts, opaque, out);
    ++usual;
    const Verdict verdict = rest_.run(entry.place, facts, {entry.rule, 0, nullptr}, opaque);
    if (verdict == Verdict::hit) {
      out.add_hit(entry.rule);
    } else if (verdict == Verdict::ask) {
      out.asks_.push_back({entry.rule, 0});
    }
  });
  out.candidates_ += usual;
  out.finish();
}

void CriteriaIndex::match_special(const Entry& entry, bool held, std::int32_t day, const Facts& facts, OpaqueParts& opaque,
                                  Matches& out) const {
  const std::uint32_t number = entry.number();
  const Rule& rule = rules_[number];
  if (day < rule.from || day > rule.to) return;
  if (rule.table == 0) return match_row(number, 0, held, facts, opaque, out);
  const RowColumns& table = *tables_[rule.table];
  if (entry.place != all_rows) {
    if (table.in_force(entry.place, day)) match_row(number, entry.place, held, facts, opaque, out);
    return;
  }
  const auto rows = static_cast<std::uint32_t>(table.rows());
  out.whole_tables_.emplace_back(number, rows);
  for (std::uint32_t row = 0; row < rows; ++row) {
    if (table.in_force(row, day)) match_row(number, row, held, facts, opaque, out);
  }
}

void CriteriaIndex::match_row(std::uint32_t number, std::uint32_t row, bool held, const Facts& facts, OpaqueParts& opaque,
                              Matches& out) const {
  const Rule& rule = rules_[number];
  ++out.candidates_;
  if (rule.stamp != no_stamp && !out.first_visit(rule.stamp + row)) return;
  const Position position{number, row, tables_[rule.table]};
  const Verdict verdict = held ? rest_.run(rule.program, facts, position, opaque)
                               : whole_.run(cold_rules_[number].whole_program, facts, position, opaque);
  if (verdict == Verdict::clear) return;
  if (verdict == Verdict::ask) {
    out.asks_.push_back({number, row});
  } else if (rule.table != 0) {
    out.hits_.push_back({number, row});
  } else {
    out.add_hit(number);
  }
}

std::size_t CriteriaIndex::bytes() const noexcept {
  return rules_.capacity() * sizeof(Rule) + cold_rules_.capacity() * sizeof(ColdRule) + probes_.capacity() * sizeof(Probe) + table_.bytes() + buckets_.capacity() * sizeof(Bucket) +
         runs_.capacity() * sizeof(Run) + entries_.capacity() * sizeof(Entry) + rest_.bytes() +
         whole_.bytes();
}

}  // namespace greenlane::criteria
