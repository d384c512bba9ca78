#include "cel/show.h"

#include <array>
#include <charconv>
#include <cmath>

#include "cel/time_format.h"
#include "cel/value.h"

namespace greenlane::cel {
namespace {

constexpr std::size_t shown_elements = 8;

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

bool is_simple(const Value& v) { return !v.is<ObjectValue>() && !v.is<ListValue>() && !v.is<MapValue>(); }

std::string show_list(const ListValue& list) {
  if (list.size() > 0 && !is_simple(list.at(0))) {
    return "[" + std::to_string(list.size()) + (list.size() == 1 ? " element]" : " elements]");
  }
  std::string out = "[";
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ", ";
    if (i == shown_elements) return out + "… " + std::to_string(list.size()) + " in all]";
    out += show(list.at(i));
  }
  return out + "]";
}

std::string show_map(const MapValue& map) {
  std::string out = "{";
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (i > 0) out += ", ";
    if (i == shown_elements) return out + "… " + std::to_string(map.size()) + " in all}";
    const auto [key, value] = map.at(i);
    out += show(key) + ": " + show(value);
  }
  return out + "}";
}

std::string show_object(const ObjectValue& object) {
  std::string out = "{";
  const auto& fields = object.model->type().fields;
  for (std::uint32_t slot = 0; slot < fields.size(); ++slot) {
    const Value value = object.model->field(object.data, slot);
    if (!value.is_known() || value.is<ListValue>() || value.is<ObjectValue>() || value.is<MapValue>()) continue;
    if (out.size() > 1) out += ", ";
    if (out.size() > 120) return out + "…}";
    out += fields[slot].name + ": " + show(value);
  }
  return out + "}";
}

std::string show_undetermined(const Undetermined& u) {
  std::string out = "undetermined, not declared:";
  for (const std::string& pointer : *u.missing) out += " " + pointer;
  return out;
}

}  // namespace

std::string format_double(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "+Infinity";
  std::array<char, 40> buffer{};
  const auto scientific = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
  std::string text(buffer.data(), scientific.ptr);
  int exponent = 0;
  const std::size_t e = text.find('e');
  const char* digits = text.data() + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(digits, text.data() + text.size(), exponent);
  if (exponent < -4 || exponent >= 21) return text;
  const auto fixed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return {buffer.data(), fixed.ptr};
}

std::string show(const Value& value) {
  struct Visitor {
    std::string operator()(const Null&) const { return "null"; }
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(std::uint64_t v) const { return std::to_string(v); }
    std::string operator()(double v) const { return format_double(v); }
    std::string operator()(const StringValue& v) const { return quoted(v.text); }
    std::string operator()(const BytesValue& v) const { return "bytes of length " + std::to_string(v.bytes.size()); }
    std::string operator()(const ListValue& v) const { return show_list(v); }
    std::string operator()(const MapValue& v) const { return show_map(v); }
    std::string operator()(const TypeValue& v) const { return v.type->name(); }
    std::string operator()(const Timestamp& v) const { return format(v); }
    std::string operator()(const Duration& v) const { return format(v); }
    std::string operator()(const Decimal& v) const { return v.to_string(); }
    std::string operator()(const Date& v) const { return v.to_string(); }
    std::string operator()(const ObjectValue& v) const { return show_object(v); }
    std::string operator()(const OpaqueValue& v) const { return v.data == nullptr ? quoted(v.text) : std::string(v.text); }
    std::string operator()(const OptionalValue& v) const { return v.value ? "optional " + show(*v.value) : "nothing"; }
    std::string operator()(const ErrorValue& v) const { return "error: " + *v.message; }
    std::string operator()(const Undetermined& v) const { return show_undetermined(v); }
  };
  return value.visit(Visitor{});
}

}  // namespace greenlane::cel
