#include "document/field_table.h"

#include <algorithm>

#include "base/text.h"
#include "document/field_table_builder.h"
#include "document/reading_plan.h"

namespace greenlane::document {

const Field* Field::member(std::string_view key) const noexcept {
  const auto less = [this](std::uint32_t a, std::string_view b) {
    return std::string_view(members[a]->name) < b;
  };
  const auto at = std::lower_bound(by_name.begin(), by_name.end(), key, less);
  if (at == by_name.end() || members[*at]->name != key) return nullptr;
  return members[*at].get();
}

std::string Field::path() const {
  if (parent == nullptr) return {};
  std::string before = parent->path();
  if (name.empty()) return before;
  if (!before.empty()) before += '.';
  return before + name;
}

FieldTable::FieldTable() = default;
FieldTable::~FieldTable() = default;

const ReadingPlan& FieldTable::reading_plan() const {
  std::call_once(plan_once_, [this] { plan_ = std::make_unique<const ReadingPlan>(*this); });
  return *plan_;
}

Result<std::shared_ptr<const FieldTable>> FieldTable::from_schema(const json::Value& schema) {
  return FieldTableBuilder(schema).run();
}

const Field* FieldTable::find(std::string_view path) const noexcept {
  const Field* field = &root_;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    while (field->element != nullptr) field = field->element.get();
    field = field->member(path.substr(0, dot));
    if (field == nullptr || dot == std::string_view::npos) return field;
    path.remove_prefix(dot + 1);
    if (path.empty()) return nullptr;
  }
  return field;
}

std::string_view nearest_member(const Field& owner, std::string_view key) noexcept {
  std::vector<std::string_view> names;
  for (const auto& member : owner.members) names.emplace_back(member->name);
  return text::nearest(key, names);
}

}  // namespace greenlane::document
