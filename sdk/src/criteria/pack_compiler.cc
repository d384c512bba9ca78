#include "criteria/pack_compiler.h"

#include <algorithm>
#include <tuple>
#include <set>

#include "base/text.h"
#include "criteria/fields_read.h"
#include "criteria/pack_indexer.h"

namespace greenlane::criteria {
namespace {

using document::Field;
using document::FieldKind;

Error pack_error(std::string pointer, std::string message, ErrorCode code = ErrorCode::invalid_pack) {
  return {.code = code, .message = std::move(message), .pointer = std::move(pointer)};
}

std::string where_in_condition(const Error& error) {
  if (error.line == 0) return "";
  return "line " + std::to_string(error.line) + ", column " + std::to_string(error.column) + " of its condition: ";
}

/// Whether an expression is a variable and members of it by name.
bool is_field(const cel::Expr& e) noexcept {
  if (e.kind == cel::ExprKind::ident) return e.binding == cel::Binding::global;
  return e.kind == cel::ExprKind::select && !e.optional && !e.test_only && is_field(*e.args[0]);
}

/// Whether the schema lets a declarant change the field, or something in it.
bool permits_change(const Field& field) {
  return field.change.any() || (field.element && permits_change(*field.element)) ||
         std::any_of(field.members.begin(), field.members.end(), [](const auto& member) { return permits_change(*member); });
}

/// The names of the variables that `each` brings, outermost first.
std::string variable_of(const Field& array) { return array.variable.empty() ? array.name : array.variable; }

}  // namespace

PackCompiler::PackCompiler(PackSource source, std::string digest, std::vector<PackIssue>& issues, const CompiledPack::Limits& limits)
    : pack_(new CompiledPack), issues_(issues), limits_(limits) {
  pack_->source_ = std::move(source);
  pack_->digest_ = std::move(digest);
}

void PackCompiler::fail(std::string_view member, std::string message) {
  fail(pack_error(at_pointer_ + std::string(member), "criterion " + at_key_ + ": " + std::move(message)));
}

void PackCompiler::warn(std::string message) {
  issues_.push_back({false, pack_error(at_pointer_, "criterion " + at_key_ + ": " + std::move(message))});
}

std::shared_ptr<const CompiledPack> PackCompiler::run() {
  if (!bind_document()) return nullptr;
  bind_lists();
  pack_->each_paths_.push_back({});
  std::vector<Criterion> criteria = std::move(pack_->source_.criteria);
  pack_->source_.lists.clear();
  if (criteria.size() > limits_.max_criteria) {
    fail(pack_error("/criteria", "the pack has " + std::to_string(criteria.size()) + " criteria, more than the bound of " +
                                     std::to_string(limits_.max_criteria), ErrorCode::limit_exceeded));
    return nullptr;
  }
  check_versions(criteria, issues_);
  for (std::size_t i = 0; i < criteria.size(); ++i) compile_criterion(std::move(criteria[i]), i);
  const bool failed = std::any_of(issues_.begin(), issues_.end(), [](const PackIssue& issue) { return issue.is_error; });
  if (failed) return nullptr;
  std::sort(pack_->criteria_.begin(), pack_->criteria_.end(), [](const CompiledCriterion& a, const CompiledCriterion& b) {
    return std::tie(a.source.info.id, a.source.info.version) < std::tie(b.source.info.id, b.source.info.version);
  });
  pack_->fields_read_.emplace(*pack_->table_);
  FieldsRead fields(*pack_->binding_, *pack_->fields_read_);
  for (const CompiledCriterion& criterion : pack_->criteria_) fields.add(criterion, pack_->each_paths_[criterion.each]);
  pack_->indexes_ = index_criteria(pack_->table_->root(), pack_->each_paths_, pack_->criteria_, pack_->vocabulary_);
  pack_->in_force_ = count_in_force(pack_->criteria_);
  return pack_;
}

bool PackCompiler::bind_document() {
  auto table = document::builtin_table(pack_->source_.applies_to);
  if (!table.ok()) {
    fail(pack_error("/applies_to", "there is no document type \"" + pack_->source_.applies_to + "\""));
    return false;
  }
  pack_->table_ = *table;
  pack_->binding_ = std::make_unique<DocumentBinding>(*table);
  return true;
}

void PackCompiler::bind_lists() {
  auto functions = std::make_shared<cel::FunctionTable>();
  cel::add_standard_library(*functions);
  cel::add_extension_libraries(*functions);
  cel::add_decimal_library(*functions);
  cel::add_date_library(*functions);
  add_customs_library(*functions);
  for (const ListSource& list : pack_->source_.lists) {
    if (!list.is_table) {
      auto set = CodeSet::make(list);
      if (set.ok()) {
        pack_->sets_.push_back(*std::move(set));
      } else {
        fail(set.error());
      }
      continue;
    }
    auto made = Table::make(list);
    if (!made.ok()) {
      fail(made.error());
      continue;
    }
    pack_->tables_.push_back(*std::move(made));
    pack_->table_bindings_.push_back(std::make_unique<TableBinding>(*pack_->tables_.back()));
    pack_->table_bindings_.back()->declare_lookups(*functions);
  }
  pack_->functions_ = std::move(functions);
}

const TableBinding* PackCompiler::table(std::string_view name) const {
  for (const auto& binding : pack_->table_bindings_) {
    if (binding->table().name() == name) return binding.get();
  }
  return nullptr;
}

std::optional<std::size_t> PackCompiler::each_path(const std::string& path) {
  for (std::size_t i = 0; i < pack_->each_paths_.size(); ++i) {
    if (pack_->each_paths_[i].path == path) return i;
  }
  EachPath each{path, {}};
  const Field* at = &pack_->table_->root();
  for (const std::string_view name : text::split(path, '.')) {
    const Field* owner = at->kind == FieldKind::array ? at->element.get() : at;
    at = owner->member(name);
    if (at == nullptr) {
      const std::string_view near = document::nearest_member(*owner, name);
      fail("/each", "there is no field '" + std::string(name) + "' in '" + path + "'" +
                        (near.empty() ? "" : "; did you mean '" + std::string(near) + "'?"));
      return std::nullopt;
    }
    if (at->kind == FieldKind::array) each.arrays.push_back(at);
  }
  if (each.arrays.size() > max_each_arrays) {
    fail("/each", "'" + path + "' goes through more than " + std::to_string(max_each_arrays) + " arrays");
    return std::nullopt;
  }
  if (at->kind != FieldKind::array || at->element->kind != FieldKind::object) {
    fail("/each", "'" + path + "' is no array of objects; 'each' names one, such as items");
    return std::nullopt;
  }
  pack_->each_paths_.push_back(std::move(each));
  return pack_->each_paths_.size() - 1;
}

cel::Environment PackCompiler::environment(const EachPath& each, const TableBinding* rows) const {
  cel::Environment env;
  env.functions = pack_->functions_;
  env.null_comparable = true;
  const Field& root = pack_->table_->root();
  env.variables.push_back({root.variable, pack_->binding_->type_of(root)});
  env.variables.push_back({"as_of", cel::types::simple(cel::TypeKind::date)});
  for (const Field* array : each.arrays) env.variables.push_back({variable_of(*array), pack_->binding_->type_of(*array->element)});
  if (rows != nullptr) env.variables.push_back({"row", rows->row_type()});
  for (const auto& set : pack_->sets_) env.variables.push_back(list_variable(*set));
  for (const auto& binding : pack_->table_bindings_) env.variables.push_back(binding->variable());
  return env;
}

std::optional<PlacePath> PackCompiler::place(const std::string& path, const EachPath& each) const {
  const auto names = text::split(path, '.');
  PlacePath made;
  const Field* at = nullptr;
  if (names.front() == pack_->table_->root().variable) at = &pack_->table_->root();
  for (std::size_t i = 0; i < each.arrays.size(); ++i) {
    if (names.front() != variable_of(*each.arrays[i])) continue;
    made.variable = first_element_variable + i;
    at = each.arrays[i]->element.get();
  }
  for (std::size_t i = 1; i < names.size() && at != nullptr; ++i) {
    at = at->kind == FieldKind::object ? at->member(names[i]) : nullptr;
    if (at != nullptr) made.members.push_back(at);
  }
  if (at == nullptr) return std::nullopt;
  made.write_pointers(pack_->table_->root(), each);
  return made;
}

std::optional<MessageTemplate> PackCompiler::message(const std::string& text, const EachPath& each, const cel::Environment& env,
                                                     const char* language) {
  MessageTemplate made;
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = text.find('{', at);
    if (open == std::string::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string pointer = std::string("/finding/message/") + language;
    if (close == std::string::npos) {
      fail(pointer, "the message has a '{' without its '}'");
      return std::nullopt;
    }
    auto value = cel::Expression::compile(text.substr(open + 1, close - open - 1), env);
    if (!value.ok()) {
      fail(pointer, "the message names what is not there: " + value.error().message);
      return std::nullopt;
    }
    made.texts.push_back(text.substr(at, open - at));
    auto field = is_field(value->root()) ? place(std::string(text::trim(value->source())), each) : std::nullopt;
    made.values.push_back({*std::move(value), std::move(field)});
    at = close + 1;
  }
  made.texts.push_back(text.substr(at));
  return made;
}

void PackCompiler::compile_criterion(Criterion criterion, std::size_t index) {
  at_key_ = criterion.info.key();
  at_pointer_ = "/criteria/" + std::to_string(index);
  const auto each = each_path(criterion.each);
  if (!each) return;
  const EachPath& each_path = pack_->each_paths_[*each];
  CompiledCriterion made;
  made.each = *each;
  if (!criterion.rows.empty()) {
    made.rows = table(criterion.rows);
    if (made.rows == nullptr) return fail("/rows", "there is no table '" + criterion.rows + "' in the pack's lists");
  }
  const cel::Environment env = environment(each_path, made.rows);
  auto when = cel::Expression::compile(criterion.when, env, {.result = cel::TypeKind::boolean, .max_cost = limits_.max_cost});
  if (!when.ok()) {
    Error error = when.error();
    error.pointer = at_pointer_ + "/when";
    error.message = "criterion " + at_key_ + ": " + where_in_condition(error) + error.message;
    // They count within the condition, not within the file that the error names.
    error.line = error.column = 0;
    return fail(std::move(error));
  }
  made.when = *std::move(when);
  made.lists_of_hit = lists_of_hit(made.when.root());
  if (made.rows != nullptr) {
    const int row_slot = static_cast<int>(first_element_variable + each_path.arrays.size());
    made.row_access = find_row_access(made.when.root(), row_slot, made.rows->table());
  }
  for (std::size_t i = 0; i < criterion.at.size(); ++i) {
    auto path = place(criterion.at[i], each_path);
    if (!path) return fail("/finding/at/" + std::to_string(i), "'" + criterion.at[i] + "' is no field that this criterion can point to");
    made.at.push_back(*std::move(path));
  }
  auto en = message(criterion.message.en, each_path, env, "en");
  auto zh = message(criterion.message.zh, each_path, env, "zh");
  if (!en || !zh) return;
  made.message_en = *std::move(en);
  made.message_zh = *std::move(zh);
  for (const Remedy& remedy : criterion.info.remedies) {
    made.remedies.emplace_back();
    if (remedy.field.empty()) continue;
    made.remedies.back() = place(remedy.field, each_path);
    if (!made.remedies.back()) return fail("/remedies", "'" + remedy.field + "' is no field that this criterion can point to");
    if (!remedy.permits() || permits_change(made.remedies.back()->field(pack_->table_->root(), each_path))) continue;
    warn("its remedy says to change '" + remedy.field + "', which no declaration may change (x-change in the schema); "
         "the kind 'measure' asks people to look at it");
  }
  for (const Outcome wanted : {Outcome::hit, Outcome::clear, Outcome::undetermined}) {
    const bool tested = std::any_of(criterion.tests.begin(), criterion.tests.end(), [&](const CriterionTest& t) { return t.expect == wanted; });
    if (!tested) warn("no test expects '" + std::string(to_string(wanted)) + "'");
  }
  made.source = std::move(criterion);
  pack_->criteria_.push_back(std::move(made));
}

const std::array<std::uint32_t, domains.size()>& CompiledPack::in_force(Date day) const noexcept {
  // The first entry is of the first day there is.
  const auto after = std::upper_bound(in_force_.begin(), in_force_.end(), day, [](Date d, const auto& entry) { return d < entry.first; });
  return std::prev(after)->second;
}

std::size_t CompiledPack::index_bytes() const noexcept {
  std::size_t bytes = vocabulary_.bytes();
  for (const auto& each : indexes_) bytes += each->index ? each->index->bytes() : 0;
  return bytes;
}

std::shared_ptr<const CompiledPack> CompiledPack::compile(PackSource source, std::string digest, std::vector<PackIssue>& issues,
                                                          const Limits& limits) {
  return PackCompiler(std::move(source), std::move(digest), issues, limits).run();
}

}  // namespace greenlane::criteria
