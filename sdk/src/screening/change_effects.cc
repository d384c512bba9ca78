#include "screening/change_effects.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <set>
#include <utility>

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using criteria::Table;

/// Supplies may make a condition read further fields; so many times they are looked for.
constexpr int max_rounds = 8;
/// What an element costs beside its evaluation, in units, if only to be found.
constexpr std::uint64_t element_cost = 10;
constexpr SearchLimits lower_limits{.cost = 200'000};

struct Outcome {
  bool hit = false;
  bool error = false;
  std::set<std::string> missing;  ///< where nothing hits
};

/// One criterion over changed forms of one document.
class Check {
 public:
  Check(const CompiledCriterion& criterion, const std::string& at) : criterion_(criterion), at_(at) {}

  const CompiledCriterion& criterion() const noexcept { return criterion_; }

  /// Looks at elements until one hits, first at those that did before.
  Outcome run(DocumentView& view, std::uint64_t& cost) {
    Outcome out;
    Elements& elements = view.elements(criterion_.each);
    cost += element_cost * (1 + elements.all.size());
    const std::vector<std::size_t> first = hit_before_;
    for (const std::size_t i : first) {
      if (i < elements.all.size() && visit(elements.all[i], view.as_of(), out, cost)) return out;
    }
    for (std::size_t i = 0; i < elements.all.size(); ++i) {
      if (std::find(first.begin(), first.end(), i) != first.end()) continue;
      if (!at_.empty() && document::pointer(elements.all[i].innermost()) != at_) continue;
      if (!visit(elements.all[i], view.as_of(), out, cost)) continue;
      hit_before_.push_back(i);
      return out;
    }
    for (MissingArray& missing : elements.missing) {
      if (!at_.empty()) break;
      Outcome any;
      visit(missing.element, view.as_of(), any, cost);
      if (any.hit || any.error || !any.missing.empty()) out.missing.insert(missing.pointer);
    }
    return out;
  }

  /// Every evaluation on the document as it is that comes to `wanted`.
  std::vector<Hit> all(DocumentView& view, criteria::Outcome wanted) {
    std::vector<Hit> all;
    for (Element& element : view.elements(criterion_.each).all) {
      if (!at_.empty() && document::pointer(element.innermost()) != at_) continue;
      over_rows(element, view.as_of(), [&](std::size_t row) {
        const criteria::EvaluationHost host{view.as_of(), nullptr};
        const cel::Value value = criterion_.when.evaluate({element.variables, &host}, Budget{}.criterion).value;
        if (wanted == criteria::Outcome::hit ? value.is_true() : value.is<cel::Undetermined>()) all.push_back({&element, row, {}});
        return false;
      });
    }
    return all;
  }

 private:
  template <typename Each>
  bool over_rows(Element& element, Date as_of, Each each) {
    if (criterion_.rows == nullptr) return each(Table::no_row);
    for (const std::size_t row : rows_to_evaluate(criterion_, element, as_of)) {
      element.variables.back() = criterion_.rows->row_value(row);
      if (each(row)) return true;
    }
    return false;
  }

  /// Whether it hits here.
  bool visit(Element& element, Date as_of, Outcome& out, std::uint64_t& cost) {
    out.hit = over_rows(element, as_of, [&](std::size_t) {
      const criteria::EvaluationHost host{as_of, nullptr};
      const cel::Evaluation made = criterion_.when.evaluate({element.variables, &host, true}, Budget{}.criterion);
      cost += made.cost;
      if (const auto* unknown = made.value.get_if<cel::Undetermined>()) {
        out.missing.insert(unknown->missing->begin(), unknown->missing->end());
      } else if (!made.value.is<bool>()) {
        out.error = true;
      }
      return made.value.is_true();
    });
    return out.hit;
  }

  const CompiledCriterion& criterion_;
  const std::string& at_;
  std::vector<std::size_t> hit_before_;
};

void apply(const PermittedChanges& all, std::span<const std::size_t> positions, ChangedDocument& document) {
  for (const std::size_t position : positions) {
    const PermittedChange& change = all[position];
    if (change.change.kind == "add") {
      document.add_document(change.steps, change.change.code);
    } else {
      document.open(change.steps);
    }
  }
}

std::vector<std::string> listed(const std::set<std::string>& pointers) { return {pointers.begin(), pointers.end()}; }

/// Whether the value of `pointer` is supplied by one of the changes.
bool is_supplied(const std::string& pointer, const PermittedChanges& all, std::span<const std::size_t> positions) {
  return std::any_of(positions.begin(), positions.end(), [&](std::size_t position) {
    const std::string& supplied = all[position].change.pointer;
    return pointer == supplied || (pointer.starts_with(supplied) && pointer[supplied.size()] == '/');
  });
}

/// Everything that may be supplied: what a remedy names, and what is missing for the decision, also what is read only
/// once something else is there.
PermittedChanges all_supplies(const Case& subject, Check& check) {
  DocumentView before(subject.pack, subject.root, subject.as_of);
  PermittedChanges named =
      changes_against(subject.pack, check.criterion(), subject.as_of, check.all(before, criteria::Outcome::undetermined));
  std::erase_if(named, [](const PermittedChange& change) { return change.change.kind != "supply"; });
  PermittedChanges supplies;
  std::set<std::string> missing;
  const auto look = [&](std::initializer_list<const PermittedChanges*> changes) {
    ChangedDocument changed(subject.root);
    for (const PermittedChanges* each : changes) {
      for (const PermittedChange& supply : *each) changed.open(supply.steps);
    }
    DocumentView view(subject.pack, changed.root(), subject.as_of);
    std::uint64_t cost = 0;
    missing.merge(check.run(view, cost).missing);
  };
  for (int round = 0; round < max_rounds; ++round) {
    const std::size_t known = missing.size();
    look({&supplies});
    look({&supplies, &named});
    if (missing.size() == known) break;
    supplies = supplies_of(subject.root, listed(missing));
  }
  supplies.insert(supplies.end(), named.begin(), named.end());
  put_in_order(supplies);
  return supplies;
}

/// The criteria whose hits make the level, and those that might come to hit instead.
class LevelCheck {
 public:
  LevelCheck(const Case& subject, Level level) : subject_(subject) {
    DocumentView view(subject.pack, subject.root, subject.as_of);
    for (const CompiledCriterion& criterion : subject.pack.criteria()) {
      const CriterionInfo& info = criterion.source.info;
      if (info.level < level || !info.effective.contains(subject.as_of)) continue;
      Check check(criterion, everywhere_);
      std::uint64_t cost = 0;
      Outcome before = check.run(view, cost);
      if (before.hit) {
        PermittedChanges more = changes_against(subject.pack, criterion, subject.as_of, check.all(view, criteria::Outcome::hit));
        candidates_.insert(candidates_.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
        hitting_.push_back(std::move(check));
      } else {
        others_.emplace_back(std::move(check), std::move(before.missing));
      }
    }
    put_in_order(candidates_);
  }

  const PermittedChanges& candidates() const noexcept { return candidates_; }

  Trial run(std::span<const std::size_t> positions, std::uint64_t& cost) {
    ChangedDocument changed(subject_.root);
    apply(candidates_, positions, changed);
    DocumentView view(subject_.pack, changed.root(), subject_.as_of);
    std::set<std::string> depends_on;
    for (Check& check : hitting_) {
      Outcome now = check.run(view, cost);
      if (now.hit || now.error) return {};
      depends_on.merge(now.missing);
    }
    for (auto& [check, missing] : others_) {
      const Outcome now = check.run(view, cost);
      if (now.hit) return {};
      // What was not declared before is not for these changes to answer.
      std::set_difference(now.missing.begin(), now.missing.end(), missing.begin(), missing.end(),
                          std::inserter(depends_on, depends_on.end()));
    }
    return {true, listed(depends_on)};
  }

 private:
  const Case& subject_;
  const std::string everywhere_;
  PermittedChanges candidates_;
  std::vector<Check> hitting_;
  std::vector<std::pair<Check, std::set<std::string>>> others_;
};

}  // namespace

FoundSets changes_that_clear(const Case& subject, const CompiledCriterion& criterion, const std::string& at) {
  Check check(criterion, at);
  DocumentView before(subject.pack, subject.root, subject.as_of);
  const PermittedChanges candidates = changes_against(subject.pack, criterion, subject.as_of, check.all(before, criteria::Outcome::hit));
  return smallest_sets(candidates, {}, [&](std::span<const std::size_t> positions, std::uint64_t& cost) -> Trial {
    ChangedDocument changed(subject.root);
    apply(candidates, positions, changed);
    DocumentView view(subject.pack, changed.root(), subject.as_of);
    const Outcome now = check.run(view, cost);
    if (now.hit || now.error) return {};
    return {true, listed(now.missing)};
  });
}

FoundSets supplies_that_decide(const Case& subject, const CompiledCriterion& criterion, const std::string& at) {
  Check check(criterion, at);
  const PermittedChanges candidates = all_supplies(subject, check);
  return smallest_sets(candidates, {}, [&](std::span<const std::size_t> positions, std::uint64_t& cost) -> Trial {
    ChangedDocument changed(subject.root);
    apply(candidates, positions, changed);
    DocumentView view(subject.pack, changed.root(), subject.as_of);
    const Outcome now = check.run(view, cost);
    if (now.error) return {};
    const bool decided = std::all_of(now.missing.begin(), now.missing.end(),
                                     [&](const std::string& pointer) { return is_supplied(pointer, candidates, positions); });
    if (!decided && !now.hit) return {};
    return {true, now.hit ? std::vector<std::string>() : listed(now.missing)};
  });
}

FoundSets changes_that_lower(const Case& subject, Level level) {
  if (level == Level::none) return {};
  LevelCheck check(subject, level);
  return smallest_sets(check.candidates(), lower_limits,
                       [&](std::span<const std::size_t> positions, std::uint64_t& cost) { return check.run(positions, cost); });
}

}  // namespace greenlane::screening
