#include "document/cell_converter.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "document/formats.h"
#include "document/message_time.h"

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
  if (auto read = converter.read_empty(rule); !read) return std::move(read).error();
  if (auto read = converter.read_date(rule); !read) return std::move(read).error();
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

Result<void> CellConverter::read_empty(const json::Value& rule) {
  const bool keeps = kind_ == FieldKind::string || kind_ == FieldKind::free;
  if (!keeps && rules_.empty == EmptyText::keep) rules_.empty = EmptyText::absent;
  const std::string_view empty = rule.text("empty");
  if (empty == "keep" && !keeps) return not_for("empty", "text", kind_);
  if (!empty.empty()) rules_.empty = empty == "null" ? EmptyText::null : empty == "keep" ? EmptyText::keep : EmptyText::absent;
  return {};
}

Result<void> CellConverter::read_date(const json::Value& rule) {
  const bool dated = kind_ == FieldKind::date || kind_ == FieldKind::timestamp || kind_ == FieldKind::free;
  for (const std::string_view key : {"date_format", "format_code"}) {
    if (!dated && rule.find(key) != nullptr) return not_for(key, "dates or times", kind_);
  }
  // What is free is a date only where this field says so.
  if (kind_ == FieldKind::free) rules_.date = {};
  const std::string_view text = rule.text("date_format");
  if (text.empty()) return {};
  auto date = DateRule::make(text);
  if (!date) return std::move(date).error();
  if (kind_ == FieldKind::timestamp && date->pattern) return not_for("date_format", "dates", kind_);
  rules_.date = *std::move(date);
  return {};
}

Result<DateRule> DateRule::make(std::string_view text) {
  DateRule made;
  if (is_time_form(text)) {
    made.form = text;
    return made;
  }
  auto pattern = DateFormat::parse(text);
  if (!pattern) return std::move(pattern).error();
  made.pattern = *std::move(pattern);
  return made;
}

Result<void> CellConverter::read_values(const json::Value& rule) {
  const std::string_view other = rule.text("other");
  if (other == "absent") others_ = Others::drop;
  const json::Value* values = rule.find("values");
  if (values == nullptr || !values->is_object()) return {};
  if (other.empty() || other == "error") others_ = Others::refuse;
  for (const json::Member& entry : values->object()) {
    json::Value value = entry.value;
    // Text that reads as the kind is taken for it: {"Y": "true"} means the same as {"Y": true}.
    if (!fits_kind(kind_, value) && value.is_string()) {
      CellConverter neutral;
      neutral.kind_ = kind_;
      json::Value read;
      if (neutral.convert_plain(value.string(), read, {})) value = std::move(read);
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

CellConverter::Outcome CellConverter::convert(std::string_view text, json::Value& value, std::string_view form) const {
  std::string collapsed;
  if (rules_.whitespace == Whitespace::collapse) {
    collapsed = text::collapsed(text);
    text = collapsed;
  } else if (rules_.whitespace == Whitespace::trim || kind_ != FieldKind::string) {
    text = text::trim(text);
  }
  if (!values_.empty()) {
    if (const auto at = values_.find(text); at != values_.end()) {
      value = at->second;
      return Outcome::value;
    }
  }
  if (text.empty()) {
    if (rules_.empty == EmptyText::absent) return Outcome::absent;
    value = rules_.empty == EmptyText::null ? json::Value() : json::Value(text);
    return Outcome::value;
  }
  if (others_ == Others::refuse) return Outcome::wrong;
  if (others_ == Others::drop && !values_.empty()) return Outcome::absent;
  const bool good = width_ == 0 ? convert_plain(text, value, form) : convert_plain(padded(text), value, form);
  return good ? Outcome::value : others_ == Others::drop ? Outcome::absent : Outcome::wrong;
}

std::string CellConverter::padded(std::string_view text) const {
  const std::size_t count = utf8::count(text);
  std::string result;
  for (std::size_t i = count; i < width_; ++i) result += padding_;
  result += text;
  return result;
}

bool CellConverter::convert_plain(std::string_view text, json::Value& value, std::string_view form) const {
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
    case FieldKind::date:
      return convert_date(text, value, form);
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
      return convert_time(text, value, form);
    case FieldKind::free:
      if (form.empty() && rules_.date.form.empty() && !rules_.date.pattern) break;
      return convert_time(text, value, form) || convert_date(text, value, form);
    default:
      break;
  }
  value = json::Value(text);
  return true;
}

bool CellConverter::convert_date(std::string_view text, json::Value& value, std::string_view form) const {
  if (form.empty()) form = rules_.date.form;
  std::optional<Date> date;
  if (!form.empty()) {
    const auto time = read_message_time(form, text);
    if (time) date = time->date;
  } else {
    date = rules_.date.pattern ? rules_.date.pattern->read(text) : Date::parse(text);
  }
  if (date) value = json::Value(date->to_string());
  return date.has_value();
}

bool CellConverter::convert_time(std::string_view text, json::Value& value, std::string_view form) const {
  if (form.empty()) form = rules_.date.form;
  if (form.empty()) {
    value = json::Value(text);
    return follows(Format::date_time, text);
  }
  const auto time = read_message_time(form, text);
  if (!time || time->time_of_day.empty()) return false;
  const std::string& offset = time->offset.empty() ? rules_.utc_offset : time->offset;
  if (offset.empty()) return false;
  value = json::Value(time->date.to_string() + 'T' + time->time_of_day + offset);
  return true;
}

std::string CellConverter::expectation(std::string_view form) const {
  if (others_ == Others::refuse) {
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
    return "a decimal number such as 1" + rules_.signs.thousands + "234" + rules_.signs.decimal.substr(0, 1) + "50" +
           (scale_.changes() ? " that has at most 34 digits once it is scaled" : "");
  }
  if (form.empty()) form = rules_.date.form;
  if ((kind_ == FieldKind::date || kind_ == FieldKind::timestamp) && !form.empty()) {
    const bool zoned = kind_ == FieldKind::date || !rules_.utc_offset.empty();
    return time_form_text(form) + (zoned ? "" : ", with its offset from UTC (or \"utc_offset\" in the mapping)");
  }
  if (kind_ == FieldKind::date && rules_.date.pattern) return "a date written as " + rules_.date.pattern->pattern();
  if (kind_ == FieldKind::boolean) return "true or false (other words need \"values\" in the mapping)";
  return std::string(kind_text(kind_));
}

}  // namespace greenlane::document
