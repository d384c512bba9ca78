#include "screening/why.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "screening/condition_fields.h"
#include "screening/finding_builder.h"
#include "screening/near_miss.h"

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using criteria::CompiledPack;
using criteria::Table;

constexpr std::size_t max_near_misses = 20;
constexpr std::size_t max_collected = 10'000;
constexpr std::uint64_t near_miss_cost = 5'000'000;  ///< units, of all criteria together
/// What counts as near.
constexpr int near_percent = 10;
constexpr int near_days = 30;

class NearMisses {
 public:
  NearMisses(const std::shared_ptr<const CompiledPack>& pack, DocumentView& view, Why& out) : pack_(pack), view_(view), out_(out) {}

  void run() {
    for (const CompiledCriterion& criterion : pack_->criteria()) {
      if (criterion.source.info.effective.contains(view_.as_of())) look_at(criterion);
    }
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
      if (!a.margin || !b.margin) return a.margin && !b.margin;
      return is_nearer(*a.margin, *b.margin);
    });
    if (found_.size() > max_near_misses) {
      found_.resize(max_near_misses);
      out_.near_misses_omitted = true;
    }
    for (Found& found : found_) out_.near_misses.push_back(made_of(std::move(found)));
  }

 private:
  struct Found {
    const CompiledCriterion* criterion = nullptr;
    const Element* element = nullptr;
    std::size_t row = Table::no_row;
    const cel::Expr* part = nullptr;
    std::optional<Margin> margin;
  };

  void look_at(const CompiledCriterion& criterion) {
    for (Element& element : view_.elements(criterion.each).all) {
      if (is_full()) return;
      if (criterion.rows == nullptr) {
        look_at(criterion, element, Table::no_row);
        continue;
      }
      for (const std::size_t row : rows_to_evaluate(criterion, element, view_.as_of())) {
        if (is_full()) return;
        element.variables.back() = criterion.rows->row_value(row);
        look_at(criterion, element, row);
      }
    }
  }

  /// Whether as much has been looked at as may be; what is left out is said.
  bool is_full() {
    const bool full = cost_ >= near_miss_cost || found_.size() == max_collected;
    out_.near_misses_omitted = out_.near_misses_omitted || full;
    return full;
  }

  void look_at(const CompiledCriterion& criterion, const Element& element, std::size_t row) {
    const criteria::EvaluationHost host{view_.as_of(), nullptr};
    auto failed = failed_alone(criterion.when, {element.variables, &host}, element.variables.size() - 1, cost_);
    if (failed && is_near(criterion, *failed)) found_.push_back({&criterion, &element, row, failed->part, std::move(failed->margin)});
  }

  /// By number where there is one; else where the part asks for documents: one of them is all that keeps it from hitting.
  bool is_near(const CompiledCriterion& criterion, const FailedAlone& failed) const {
    if (failed.margin) {
      const auto within = [](const std::string& number, int bound) {
        const auto value = Decimal::parse(number);
        return value && *value <= Decimal::from_int(bound);
      };
      return failed.margin->days ? within(failed.margin->distance, near_days) : within(failed.margin->percent, near_percent);
    }
    const ConditionFields fields = fields_of(*pack_, criterion, *failed.part);
    return std::any_of(fields.uses.begin(), fields.uses.end(), [](const FieldUse& use) {
      return std::any_of(use.path.begin(), use.path.end(), [](const document::Field* field) { return field->change.add; });
    });
  }

  NearMiss made_of(Found&& found) const {
    NearMiss made;
    made.criterion = std::shared_ptr<const CriterionInfo>(pack_, &found.criterion->source.info);
    made.at = document::pointer(found.element->innermost());
    if (found.row != Table::no_row) made.row = matched_row(found.criterion->rows->table(), found.row);
    made.condition = found.criterion->when.text_of(*found.part);
    made.margin = std::move(found.margin);
    return made;
  }

  const std::shared_ptr<const CompiledPack>& pack_;
  DocumentView& view_;
  Why& out_;
  std::uint64_t cost_ = 0;
  std::vector<Found> found_;
};

}  // namespace

Why why(const std::shared_ptr<const CompiledPack>& pack, const document::Document& document, const Assessment& assessment) {
  Why made;
  DocumentView view(*pack, document, assessment.as_of);
  NearMisses(pack, view, made).run();
  FoundSets lower = changes_that_lower({*pack, document.root(), assessment.as_of}, assessment.level);
  made.lower = std::move(lower.sets);
  made.lower_omitted = lower.cut_off;
  return made;
}

}  // namespace greenlane::screening
