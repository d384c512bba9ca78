#include "document/reading_plan.h"

#include <algorithm>

namespace greenlane::document {
namespace {

/// Whether every value follows the schema.
bool takes_all(const SchemaNode* schema) noexcept {
  if (schema == nullptr) return true;
  const SchemaNode& node = *schema;
  return !node.refuses_all && node.kinds == any_kind && node.format == Format::none && !node.values &&
         node.same_as == nullptr && node.pattern == nullptr && !node.min_length && !node.max_length &&
         !node.min_items && !node.max_items && !node.min_members && !node.max_members && !node.minimum &&
         !node.maximum && !node.above && !node.below && !node.unique_items && takes_all(node.items) &&
         node.properties.empty() && node.required.empty() && node.patterns.empty() &&
         takes_all(node.additional) && node.names == nullptr && node.all_of.empty() && node.any_of.empty() &&
         node.one_of.empty() && node.condition == nullptr && node.not_node == nullptr;
}

/// Whether the schema says what no plan can express.
bool is_beyond_plans(const SchemaNode& node) noexcept {
  const auto is_text = [](const json::Value& value) { return value.is_string(); };
  return node.refuses_all || !node.all_of.empty() || !node.any_of.empty() || !node.one_of.empty() ||
         node.condition != nullptr || node.not_node != nullptr || node.unique_items || node.above ||
         node.below || node.names != nullptr || node.min_members || node.max_members ||
         (node.values && !std::all_of(node.values->begin(), node.values->end(), is_text));
}

/// Whether the schema bounds what is in an object or array.
bool looks_inside(const SchemaNode& node) noexcept {
  return !takes_all(node.items) || node.min_items || node.max_items || !node.properties.empty() ||
         !node.required.empty() || !node.patterns.empty() || !takes_all(node.additional);
}

/// The text after "^" where that is all of the expression.
std::optional<std::string> anchored_literal(const std::string& pattern) {
  if (pattern.size() < 2 || pattern.front() != '^') return std::nullopt;
  const auto is_plain = [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (!std::all_of(pattern.begin() + 1, pattern.end(), is_plain)) return std::nullopt;
  return pattern.substr(1);
}

/// Whether text of the format always matches the pattern.
bool is_implied(std::string_view pattern, Format format) noexcept {
  return (format == Format::date && pattern == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") ||
         (format == Format::hs && pattern == "^[0-9]{4,12}$");
}

Format format_of(FieldKind kind) noexcept {
  switch (kind) {
    case FieldKind::decimal:
      return Format::decimal;
    case FieldKind::date:
      return Format::date;
    case FieldKind::timestamp:
      return Format::date_time;
    default:
      return Format::none;
  }
}

void plan_others(ObjectPlan& plan, const SchemaNode& node) {
  const bool closed = node.additional != nullptr && node.additional->refuses_all;
  if (node.patterns.empty()) {
    if (takes_all(node.additional)) plan.others = ObjectPlan::Others::any;
    return;
  }
  if (node.patterns.size() != 1 || !closed || !takes_all(node.patterns.front().node)) return;
  if (auto prefix = anchored_literal(node.patterns.front().expression->pattern())) {
    plan.others = ObjectPlan::Others::prefixed;
    plan.prefix = *std::move(prefix);
  }
}

}  // namespace

ReadingPlan::ReadingPlan(const FieldTable& table) {
  fill(root_, table.root(), table.compiled_schema().root(), 0);
}

void ReadingPlan::fill(ValuePlan& plan, const Field& field, const SchemaNode& schema, std::size_t open) {
  plan.field = &field;
  plan.free = field.kind == FieldKind::free;
  const SchemaNode* at = &schema;
  while (at->same_as != nullptr) at = at->same_as;
  const SchemaNode& node = *at;
  plan.schema = &node;
  if (is_beyond_plans(node)) return;
  if (plan.free && looks_inside(node)) return;
  // A value is typed as its field says, so that must be what was checked.
  if (format_of(field.kind) != Format::none && format_of(field.kind) != node.format) return;
  fill_text(plan, node);
  if (field.kind == FieldKind::object) {
    plan.object = object(field, node, open);
    if (plan.object == nullptr) return;
  } else if (field.kind == FieldKind::array) {
    if (node.items == nullptr) return;
    plan.element = std::make_unique<ValuePlan>();
    fill(*plan.element, *field.element, *node.items, open);
  }
  // Values to choose from are strings here.
  plan.kinds = static_cast<std::uint8_t>(node.values ? node.kinds & kind_bit(json::Kind::string) : node.kinds);
}

void ReadingPlan::fill_text(ValuePlan& plan, const SchemaNode& node) {
  plan.format = node.format;
  if (node.max_length && *node.max_length < plan.max_bytes) plan.max_bytes = static_cast<std::uint32_t>(*node.max_length);
  plan.more = node.values.has_value() || node.min_length.has_value();
  if (node.pattern == nullptr || is_implied(node.pattern->pattern(), node.format)) return;
  const auto [matcher, added] = matchers_.emplace(node.pattern->pattern(), nullptr);
  if (added) matcher->second = PatternMatcher::make(matcher->first);
  plan.matcher = matcher->second.get();
  plan.more = plan.more || plan.matcher == nullptr;
}

std::unique_ptr<ObjectPlan> ReadingPlan::object(const Field& field, const SchemaNode& node, std::size_t open) {
  if (field.members.size() > most_members || field.members.size() != node.properties.size()) return nullptr;
  most_open_ = std::max(most_open_, open + field.members.size());
  std::vector<const Field*> ranked;
  for (const auto& member : field.members) ranked.push_back(member.get());
  std::sort(ranked.begin(), ranked.end(),
            [](const Field* a, const Field* b) { return json::canonical_less(a->name, b->name); });
  auto plan = std::make_unique<ObjectPlan>();
  std::vector<std::string> names;
  plan->words = (ranked.size() + 63) / 64;
  plan->required.resize(plan->words);
  plan->members.resize(ranked.size());
  for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
    const SchemaNode::Property* property = node.property(ranked[rank]->name);
    if (property == nullptr || !std::all_of(property->by_pattern.begin(), property->by_pattern.end(), takes_all)) {
      return nullptr;
    }
    MemberPlan& member = plan->members[rank];
    member.number = ranked[rank]->number;
    member.slot = ranked[rank]->slot;
    member.begin = static_cast<std::uint32_t>(plan->written.size());
    json::append_quoted(plan->written, ranked[rank]->name);
    plan->written += ':';
    member.size = static_cast<std::uint32_t>(plan->written.size()) - member.begin;
    fill(member.value, *ranked[rank], *property->node, open + field.members.size());
    names.push_back(ranked[rank]->name);
  }
  plan->written.append(padding, '\0');
  for (const std::string& key : node.required) {
    const auto at = std::find(names.begin(), names.end(), key);
    if (at == names.end()) return nullptr;
    const auto rank = static_cast<std::size_t>(at - names.begin());
    plan->required[rank / 64] |= std::uint64_t{1} << (rank % 64);
  }
  plan_others(*plan, node);
  return plan->keys.build(names) ? std::move(plan) : nullptr;
}

}  // namespace greenlane::document
