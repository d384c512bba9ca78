#include "document/field_table_builder.h"

#include <algorithm>
#include <utility>

#include "document/compiled_schema.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

constexpr std::size_t deepest_field = 32;

bool is_null_schema(const json::Value& schema) noexcept { return schema.text("type") == "null"; }

/// The one type that a `type` keyword names beside null; "" for none, "*" for several.
std::string_view single_type(const json::Value& type) noexcept {
  if (type.is_string()) return type.string();
  if (!type.is_array()) return "*";
  std::string_view name;
  for (const json::Value& entry : type.array()) {
    if (!entry.is_string() || entry.string() == "null") continue;
    if (!name.empty()) return "*";
    name = entry.string();
  }
  return name;
}

std::string_view type_of(const json::Value& value) noexcept {
  switch (value.kind()) {
    case json::Kind::string:
      return "string";
    case json::Kind::boolean:
      return "boolean";
    case json::Kind::integer:
      return "integer";
    default:
      return "*";
  }
}

}  // namespace

const json::Value* FieldTableBuilder::View::find(std::string_view key) const noexcept {
  for (const json::Value* layer : layers) {
    if (const json::Value* value = layer->find(key); value != nullptr) return value;
  }
  return nullptr;
}

std::string_view FieldTableBuilder::View::text(std::string_view key) const noexcept {
  const json::Value* value = find(key);
  return value != nullptr && value->is_string() ? std::string_view(value->string()) : std::string_view();
}

void FieldTableBuilder::fail(const std::string& path, std::string message) {
  if (failed_) return;
  failed_ = true;
  const std::string place = path.empty() ? "schema: " : "schema of \"" + path + "\": ";
  error_ = make_error(ErrorCode::internal, place + message);
}

Result<std::shared_ptr<const FieldTable>> FieldTableBuilder::run() {
  auto compiled = CompiledSchema::compile(schema_);
  if (!compiled) return std::move(compiled).error();
  std::shared_ptr<FieldTable> table(new FieldTable());
  table->compiled_ = *std::move(compiled);
  table->schema_ = schema_;
  table->format_ = schema_.text("x-format");
  fill(table->root_, schema_);
  if (table->root_.kind != FieldKind::object) fail("", "the root has no properties");
  table->field_count_ = count_;
  table->id_paths_ = paths("x-id", *table);
  table->as_of_paths_ = paths("x-as-of", *table);
  for (const std::string& path : table->as_of_paths_) {
    const Field* field = table->find(path);
    const bool dated =
        field == nullptr || field->kind == FieldKind::date || field->kind == FieldKind::timestamp;
    if (!dated) fail(path, "x-as-of names a field that is no date");
  }
  if (failed_) return error_;
  return std::shared_ptr<const FieldTable>(std::move(table));
}

std::vector<std::string> FieldTableBuilder::paths(std::string_view keyword, const FieldTable& table) {
  std::vector<std::string> result;
  const json::Value* list = schema_.find(keyword);
  if (list == nullptr) return result;
  if (!list->is_array()) fail("", std::string(keyword) + " is no list of paths");
  for (const json::Value& path : list->is_array() ? list->array() : json::Array()) {
    if (!path.is_string() || table.find(path.string()) == nullptr) {
      fail("", std::string(keyword) + " names a field that does not exist, " + found(path));
      continue;
    }
    result.push_back(path.string());
  }
  return result;
}

FieldTableBuilder::View FieldTableBuilder::resolve(const json::Value& schema) {
  View view;
  add_layers(view, schema);
  return view;
}

bool FieldTableBuilder::add_layers(View& view, const json::Value& schema) {
  if (!schema.is_object() || view.layers.size() > deepest_field) return false;
  view.layers.push_back(&schema);
  if (const std::string_view target = schema.text("$ref"); !target.empty()) {
    const json::Value* definition = json::at_pointer(schema_, target.substr(1));
    return definition != nullptr && add_layers(view, *definition);
  }
  for (const std::string_view keyword : {"allOf", "anyOf", "oneOf"}) {
    const json::Value* branches = schema.find(keyword);
    if (branches == nullptr || !branches->is_array()) continue;
    // Only the wrapping of one schema (nullable, annotated) names a field; other branches only constrain.
    const json::Value* only = nullptr;
    for (const json::Value& branch : branches->array()) {
      if (is_null_schema(branch)) continue;
      if (only != nullptr) return true;
      only = &branch;
    }
    if (only != nullptr) add_layers(view, *only);
  }
  return true;
}

void FieldTableBuilder::fill(Field& field, const json::Value& schema) {
  if (failed_) return;
  field.number = count_++;
  const View view = resolve(schema);
  const std::size_t opened = open_.size();
  for (const json::Value* layer : view.layers) {
    if (std::find(open_.begin(), open_.end(), layer) != open_.end())
      return fail(field.path(), "the field holds itself");
  }
  open_.insert(open_.end(), view.layers.begin(), view.layers.end());
  if (open_.size() > 4 * deepest_field) return fail(field.path(), "fields are nested too deeply");
  annotate(field, view);
  field.kind = kind(field, view);
  if (field.kind == FieldKind::object) members(field, *view.find("properties"));
  if (field.kind == FieldKind::array) {
    field.element = std::make_unique<Field>();
    field.element->parent = &field;
    if (const json::Value* items = view.find("items"); items != nullptr) {
      fill(*field.element, *items);
    } else {
      field.element->number = count_++;
    }
  }
  open_.resize(opened);
}

void FieldTableBuilder::annotate(Field& field, const View& view) {
  field.variable = view.text("x-variable");
  field.wco = view.text("x-wco");
  field.codes = view.text("x-codes");
  field.unit = view.text("x-unit");
  field.title = view.text("title");
  field.title_zh = view.text("x-title-zh");
  if (const json::Value* changes = view.find("x-change"); changes != nullptr) permit(field, *changes);
  for (const std::string_view bound : {"maxItems", "maxLength"}) {
    const json::Value* most = view.find(bound);
    if (most != nullptr && most->is(json::Kind::integer) && most->integer() > 0) field.max_size = static_cast<std::size_t>(most->integer());
  }
}

void FieldTableBuilder::permit(Field& field, const json::Value& changes) {
  if (!changes.is_array()) return fail(field.path(), "x-change is no list of changes");
  for (const json::Value& change : changes.array()) {
    const std::string_view name = change.is_string() ? std::string_view(change.string()) : std::string_view();
    if (name == "supply") {
      field.change.supply = true;
    } else if (name == "correct") {
      field.change.correct = true;
    } else if (name == "add") {
      field.change.add = true;
    } else {
      fail(field.path(), "x-change knows supply, correct and add, " + found(change));
    }
  }
}

FieldKind FieldTableBuilder::kind(const Field& field, const View& view) {
  const json::Value* type = view.find("type");
  const json::Value* values = view.find("enum");
  const json::Value* constant = view.find("const");
  std::string_view name;
  if (type != nullptr) {
    name = single_type(*type);
  } else if (constant != nullptr) {
    name = type_of(*constant);
  } else if (values != nullptr && values->is_array() && !values->array().empty()) {
    name = type_of(values->array().front());
  } else if (view.find("properties") != nullptr) {
    name = "object";
  } else {
    return FieldKind::free;
  }
  if (name == "object") return view.find("properties") != nullptr ? FieldKind::object : FieldKind::free;
  if (name == "array") return FieldKind::array;
  if (name == "boolean") return FieldKind::boolean;
  if (name == "integer") return FieldKind::integer;
  if (name == "string") return string_kind(view);
  fail(field.path(), name == "number" ? "a field cannot be a number; use an integer or a decimal string"
                                      : "a field needs one type, and may be null beside it");
  return FieldKind::free;
}

FieldKind FieldTableBuilder::string_kind(const View& view) {
  switch (format_named(view.text("format")).value_or(Format::none)) {
    case Format::decimal:
      return FieldKind::decimal;
    case Format::date:
      return FieldKind::date;
    case Format::date_time:
      return FieldKind::timestamp;
    case Format::hs:
      return FieldKind::hs;
    case Format::none:
      break;
  }
  return FieldKind::string;
}

void FieldTableBuilder::members(Field& field, const json::Value& properties) {
  if (!properties.is_object()) return;
  for (const json::Member& property : properties.object()) {
    auto member = std::make_unique<Field>();
    member->name = property.key;
    member->parent = &field;
    member->slot = static_cast<std::uint32_t>(field.members.size());
    field.members.push_back(std::move(member));
    field.by_name.push_back(field.members.back()->slot);
    fill(*field.members.back(), property.value);
  }
  const auto less = [&](std::uint32_t a, std::uint32_t b) {
    return field.members[a]->name < field.members[b]->name;
  };
  std::sort(field.by_name.begin(), field.by_name.end(), less);
}

}  // namespace greenlane::document
