#include "cel_values.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "base/utf8.h"
#include "cel/names.h"
#include "cel/time_format.h"
#include "base/base64.h"

namespace greenlane::conformance {
namespace {

using cel::TypeKind;
using cel::Value;

double read_double(const std::string& text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<double>::infinity();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// `text` with the escapes decoded that the cases keep; nullopt where a backslash begins none of them.
std::optional<std::string> decode_escapes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      out += text[at++];
      continue;
    }
    const std::string_view rest = text.substr(at + 1);
    if (rest.starts_with('?')) {
      out += '?';
      at += 2;
      continue;
    }
    const std::size_t digits = rest.starts_with('u') ? 4 : (rest.starts_with('U') ? 8 : 0);
    if (digits == 0 || rest.size() <= digits) return std::nullopt;
    std::uint32_t code_point = 0;
    const char* const begin = rest.data() + 1;
    const auto [end, problem] = std::from_chars(begin, begin + digits, code_point, 16);
    const bool is_character = code_point < 0xD800 || (code_point > 0xDFFF && code_point <= 0x10FFFF);
    if (problem != std::errc{} || end != begin + digits || !is_character) return std::nullopt;
    utf8::append(out, code_point);
    at += 2 + digits;
  }
  return out;
}

std::optional<std::string> read_text(std::string text, Escapes escapes) {
  return escapes == Escapes::decoded ? decode_escapes(text) : std::optional(std::move(text));
}

std::optional<Value> read_list(const json::Array& elements, Escapes escapes) {
  std::vector<Value> values;
  for (const json::Value& element : elements) {
    auto value = read_value(element, escapes);
    if (!value) return std::nullopt;
    values.push_back(*std::move(value));
  }
  return Value::list(std::move(values));
}

std::optional<Value> read_map(const json::Array& pairs, Escapes escapes) {
  std::vector<std::pair<Value, Value>> entries;
  for (const json::Value& pair : pairs) {
    auto key = read_value(pair.array()[0], escapes);
    auto value = read_value(pair.array()[1], escapes);
    if (!key || !value) return std::nullopt;
    entries.emplace_back(*std::move(key), *std::move(value));
  }
  return Value::map(std::move(entries));
}

const std::pair<std::string_view, TypeKind> type_names[] = {
    {"bool", TypeKind::boolean},     {"int", TypeKind::integer},        {"uint", TypeKind::uinteger},
    {"string", TypeKind::string},    {"double", TypeKind::floating},    {"bytes", TypeKind::bytes},
    {"null_type", TypeKind::null},   {"dyn", TypeKind::dyn},            {"any", TypeKind::dyn},
    {"timestamp", TypeKind::timestamp}, {"duration", TypeKind::duration}};

}  // namespace

std::optional<Value> read_value(const json::Value& json, Escapes escapes) {
  const auto& [kind, content] = json.object().front();
  if (kind == "null") return Value(cel::Null{});
  if (kind == "bool") return Value(content.boolean());
  if (kind == "list") return read_list(content.array(), escapes);
  if (kind == "map") return read_map(content.array(), escapes);
  if (!content.is_string()) return std::nullopt;
  const std::string& text = content.string();
  if (kind == "string" || kind == "bytes") {
    auto read = read_text(kind == "string" ? text : decode_base64(text).value(), escapes);
    if (!read) return std::nullopt;
    return kind == "string" ? Value::string(*std::move(read)) : Value::bytes(*std::move(read));
  }
  if (kind == "double") return Value(read_double(text));
  if (kind == "int") {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return Value(value);
  }
  if (kind == "uint") {
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return Value(value);
  }
  if (kind == "type") {
    const auto type = cel::named_type(text);
    return Value(cel::TypeValue{type ? type : cel::types::opaque(text)});
  }
  if (kind == "timestamp") return Value(*cel::parse_timestamp(text));
  if (kind == "duration") return Value(*cel::parse_duration(text));
  return std::nullopt;
}

cel::TypeRef read_type(std::string_view text) {
  for (const auto& [name, kind] : type_names) {
    if (text == name) return cel::types::simple(kind);
  }
  if (text.starts_with("type_param:")) return cel::types::param(std::string(text.substr(11)));
  const std::size_t open = text.find('<');
  if (open == std::string_view::npos) return cel::types::opaque(std::string(text));
  const std::string_view name = text.substr(0, open);
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  std::vector<cel::TypeRef> params;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i <= inside.size(); ++i) {
    const char c = i < inside.size() ? inside[i] : ',';
    if (c == '<') ++depth;
    if (c == '>') --depth;
    if (c != ',' || depth != 0) continue;
    std::size_t end = i;
    while (start < end && inside[start] == ' ') ++start;
    params.push_back(read_type(inside.substr(start, end - start)));
    start = i + 1;
  }
  if (name == "list") return cel::types::list(params[0]);
  if (name == "map") return cel::types::map(params[0], params[1]);
  if (name == "type") return cel::types::type(params[0]);
  return cel::types::opaque(std::string(name), std::move(params));
}

std::string write_type(const cel::Type& type) {
  for (const auto& [name, kind] : type_names) {
    if (type.kind() == kind) return std::string(name);
  }
  std::string out = type.name();
  if (type.params().empty()) return out;
  out += '<';
  for (std::size_t i = 0; i < type.params().size(); ++i) out += (i > 0 ? "," : "") + write_type(*type.params()[i]);
  return out + '>';
}

bool same_value(const Value& a, const Value& b) {
  if (a.is<double>() && b.is<double>() && std::isnan(a.as<double>()) && std::isnan(b.as<double>())) return true;
  const bool numbers = (a.is<std::int64_t>() || a.is<std::uint64_t>() || a.is<double>());
  if (numbers && a.type()->kind() != b.type()->kind()) return false;
  return cel::equal(a, b).is_true();
}

}  // namespace greenlane::conformance
