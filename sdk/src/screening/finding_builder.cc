#include "screening/finding_builder.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "screening/screener.h"

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using document::Node;

/// A message is for people; the whole value stands beside it, in `at`.
constexpr std::size_t max_value_bytes = 300;
constexpr std::size_t max_message_bytes = 8000;

/// The field that `path` names for this element, declared or not.
Place place_of(const criteria::PlacePath& path, const Element& element) {
  const Node* at = element.nodes[path.variable];
  Place place;
  std::size_t step = 0;
  for (; step < path.members.size(); ++step) {
    const Node* next = at->child(path.members[step]->slot);
    if (next == nullptr) break;
    at = next;
  }
  if (step == path.members.size()) {
    place.pointer = document::pointer(*at);
    place.wco = document::wco_pointer(*at);
    if (at->kind != json::Kind::array && at->kind != json::Kind::object) document::append_json(place.value.emplace(), *at);
    return place;
  }
  place.pointer = document::pointer(*at, *path.members[step]);
  place.wco = document::wco_pointer(*at, *path.members[step]);
  for (++step; step < path.members.size(); ++step) {
    place.pointer = json::pointer_child(place.pointer, path.members[step]->name);
    const std::string& wco = path.members[step]->wco;
    if (!wco.empty()) place.wco += (wco.starts_with('#') ? "" : "/") + wco;
  }
  return place;
}

/// The message with its values; the title where nothing comes out, since a finding without words helps nobody.
std::string rendered(const criteria::MessageTemplate& message, const cel::Activation& activation, std::string_view language,
                     const std::string& title) {
  std::string out = message.texts.front();
  for (std::size_t i = 0; i < message.values.size(); ++i) {
    out += text::shortened(shown_value(message.values[i].evaluate(activation).value, language), max_value_bytes);
    out += message.texts[i + 1];
  }
  return out.empty() ? title : text::shortened(out, max_message_bytes);
}

std::optional<std::string> cell_text(const criteria::Cell& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return decimal->to_string();
  if (const auto* date = std::get_if<Date>(&cell)) return date->to_string();
  return std::nullopt;
}

}  // namespace

std::string shown_value(const cel::Value& value, std::string_view language) {
  const bool zh = language == "zh";
  if (value.is<cel::StringValue>()) return std::string(value.text());
  if (const auto* code = value.get_if<cel::OpaqueValue>()) return std::string(code->text);
  if (value.is<cel::Undetermined>()) return zh ? "［未申报］" : "[not declared]";
  if (value.is<cel::Null>()) return zh ? "［无］" : "[none]";
  if (value.is<cel::ErrorValue>()) return "?";
  return cel::show(value);
}

MatchedRow matched_row(const criteria::Table& table, std::size_t row) {
  MatchedRow made{table.name(), row + 1, {}};
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    made.values.emplace_back(table.columns()[c].name, cell_text(table.cell(row, c)));
  }
  return made;
}

Finding build_finding(const CompiledCriterion& criterion, std::shared_ptr<const CriterionInfo> info, const Hit& hit, Date as_of) {
  Finding finding;
  finding.criterion = std::move(info);
  std::vector<cel::Value> variables = hit.element->variables;
  if (hit.row != criteria::Table::no_row) {
    variables.back() = criterion.rows->row_value(hit.row);
    finding.row = matched_row(criterion.rows->table(), hit.row);
  }
  const criteria::EvaluationHost host{as_of, nullptr};
  const cel::Activation activation{variables, &host};
  const Text& title = finding.criterion->title;
  finding.message = {rendered(criterion.message_en, activation, "en", title.en), rendered(criterion.message_zh, activation, "zh", title.zh)};
  for (const criteria::PlacePath& path : criterion.at) finding.at.push_back(place_of(path, *hit.element));
  std::set<std::string> lists;
  for (const std::string* name : hit.lists) lists.insert(*name);
  finding.lists.assign(lists.begin(), lists.end());
  return finding;
}

}  // namespace greenlane::screening
