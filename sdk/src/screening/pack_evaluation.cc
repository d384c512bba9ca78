#include "screening/pack_evaluation.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace greenlane::screening {

using criteria::CompiledCriterion;
using criteria::ElementIndex;
using criteria::Match;
using criteria::Table;

/// Evaluates the parts of conditions that no test of facts stands for, at one element.
class PackEvaluation::Parts final : public criteria::OpaqueParts {
 public:
  explicit Parts(PackEvaluation& owner) : owner_(owner) {}

  void begin(const ElementIndex& index, const Element& element) {
    index_ = &index;
    element_ = &element;
  }
  bool over_budget() const noexcept { return over_; }

  Answer evaluate(const cel::Expr& part, const criteria::Position& at) override {
    const auto criterion = static_cast<std::uint32_t>(index_->index->criterion_of(at.rule));
    const criteria::EvaluationHost host{owner_.view_->as_of(), nullptr};
    const RowVariables variables(owner_.pack_->criteria()[criterion], *element_, at.row);
    const auto made = cel::evaluate(part, {variables.get(), &host}, owner_.left(criterion));
    over_ = !owner_.spend(criterion, made.cost) || made.over_budget || over_;
    if (!made.value.is<bool>()) return Answer::unknown;
    return made.value.as<bool>() ? Answer::yes : Answer::no;
  }

 private:
  PackEvaluation& owner_;
  const ElementIndex* index_ = nullptr;
  const Element* element_ = nullptr;
  bool over_ = false;
};

Result<void> PackEvaluation::run(const criteria::CompiledPack& pack, DocumentView& view, const Budget& budget) {
  pack_ = &pack;
  view_ = &view;
  budget_ = &budget;
  outcomes_.clear();
  for (const std::uint32_t criterion : costly_) cost_[criterion] = 0;
  costly_.clear();
  cost_.resize(pack.criteria().size());
  spent_ = hit_count_ = 0;
  Parts parts(*this);
  for (std::size_t each = 0; each < pack.indexes().size(); ++each) {
    const ElementIndex& index = *pack.indexes()[each];
    if (!index.index) continue;
    index.reader->read_document(view.root(), view.as_of(), facts_);
    const Elements& elements = view.elements(each);
    std::uint32_t number = 0;
    for (const Element& element : elements.all) {
      if (!match(index, element, number++, parts)) return over_budget();
    }
    for (const MissingArray& missing : elements.missing) {
      if (!match_missing(index, missing, number++, parts)) return over_budget();
    }
  }
  collect();
  return {};
}

bool PackEvaluation::match(const ElementIndex& index, const Element& element, std::uint32_t number, Parts& parts) {
  index.reader->read_element(element.nodes, facts_);
  parts.begin(index, element);
  const std::uint64_t before = matches_.candidates();
  index.index->match(facts_, view_->as_of(), parts, matches_);
  spent_ += matches_.candidates() - before;
  if (parts.over_budget()) return false;
  for (const auto& [rule, rows] : matches_.whole_tables()) {
    if (!spend(static_cast<std::uint32_t>(index.index->criterion_of(rule)), rows)) return false;
  }
  if (spent_ >= budget_->declaration) return false;
  for (const Match& hit : matches_.hits()) {
    if (!note_hit(index, hit, element, number)) return false;
  }
  for (const Match& ask : matches_.asks()) {
    if (!decide(index, ask, element, number)) return false;
  }
  return true;
}

/// Nobody knows whether there are elements; only a condition that is false for any of them is decided.
bool PackEvaluation::match_missing(const ElementIndex& index, const MissingArray& missing, std::uint32_t number, Parts& parts) {
  index.reader->read_element(missing.element.nodes, facts_);
  parts.begin(index, missing.element);
  index.index->match(facts_, view_->as_of(), parts, matches_);
  if (parts.over_budget()) return false;
  const auto note = [&](const Match& match) {
    const auto criterion = static_cast<std::uint32_t>(index.index->criterion_of(match.rule));
    outcomes_.push_back({criterion, number, match.row, &missing.element, false, cel::Value::undetermined(missing.pointer), {}});
  };
  for (const Match& hit : matches_.hits()) note(hit);
  for (const Match& ask : matches_.asks()) {
    const auto criterion = static_cast<std::uint32_t>(index.index->criterion_of(ask.rule));
    const cel::Value value = evaluate(criterion, ask.row, missing.element, nullptr);
    if (over_) return false;
    if (!value.is_false()) note(ask);
  }
  return true;
}

/// Lets the evaluator decide what the facts could not.
bool PackEvaluation::decide(const ElementIndex& index, const Match& match, const Element& element, std::uint32_t number) {
  const auto criterion = static_cast<std::uint32_t>(index.index->criterion_of(match.rule));
  Outcome outcome{criterion, number, match.row, &element, false, {}, {}};
  cel::Value value = evaluate(criterion, match.row, element, &outcome.lists);
  if (over_) return false;
  if (value.is_false()) return true;
  outcome.hit = value.is_true();
  if (!outcome.hit) {
    outcome.unknown = std::move(value);
    outcome.lists.clear();
  } else if (!count_hit(criterion)) {
    return false;
  }
  outcomes_.push_back(std::move(outcome));
  return true;
}

bool PackEvaluation::note_hit(const ElementIndex& index, const Match& match, const Element& element, std::uint32_t number) {
  const auto criterion = static_cast<std::uint32_t>(index.index->criterion_of(match.rule));
  if (!count_hit(criterion)) return false;
  Outcome outcome{criterion, number, match.row, &element, true, {}, {}};
  const auto& lists = pack_->criteria()[criterion].lists_of_hit;
  if (lists) {
    outcome.lists = *lists;
  } else {
    evaluate(criterion, match.row, element, &outcome.lists);
    if (over_) return false;
  }
  outcomes_.push_back(std::move(outcome));
  return true;
}

bool PackEvaluation::count_hit(std::uint32_t criterion) {
  if (++hit_count_ <= budget_->findings) return true;
  spender_ = criterion;
  return false;
}

std::uint64_t PackEvaluation::left(std::uint32_t criterion) const noexcept {
  const std::uint64_t of_criterion = budget_->criterion - std::min(budget_->criterion, cost_[criterion]);
  const std::uint64_t of_declaration = budget_->declaration - std::min(budget_->declaration, spent_);
  return std::max<std::uint64_t>(std::min(of_criterion, of_declaration), 1);
}

bool PackEvaluation::spend(std::uint32_t criterion, std::uint64_t cost) {
  if (cost_[criterion] == 0) costly_.push_back(criterion);
  cost_[criterion] += cost;
  spent_ += cost;
  spender_ = criterion;
  return cost_[criterion] < budget_->criterion && spent_ < budget_->declaration;
}

/// The value of the whole condition; sets over_ where it costs more than there is.
cel::Value PackEvaluation::evaluate(std::uint32_t criterion, std::uint32_t row, const Element& element,
                                    std::vector<const std::string*>* lists) {
  const CompiledCriterion& c = pack_->criteria()[criterion];
  const criteria::EvaluationHost host{view_->as_of(), lists};
  const RowVariables variables(c, element, row);
  cel::Evaluation made = c.when.evaluate({variables.get(), &host}, left(criterion));
  over_ = !spend(criterion, made.cost) || made.over_budget;
  return std::move(made.value);
}

/// Brings what elements came to into the order of criteria.
void PackEvaluation::collect() {
  hits_.clear();
  undetermined_.clear();
  const auto place = [](const Outcome& o) { return std::tuple(o.criterion, o.element, o.row); };
  const auto before = [&](const Outcome& a, const Outcome& b) { return place(a) < place(b); };
  if (!std::is_sorted(outcomes_.begin(), outcomes_.end(), before)) std::sort(outcomes_.begin(), outcomes_.end(), before);
  for (Outcome& outcome : outcomes_) {
    const CompiledCriterion* criterion = &pack_->criteria()[outcome.criterion];
    if (outcome.hit) {
      const std::size_t row = criterion->rows == nullptr ? Table::no_row : outcome.row;
      hits_.push_back({criterion, {outcome.at, row, std::move(outcome.lists)}});
      continue;
    }
    if (undetermined_.empty() || undetermined_.back().criterion != criterion) undetermined_.push_back({criterion, {}, {}});
    PackUndetermined& of = undetermined_.back();
    if (const auto* unknown = outcome.unknown.get_if<cel::Undetermined>()) {
      of.missing.insert(of.missing.end(), unknown->missing->begin(), unknown->missing->end());
    } else if (of.error.empty()) {
      of.error = error_of(outcome.unknown);
    }
  }
  for (PackUndetermined& of : undetermined_) {
    std::sort(of.missing.begin(), of.missing.end());
    of.missing.erase(std::unique(of.missing.begin(), of.missing.end()), of.missing.end());
  }
}

Error PackEvaluation::over_budget() const {
  const CompiledCriterion& criterion = pack_->criteria()[spender_];
  if (hit_count_ > budget_->findings) return too_many_findings(criterion, *budget_);
  return too_costly(criterion, *budget_);
}

}  // namespace greenlane::screening
