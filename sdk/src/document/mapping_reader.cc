#include "document/mapping_reader.h"

#include <algorithm>

#include "document/formats.h"
#include "document/schema_validator.h"

namespace greenlane::document {
namespace {

constexpr std::string_view mapping_format = "greenlane.mapping/1";

const json::Array& list(const json::Value& mapping, std::string_view key) {
  static const json::Array& none = *new json::Array();
  const json::Value* value = mapping.find(key);
  return value != nullptr && value->is_array() ? value->array() : none;
}

Error below(Error error, const std::string& pointer) {
  error.pointer = pointer + error.pointer;
  return error;
}

Error at(std::string message, std::string pointer) {
  return make_error(ErrorCode::invalid_mapping, std::move(message), std::move(pointer));
}

}  // namespace

MappingReader::MappingReader(const json::Value& text, std::shared_ptr<const FieldTable> table)
    : text_(text), mapping_(new Mapping()) {
  mapping_->table_ = std::move(table);
}

Result<std::shared_ptr<const Mapping>> MappingReader::run() {
  if (const json::Value* schema = builtin_schema(mapping_format); schema != nullptr) {
    if (auto checked = validate(*schema, text_); !checked) return std::move(checked).error();
  }
  if (text_.text("to") != mapping_->table_->format()) {
    return at(
        "the mapping makes " + in_quotes(text_.text("to")) + ", not " + in_quotes(mapping_->table_->format()),
        "/to");
  }
  mapping_->id_ = text_.text("id");
  if (const json::Value* title = text_.find("title"); title != nullptr) mapping_->title_ = *title;
  if (auto read = read_csv(); !read) return std::move(read).error();
  if (auto read = read_fields(); !read) return std::move(read).error();
  if (auto read = read_constants(); !read) return std::move(read).error();
  if (auto checked = check_targets(); !checked) return std::move(checked).error();
  for (const json::Value& name : list(text_, "ignore")) {
    if (name.is_string()) mapping_->ignored_.push_back(name.string());
  }
  return std::shared_ptr<const Mapping>(std::move(mapping_));
}

Result<void> MappingReader::read_csv() {
  for (const json::Value& name : list(text_, "group_by")) {
    if (name.is_string()) mapping_->csv_.group_by.push_back(name.string());
  }
  const json::Value* csv = text_.find("csv");
  if (csv == nullptr) return {};
  if (const auto encoding = csv->text("encoding"); !encoding.empty()) mapping_->csv_.encoding = encoding;
  if (const auto delimiter = csv->text("delimiter"); !delimiter.empty()) {
    const auto byte = static_cast<unsigned char>(delimiter.front());
    const bool usable = delimiter.size() == 1 && byte < 0x7F && (byte >= ' ' || byte == '\t') && byte != '"';
    if (!usable) return at("expected one ASCII character other than a quote", "/csv/delimiter");
    mapping_->csv_.delimiter = delimiter.front();
  }
  NumberSigns& signs = mapping_->rules_.signs;
  if (const auto sign = csv->text("decimal_sign"); !sign.empty()) signs.decimal = sign;
  signs.thousands = csv->text("thousands_sign");
  if (signs.decimal == signs.thousands)
    return at("the thousands sign is the decimal sign", "/csv/thousands_sign");
  if (const auto pattern = csv->text("date_format"); !pattern.empty()) {
    auto format = DateFormat::parse(pattern);
    if (!format) return below(std::move(format).error(), "/csv/date_format");
    mapping_->rules_.date_format = *std::move(format);
  }
  return {};
}

Result<void> MappingReader::read_fields() {
  const json::Array& entries = list(text_, "fields");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const json::Value& entry = entries[i];
    const std::string place = json::pointer_child("/fields", i);
    MappedField field;
    field.from = entry.text("from");
    auto target = resolve_target(*mapping_->table_, entry.text("to"));
    if (!target) return below(std::move(target).error(), place + "/to");
    field.target = *std::move(target);
    auto converter = CellConverter::make(field.target.kind, entry, mapping_->rules_);
    if (!converter) return below(std::move(converter).error(), place);
    field.converter = *std::move(converter);
    field.slots = mapping_->slots_.add(field.target, true);
    note(field.target, place + "/to");
    mapping_->fields_.push_back(std::move(field));
  }
  return {};
}

Result<void> MappingReader::read_constants() {
  const json::Array& entries = list(text_, "constants");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string place = json::pointer_child("/constants", i);
    MappedConstant constant;
    auto target = resolve_target(*mapping_->table_, entries[i].text("to"));
    if (!target) return below(std::move(target).error(), place + "/to");
    constant.target = *std::move(target);
    if (const json::Value* value = entries[i].find("value"); value != nullptr) constant.value = *value;
    if (!fits_kind(constant.target.kind, constant.value)) {
      return at(
          "expected " + std::string(kind_text(constant.target.kind)) + ", found " + found(constant.value),
          place + "/value");
    }
    constant.slots = mapping_->slots_.add(constant.target, false);
    note(constant.target, place + "/to");
    mapping_->constants_.push_back(std::move(constant));
  }
  return {};
}

Result<void> MappingReader::check_targets() const {
  auto targets = targets_;
  targets.emplace_back("format", "");
  std::sort(targets.begin(), targets.end());
  for (std::size_t i = 1; i < targets.size(); ++i) {
    const auto& [before, before_place] = targets[i - 1];
    const auto& [target, place] = targets[i];
    if (target == "format" && before == target) {
      return at("the key \"format\" is filled in by itself", before_place.empty() ? place : before_place);
    }
    const bool inside = target.starts_with(before + '.') || target.starts_with(before + '[');
    if (target != before && !inside) continue;
    return at("target " + in_quotes(target) +
                  (inside ? " lies within the target of " : " is also the target of ") +
                  (before_place.empty() ? "the format" : before_place),
              place);
  }
  return {};
}

}  // namespace greenlane::document
