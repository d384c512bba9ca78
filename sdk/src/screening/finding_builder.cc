#include "screening/finding_builder.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "document/message_origin.h"
#include "screening/screener.h"

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using document::Node;

std::optional<std::string> cell_text(const criteria::Cell& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return decimal->to_string();
  if (const auto* date = std::get_if<Date>(&cell)) return date->to_string();
  return std::nullopt;
}

std::string_view not_declared(std::string_view language) noexcept { return language == "zh" ? "［未申报］" : "[not declared]"; }
std::string_view declared_none(std::string_view language) noexcept { return language == "zh" ? "［无］" : "[none]"; }

/// Appends the value of a field as shown_value() would give it; false for fields that the evaluator has to read.
bool append_field(std::string& out, const criteria::PlacePath& path, const Element& element, std::string_view language) {
  const Node* node = element.nodes[path.variable];
  for (const document::Field* member : path.members) {
    if (node == nullptr || node->is_null()) break;
    node = node->child(member->slot);
  }
  if (node == nullptr) {
    out += not_declared(language);
  } else if (node->is_null()) {
    out += declared_none(language);
  } else if (node->field->kind == document::FieldKind::string || node->field->kind == document::FieldKind::hs) {
    out += node->text.size() <= max_value_bytes ? node->text : text::shortened(node->text, max_value_bytes);
  } else if (node->field->kind == document::FieldKind::decimal) {
    out += node->decimal.to_string();
  } else {
    return false;
  }
  return true;
}

}  // namespace

void render(const criteria::MessageTemplate& message, const Element& element, const cel::Activation& activation, std::string_view language,
            const std::string& title, std::string& out) {
  out = message.texts.front();
  for (std::size_t i = 0; i < message.values.size(); ++i) {
    const criteria::MessageValue& value = message.values[i];
    if (!value.field || !append_field(out, *value.field, element, language)) {
      out += text::shortened(shown_value(value.expression.evaluate(activation).value, language), max_value_bytes);
    }
    out += message.texts[i + 1];
  }
  if (out.empty()) out = title;
  if (out.size() > max_message_bytes) out = text::shortened(out, max_message_bytes);
}

bool append_message_value(std::string& out, const criteria::PlacePath& path, const Element& element, std::string_view language) {
  const std::size_t before = out.size();
  if (!append_field(out, path, element, language)) return false;
  if (json::is_plain(std::string_view(out).substr(before))) return true;
  std::string quoted;
  json::append_quoted(quoted, std::string_view(out).substr(before));
  out.replace(before, std::string::npos, quoted, 1, quoted.size() - 2);
  return true;
}

std::string shown_value(const cel::Value& value, std::string_view language) {
  if (value.is<cel::StringValue>()) return std::string(value.text());
  if (const auto* code = value.get_if<cel::OpaqueValue>()) return std::string(code->text);
  if (value.is<cel::Undetermined>()) return std::string(not_declared(language));
  if (value.is<cel::Null>()) return std::string(declared_none(language));
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

Place place_of(const criteria::PlacePath& path, const Element& element, const document::Document& document) {
  Place place;
  criteria::append_numbered(place.pointer, path.pointer, element.nodes, 0);
  if (!path.wco.empty()) criteria::append_numbered(place.wco, path.wco, element.nodes, 1);
  const Node* node = path.find(element.nodes);
  if (node != nullptr && node->kind != json::Kind::array && node->kind != json::Kind::object) {
    document::append_json(place.value.emplace(), *node);
  }
  if (const document::MessageOrigin* origin = document.origin(); origin != nullptr) {
    const document::MessageTree& tree = origin->tree();
    const std::uint32_t at = origin->element(place.pointer);
    (tree.syntax() == document::MessageTree::Syntax::xml ? place.xpath : place.segment) = tree.place(at);
    place.line = tree[at].line;
  }
  return place;
}

std::vector<std::string> list_names(const Hit& hit) {
  std::set<std::string> lists;
  for (const std::string* name : hit.lists) lists.insert(*name);
  return {lists.begin(), lists.end()};
}

Finding build_finding(const CompiledCriterion& criterion, std::shared_ptr<const CriterionInfo> info, const Hit& hit,
                      const document::Document& document, Date as_of) {
  Finding finding;
  finding.criterion = std::move(info);
  const RowVariables variables(criterion, *hit.element, hit.row);
  if (hit.row != criteria::Table::no_row) finding.row = matched_row(criterion.rows->table(), hit.row);
  const criteria::EvaluationHost host{as_of, nullptr};
  const cel::Activation activation{variables.get(), &host};
  const Text& title = finding.criterion->title;
  render(criterion.message_en, *hit.element, activation, "en", title.en, finding.message.en);
  render(criterion.message_zh, *hit.element, activation, "zh", title.zh, finding.message.zh);
  for (const criteria::PlacePath& path : criterion.at) finding.at.push_back(place_of(path, *hit.element, document));
  finding.lists = list_names(hit);
  return finding;
}

}  // namespace greenlane::screening
