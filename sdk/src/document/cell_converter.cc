#include "document/cell_converter.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

bool commodity_digits(std::string_view text, std::string& digits) {
  // "0307.22.00 00" is how tariffs print the code.
  for (const char c : text) {
    if (c == '.' || c == ' ') continue;
    digits += c;
  }
  return follows(Format::hs, digits);
}

Error not_for(std::string_view key, std::string_view kinds, FieldKind kind) {
  const std::string pointer = "/" + std::string(key);
  return make_error(ErrorCode::invalid_mapping,
                    in_quotes(key) + " is for fields that are " + std::string(kinds) + "; this one takes " +
                        std::string(kind_text(kind)),
                    pointer);
}

}  // namespace

std::string_view kind_text(FieldKind kind) noexcept {
  switch (kind) {
    case FieldKind::boolean:
      return "true or false";
    case FieldKind::integer:
      return "a whole number";
    case FieldKind::decimal:
      return description(Format::decimal);
    case FieldKind::date:
      return description(Format::date);
    case FieldKind::timestamp:
      return description(Format::date_time);
    case FieldKind::hs:
      return description(Format::hs);
    default:
      return "text";
  }
}

bool fits_kind(FieldKind kind, const json::Value& value) noexcept {
  if (value.is_null() || kind == FieldKind::free) return true;
  if (kind == FieldKind::boolean) return value.is(json::Kind::boolean);
  if (kind == FieldKind::integer) return value.is(json::Kind::integer);
  if (!value.is_string()) return false;
  switch (kind) {
    case FieldKind::decimal:
      return follows(Format::decimal, value.string());
    case FieldKind::date:
      return follows(Format::date, value.string());
    case FieldKind::timestamp:
      return follows(Format::date_time, value.string());
    case FieldKind::hs:
      return follows(Format::hs, value.string());
    default:
      return kind == FieldKind::string;
  }
}

Result<void> CellConverter::read_scale(const json::Value& rule) {
  for (const std::string_view key : {"scale", "round"}) {
    if (kind_ == FieldKind::decimal || rule.find(key) == nullptr) continue;
    return not_for(key, "decimal numbers", kind_);
  }
  auto scale = DecimalScale::make(rule);
  if (!scale) return std::move(scale).error();
  scale_ = *scale;
  return {};
}

Result<CellConverter> CellConverter::make(FieldKind kind, const json::Value& rule, const TextRules& common) {
  CellConverter converter;
  converter.kind_ = kind;
  converter.rules_ = common;
  converter.empty_is_null_ = rule.text("empty") == "null";
  if (const std::string_view pattern = rule.text("date_format"); !pattern.empty()) {
    if (kind != FieldKind::date) return not_for("date_format", "dates", kind);
    auto format = DateFormat::parse(pattern);
    if (!format) return std::move(format).error();
    converter.rules_.date_format = *std::move(format);
  }
  if (const json::Value* pad = rule.find("pad_left"); pad != nullptr) {
    const json::Value* width = pad->find("width");
    const bool sized = width != nullptr && width->is(json::Kind::integer) && width->integer() > 0;
    converter.width_ = sized ? static_cast<std::size_t>(width->integer()) : 0;
    converter.padding_ = pad->text("with");
  }
  if (auto read = converter.read_scale(rule); !read) return std::move(read).error();
  if (auto read = converter.read_values(rule); !read) return std::move(read).error();
  return converter;
}

Result<void> CellConverter::read_values(const json::Value& rule) {
  const json::Value* values = rule.find("values");
  if (values == nullptr || !values->is_object()) return {};
  keep_others_ = rule.text("other") == "keep";
  for (const json::Member& entry : values->object()) {
    json::Value value = entry.value;
    // Text that reads as the kind is taken for it: {"Y": "true"} means the same as {"Y": true}.
    if (!fits_kind(kind_, value) && value.is_string()) {
      CellConverter neutral;
      neutral.kind_ = kind_;
      json::Value read;
      if (neutral.convert_plain(value.string(), read)) value = std::move(read);
    }
    if (!fits_kind(kind_, value)) {
      return make_error(ErrorCode::invalid_mapping,
                        "expected " + std::string(kind_text(kind_)) + ", found " + found(entry.value),
                        json::pointer_child("/values", entry.key));
    }
    values_.insert_or_assign(entry.key, std::move(value));
  }
  return {};
}

CellConverter::Outcome CellConverter::convert(std::string_view text, json::Value& value) const {
  text = text::trim(text);
  if (!values_.empty()) {
    if (const auto at = values_.find(text); at != values_.end()) {
      value = at->second;
      return Outcome::value;
    }
  }
  if (text.empty()) {
    if (!empty_is_null_) return Outcome::absent;
    value = json::Value();
    return Outcome::value;
  }
  if (!keep_others_) return Outcome::wrong;
  const bool good = width_ == 0 ? convert_plain(text, value) : convert_plain(padded(text), value);
  return good ? Outcome::value : Outcome::wrong;
}

std::string CellConverter::padded(std::string_view text) const {
  const std::size_t count = utf8::count(text);
  std::string result;
  for (std::size_t i = count; i < width_; ++i) result += padding_;
  result += text;
  return result;
}

bool CellConverter::convert_plain(std::string_view text, json::Value& value) const {
  switch (kind_) {
    case FieldKind::decimal: {
      auto plain = plain_decimal(text, rules_.signs);
      if (plain && scale_.changes()) plain = scale_.apply(*plain);
      if (plain) value = json::Value(*std::move(plain));
      return plain.has_value();
    }
    case FieldKind::integer: {
      const auto number = whole_number(text, rules_.signs);
      if (number) value = json::Value(*number);
      return number.has_value();
    }
    case FieldKind::date: {
      const auto date = rules_.date_format ? rules_.date_format->read(text) : Date::parse(text);
      if (date) value = json::Value(date->to_string());
      return date.has_value();
    }
    case FieldKind::boolean: {
      if (text != "true" && text != "false") return false;
      value = json::Value(text == "true");
      return true;
    }
    case FieldKind::hs: {
      std::string digits;
      const bool good = commodity_digits(text, digits);
      if (good) value = json::Value(std::move(digits));
      return good;
    }
    case FieldKind::timestamp:
      value = json::Value(text);
      return follows(Format::date_time, text);
    default:
      value = json::Value(text);
      return true;
  }
}

std::string CellConverter::expectation() const {
  if (!keep_others_) {
    std::string list;
    constexpr std::size_t most = 12;
    std::size_t count = 0;
    for (const auto& entry : values_) {
      if (count++ == most) break;
      list.append(list.empty() ? "" : ", ").append(in_quotes(entry.first));
    }
    return "one of " + list + (values_.size() > most ? ", …" : "");
  }
  if (kind_ == FieldKind::decimal) {
    return "a decimal number such as 1" + rules_.signs.thousands + "234" + rules_.signs.decimal + "50" +
           (scale_.changes() ? " that has at most 34 digits once it is scaled" : "");
  }
  if (kind_ == FieldKind::date && rules_.date_format)
    return "a date written as " + rules_.date_format->pattern();
  if (kind_ == FieldKind::boolean) return "true or false (other words need \"values\" in the mapping)";
  return std::string(kind_text(kind_));
}

}  // namespace greenlane::document
