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
  hits_.clear();
  undecided_.clear();
  for (const std::uint32_t criterion : costly_) cost_[criterion] = 0;
  costly_.clear();
  cost_.resize(pack.criteria().size());
  spent_ = 0;
  too_many_ = false;
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

/// Lets the index look at the element; false over budget.
bool PackEvaluation::search(const ElementIndex& index, const Element& element, Parts& parts) {
  index.reader->read_element(element.nodes, facts_);
  parts.begin(index, element);
  const std::uint64_t before = matches_.candidates();
  index.index->match(facts_, view_->as_of(), parts, matches_);
  spent_ += matches_.candidates() - before;
  if (parts.over_budget()) return false;
  for (const auto& [rule, rows] : matches_.whole_tables()) {
    if (!spend(static_cast<std::uint32_t>(index.index->criterion_of(rule)), rows)) return false;
  }
  return spent_ < budget_->declaration;
}

bool PackEvaluation::match(const ElementIndex& index, const Element& element, std::uint32_t number, Parts& parts) {
  if (!search(index, element, parts)) return false;
  for (const Match& hit : matches_.hits()) {
    if (!note_hit(index, hit, element)) return false;
  }
  for (const Match& ask : matches_.asks()) {
    if (!decide(index, ask, element, number)) return false;
  }
  return true;
}

/// Nobody knows whether there are elements; only a condition that is false for any of them is decided.
bool PackEvaluation::match_missing(const ElementIndex& index, const MissingArray& missing, std::uint32_t number, Parts& parts) {
  if (!search(index, missing.element, parts)) return false;
  const auto note = [&](const Match& match) {
    const auto criterion = static_cast<std::uint32_t>(index.index->criterion_of(match.rule));
    undecided_.push_back({criterion, number, match.row, cel::Value::undetermined(missing.pointer)});
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
  std::vector<const std::string*> lists;
  cel::Value value = evaluate(criterion, match.row, element, &lists);
  if (over_) return false;
  if (value.is_true()) return add_hit(criterion, match.row, element, std::move(lists));
  if (!value.is_false()) undecided_.push_back({criterion, number, match.row, std::move(value)});
  return true;
}

bool PackEvaluation::note_hit(const ElementIndex& index, const Match& match, const Element& element) {
  const auto criterion = static_cast<std::uint32_t>(index.index->criterion_of(match.rule));
  const auto& known = pack_->criteria()[criterion].lists_of_hit;
  if (known) return add_hit(criterion, match.row, element, *known);
  std::vector<const std::string*> lists;
  evaluate(criterion, match.row, element, &lists);
  return !over_ && add_hit(criterion, match.row, element, std::move(lists));
}

/// False where there are more hits than a declaration may have.
bool PackEvaluation::add_hit(std::uint32_t criterion, std::uint32_t row, const Element& element, std::vector<const std::string*> lists) {
  const CompiledCriterion& hit = pack_->criteria()[criterion];
  spender_ = criterion;
  too_many_ = hits_.size() >= budget_->findings;
  if (!too_many_) hits_.push_back({&hit, {&element, hit.rows == nullptr ? Table::no_row : row, std::move(lists)}});
  return !too_many_;
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

/// Brings what elements came to into the order of criteria. Elements of one path, and criteria, lie in their order.
void PackEvaluation::collect() {
  const auto place_of_hit = [](const PackHit& h) { return std::tuple(h.criterion, h.hit.element, h.hit.row); };
  const auto hit_before = [&](const PackHit& a, const PackHit& b) { return place_of_hit(a) < place_of_hit(b); };
  if (!std::is_sorted(hits_.begin(), hits_.end(), hit_before)) std::sort(hits_.begin(), hits_.end(), hit_before);
  const auto place = [](const Undecided& u) { return std::tuple(u.criterion, u.element, u.row); };
  std::sort(undecided_.begin(), undecided_.end(), [&](const Undecided& a, const Undecided& b) { return place(a) < place(b); });
  undetermined_.clear();
  for (const Undecided& undecided : undecided_) {
    const CompiledCriterion* criterion = &pack_->criteria()[undecided.criterion];
    if (undetermined_.empty() || undetermined_.back().criterion != criterion) undetermined_.push_back({criterion, {}, {}});
    PackUndetermined& of = undetermined_.back();
    if (const auto* unknown = undecided.value.get_if<cel::Undetermined>()) {
      of.missing.insert(of.missing.end(), unknown->missing->begin(), unknown->missing->end());
    } else if (of.error.empty()) {
      of.error = error_of(undecided.value);
    }
  }
  for (PackUndetermined& of : undetermined_) {
    std::sort(of.missing.begin(), of.missing.end());
    of.missing.erase(std::unique(of.missing.begin(), of.missing.end()), of.missing.end());
  }
}

Level PackEvaluation::level() const noexcept {
  Level level = Level::none;
  for (const PackHit& hit : hits_) level = std::max(level, hit.criterion->source.info.level);
  return level;
}

std::array<Coverage, domains.size()> PackEvaluation::coverage() const noexcept {
  std::array<Coverage, domains.size()> coverage;
  const auto& in_force = pack_->in_force(view_->as_of());
  for (std::size_t i = 0; i < domains.size(); ++i) coverage[i].evaluated = in_force[i];
  const CompiledCriterion* last = nullptr;
  for (const PackHit& hit : hits_) {
    if (hit.criterion != last) ++coverage[hit.criterion->source.info.domain].hit;
    last = hit.criterion;
  }
  for (const PackUndetermined& each : undetermined_) ++coverage[each.criterion->source.info.domain].undetermined;
  return coverage;
}

Error PackEvaluation::over_budget() const {
  const CompiledCriterion& criterion = pack_->criteria()[spender_];
  return too_many_ ? too_many_findings(criterion, *budget_) : too_costly(criterion, *budget_);
}

}  // namespace greenlane::screening
