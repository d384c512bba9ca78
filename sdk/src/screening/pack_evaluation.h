// All criteria of a pack over one document, by the pack's indexes.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "criteria/compiled_pack.h"
#include "greenlane/assessment.h"
#include "greenlane/result.h"
#include "screening/criterion_evaluation.h"
#include "screening/document_view.h"

namespace greenlane::screening {

/// A criterion that hit.
struct PackHit {
  const criteria::CompiledCriterion* criterion = nullptr;
  Hit hit;
};

/// A criterion that could not be decided, somewhere.
struct PackUndetermined {
  const criteria::CompiledCriterion* criterion = nullptr;
  std::vector<std::string> missing;  ///< sorted, unique
  std::string error;                 ///< the first evaluation error; "" for none
};

/// Evaluates packs over documents. Keeps its memory from document to document; one thread.
class PackEvaluation {
 public:
  /// Evaluates the criteria in force on the view's date. What they come to is there until the next run. The error is
  /// limit_exceeded and names a criterion.
  Result<void> run(const criteria::CompiledPack& pack, DocumentView& view, const Budget& budget);

  const std::vector<PackHit>& hits() const noexcept { return hits_; }                         ///< by criterion, element, row
  const std::vector<PackUndetermined>& undetermined() const noexcept { return undetermined_; }  ///< by criterion
  Level level() const noexcept;  ///< the highest of the hits
  std::array<Coverage, domains.size()> coverage() const noexcept;
  std::uint64_t candidates() const noexcept { return matches_.candidates(); }  ///< looked at since the object was made

 private:
  /// A criterion that could not be decided at one element and row.
  struct Undecided {
    std::uint32_t criterion, element, row;
    cel::Value value;  ///< undetermined, an error, or no condition's value
  };
  class Parts;

  bool search(const criteria::ElementIndex& index, const Element& element, Parts& parts);
  bool match(const criteria::ElementIndex& index, const Element& element, std::uint32_t number, Parts& parts);
  bool match_missing(const criteria::ElementIndex& index, const MissingArray& missing, std::uint32_t number, Parts& parts);
  bool decide(const criteria::ElementIndex& index, const criteria::Match& match, const Element& element, std::uint32_t number);
  bool note_hit(const criteria::ElementIndex& index, const criteria::Match& match, const Element& element);
  bool add_hit(std::uint32_t criterion, std::uint32_t row, const Element& element, std::vector<const std::string*> lists);
  std::uint64_t left(std::uint32_t criterion) const noexcept;
  cel::Value evaluate(std::uint32_t criterion, std::uint32_t row, const Element& element, std::vector<const std::string*>* lists);
  bool spend(std::uint32_t criterion, std::uint64_t cost);
  void collect();
  Error over_budget() const;

  const criteria::CompiledPack* pack_ = nullptr;
  DocumentView* view_ = nullptr;
  const Budget* budget_ = nullptr;
  criteria::Facts facts_;
  criteria::Matches matches_;
  std::vector<Undecided> undecided_;
  std::vector<std::uint64_t> cost_;          ///< by criterion, of the evaluator
  std::vector<std::uint32_t> costly_;        ///< criteria with a cost
  std::uint64_t spent_ = 0;
  std::uint32_t spender_ = 0;                ///< the criterion that went over its budget
  bool over_ = false;
  bool too_many_ = false;                    ///< hits, rather than cost
  std::vector<PackHit> hits_;
  std::vector<PackUndetermined> undetermined_;
};

}  // namespace greenlane::screening
