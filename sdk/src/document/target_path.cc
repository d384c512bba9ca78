#include "document/target_path.h"

#include <optional>

#include "base/text.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

/// Positions in arrays that a mapping can name.
constexpr std::size_t index_digits = 3;

Error target_error(std::string_view target, const std::string& message) {
  return make_error(ErrorCode::invalid_mapping, "target " + in_quotes(target) + " " + message);
}

std::optional<TargetStep> parse_step(std::string_view text) {
  TargetStep step;
  const std::size_t bracket = text.find('[');
  step.key = text.substr(0, bracket);
  if (step.key.empty()) return std::nullopt;
  if (bracket == std::string_view::npos) return step;
  if (!text.ends_with(']')) return std::nullopt;
  const std::string_view digits = text.substr(bracket + 1, text.size() - bracket - 2);
  step.element = digits.empty() ? TargetStep::Element::of_row : TargetStep::Element::at;
  if (digits.size() > index_digits) return std::nullopt;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    step.index = step.index * 10 + static_cast<std::size_t>(c - '0');
  }
  return step;
}

/// The field behind `step` in `owner` (null: free). An error where there is none.
Result<const Field*> follow(const Field* owner, const TargetStep& step, std::string_view target) {
  if (owner == nullptr || owner->kind == FieldKind::free) return static_cast<const Field*>(nullptr);
  const Field* member = owner->member(step.key);
  if (member == nullptr && owner->kind == FieldKind::object && step.key.starts_with("x_")) {
    return static_cast<const Field*>(nullptr);
  }
  if (member == nullptr) {
    return target_error(target, "is no field of the document: " + in_quotes(step.key) + " is not known" +
                                    did_you_mean(nearest_member(*owner, step.key)));
  }
  const bool element = step.element != TargetStep::Element::none;
  if (member->kind == FieldKind::free) return member;
  if (element && member->kind != FieldKind::array) {
    return target_error(target, "has an index, but " + in_quotes(member->path()) + " is no array");
  }
  if (!element && member->kind == FieldKind::array) {
    return target_error(target, "needs an index: " + in_quotes(step.key + "[]") +
                                    " is the element of a row, " + in_quotes(step.key + "[0]") +
                                    " a fixed one");
  }
  return element ? member->element.get() : member;
}

}  // namespace

Result<Target> resolve_target(const FieldTable& table, std::string_view text, TargetUse use) {
  Target target;
  target.text = text;
  const Field* field = &table.root();
  for (const std::string_view part : text::split(text, '.')) {
    auto step = parse_step(part);
    if (!step) return target_error(text, "is no path such as \"items[].origin.country_code\"");
    if (step->element == TargetStep::Element::of_row) {
      if (target.per_row && use == TargetUse::column)
        return target_error(text, "has [] twice; one row makes one element, use [0] for the inner one");
      target.per_row = true;
    }
    auto next = follow(field, *step, text);
    if (!next) return std::move(next).error();
    field = *next;
    target.steps.push_back(*std::move(step));
  }
  target.kind = field == nullptr ? FieldKind::free : field->kind;
  const bool named_free = field != nullptr && field->kind == FieldKind::free;
  if (use == TargetUse::group) {
    if (target.kind == FieldKind::object || target.kind == FieldKind::free) return target;
    return target_error(text, "is one value; a group of fields needs an object, or an element of an array of objects");
  }
  if (target.kind == FieldKind::object || target.kind == FieldKind::array || named_free) {
    return target_error(text, "is a group of fields; name one of them");
  }
  return target;
}

}  // namespace greenlane::document
