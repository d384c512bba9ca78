// Criteria and rows of tables found by what an element declares: each waits in the bucket of its rarest
// necessary test, so that cost grows with what matches and not with the pack (Hanson 1990, "access predicates").
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "criteria/condition.h"
#include "criteria/facts.h"
#include "criteria/key_table.h"
#include "criteria/program.h"
#include "criteria/row_columns.h"
#include "greenlane/criterion.h"

namespace greenlane::criteria {

/// A criterion (by its place in the index) and a row of its table.
struct Match {
  std::uint32_t rule = 0;
  std::uint32_t row = 0;
  friend auto operator<=>(const Match&, const Match&) = default;
};

/// What one element came to. Reused from element to element; one thread.
class Matches {
 public:
  const std::vector<Match>& hits() const noexcept { return hits_; }  ///< sorted, unique
  const std::vector<Match>& asks() const noexcept { return asks_; }  ///< sorted, unique: the evaluator decides
  std::uint64_t candidates() const noexcept { return candidates_; }  ///< looked at since the object was made
  /// Rules all of whose rows were looked at, and how many these are.
  const std::vector<std::pair<std::uint32_t, std::uint32_t>>& whole_tables() const noexcept { return whole_tables_; }

 private:
  friend class CriteriaIndex;
  void begin(std::size_t rules, std::size_t stamps);
  void finish();
  void add_hit(std::uint32_t rule) noexcept {
    rules_.data()[rule >> 6] |= std::uint64_t{1} << (rule & 63);
    summary_.data()[rule >> 12] |= std::uint64_t{1} << ((rule >> 6) & 63);
  }
  bool first_visit(std::uint32_t stamp) {
    if (stamps_[stamp] == turn_) return false;
    stamps_[stamp] = turn_;
    return true;
  }

  std::vector<Match> hits_, asks_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> whole_tables_;
  std::vector<std::uint64_t> rules_, summary_;  ///< bit by rule that hit, and by word of these that is not zero
  std::vector<std::uint32_t> stamps_;
  std::uint32_t turn_ = 0;
  std::uint64_t candidates_ = 0;
};

/// The criteria over one each-path. Immutable; any thread.
class CriteriaIndex {
 public:
  /// A criterion as it is added, in the order of the pack.
  struct Source {
    std::size_t criterion = 0;  ///< index in the pack
    Period effective;
    const RowColumns* columns = nullptr;  ///< null: it has no table
    Condition condition;
  };

  CriteriaIndex(std::vector<Source> sources, const FactLayout& layout);

  /// Evaluates all that may not be clear for the element with these facts on that day.
  void match(const Facts& facts, Date as_of, OpaqueParts& opaque, Matches& out) const;

  std::size_t criterion_of(std::uint32_t rule) const noexcept { return cold_rules_[rule].criterion; }
  std::size_t rules() const noexcept { return rules_.size(); }
  std::size_t bytes() const noexcept;

 private:
  friend struct IndexFault;  ///< tests plant faults
  friend class IndexBuilder;

  static constexpr std::uint32_t all_rows = ~std::uint32_t{0};
  static constexpr std::uint32_t no_stamp = ~std::uint32_t{0};

  struct Rule {
    std::int32_t from, to;     ///< days, inclusive
    std::uint32_t program;     ///< in `rest_`: what is left when its key and bound hold
    std::uint32_t stamp;       ///< of its first row, where it may be reached in more ways than one
    std::uint32_t table;       ///< in `tables_`; 0 = none
  };
  /// What is looked at only where something is missing, or at the end.
  struct ColdRule {
    std::uint32_t whole_program;  ///< in `whole_`: of the whole condition
    std::uint32_t criterion;
  };
  /// A criterion, or a row of its table, that waits for a key.
  struct Entry {
    static constexpr std::uint32_t special = std::uint32_t{1} << 31;

    std::int64_t bound;      ///< of the run that the entry is in
    std::uint32_t rule;      ///< with `special` where its Rule has more to say than its program
    std::uint32_t place;     ///< the row, or where there is no table the program

    std::uint32_t number() const noexcept { return rule & ~special; }
  };
  /// Entries of a bucket that also need a number to be at least or at most their bound, the easiest first.
  struct Run {
    std::uint32_t fact;
    bool at_least;
    std::uint32_t begin, end;
  };
  struct Bucket {
    std::uint32_t begin = 0, end = 0;          ///< of entries without a bound
    std::uint32_t first_run = 0, last_run = 0;
  };
  /// The bound of a row that has none in its cell. Comparing with it is an error, which the whole condition has to show.
  static constexpr std::int64_t no_bound(bool at_least) noexcept {
    return at_least ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
  }
  enum class ProbeKind : std::uint8_t { scalar, prefix, set };
  /// A fact that some criterion waits for.
  struct Probe {
    ProbeKind kind;
    std::uint32_t fact;
    std::uint32_t presence;   ///< the word that tells whether it is missing
    std::uint32_t missing;    ///< bucket of those that wait for it, visited where it is missing; or no_bucket
  };

  void match_special(const Entry& entry, bool held, std::int32_t day, const Facts& facts, OpaqueParts& opaque, Matches& out) const;
  void match_row(std::uint32_t number, std::uint32_t row, bool held, const Facts& facts, OpaqueParts& opaque, Matches& out) const;
  template <typename Visit>
  void visit_bucket(std::uint32_t bucket, const Facts& facts, const Visit& visit) const;
  template <typename Visit>
  void visit_key(std::uint64_t key, const Facts& facts, const Visit& visit) const;
  template <typename Visit>
  void visit_candidates(const Facts& facts, const Visit& visit) const;

  std::vector<Rule> rules_;
  std::vector<ColdRule> cold_rules_;
  std::vector<const RowColumns*> tables_{nullptr};
  std::vector<Probe> probes_;
  KeyTable table_;
  std::vector<Bucket> buckets_;
  std::vector<Run> runs_;
  std::vector<Entry> entries_;
  Programs rest_, whole_;
  // Days on which every rule without `special` is in force.
  std::int32_t usual_from_ = 0, usual_to_ = -1;
  std::uint32_t scan_ = KeyTable::no_bucket;  ///< bucket of those without a key
  std::size_t stamps_ = 0;
};

}  // namespace greenlane::criteria
