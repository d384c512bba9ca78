// Faults planted into the index of a compiled pack, to prove that they are found.
#pragma once

#include "criteria/compiled_pack.h"

namespace greenlane::criteria {

/// Each changes all indexes of a pack that belongs to the test alone.
struct IndexFault {
  /// Criteria whose access field is missing are not looked at.
  static void forget_missing(const CompiledPack& pack) {
    each(pack, [](CriteriaIndex& index) {
      for (auto& probe : index.probes_) probe.missing = KeyTable::no_bucket;
    });
  }
  /// The last criterion of each bucket is lost.
  static void lose_last(const CompiledPack& pack) {
    each(pack, [](CriteriaIndex& index) {
      for (auto& bucket : index.buckets_) bucket.end -= bucket.end > bucket.begin;
    });
  }
  /// A number has to be past its bound, where equal is enough.
  static void tighten_bounds(const CompiledPack& pack) {
    each(pack, [](CriteriaIndex& index) {
      for (const auto& run : index.runs_) {
        for (std::uint32_t i = run.begin; i < run.end; ++i) index.entries_[i].bound += run.at_least ? 1 : -1;
      }
    });
  }
  /// What the key and the bound have decided is taken for the whole condition.
  static void skip_the_rest(const CompiledPack& pack) {
    each(pack, [](CriteriaIndex& index) {
      for (auto& rule : index.rules_) rule.program = Programs::always;
      for (auto& entry : index.entries_) {
        if (index.rules_[entry.number()].table == 0) entry.place = Programs::always;
      }
    });
  }
  /// Criteria are in force for ever.
  static void ignore_periods(const CompiledPack& pack) {
    each(pack, [](CriteriaIndex& index) {
      for (auto& rule : index.rules_) rule.from = std::numeric_limits<std::int32_t>::min();
      index.usual_from_ = std::numeric_limits<std::int32_t>::min();
    });
  }

 private:
  template <typename Plant>
  static void each(const CompiledPack& pack, const Plant& plant) {
    for (const auto& element : pack.indexes()) {
      if (element->index) plant(*element->index);
    }
  }
};

}  // namespace greenlane::criteria
