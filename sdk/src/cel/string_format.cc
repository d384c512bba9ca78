// format() of CEL's strings library (cel-go, ext/strings): "%s of %d".format([a, b]), the same in every locale.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/utf8.h"
#include "cel/library.h"
#include "cel/show.h"
#include "cel/time_format.h"

namespace greenlane::cel {
namespace {

/// Digits behind the point that a clause may ask for, and what it gets if it does not.
constexpr int max_precision = 100;
constexpr int default_precision = 6;

/// Text, and the clause behind it: "%.2f" has verb 'f' and precision 2; verb 0 at the end of the text.
struct Clause {
  std::string literal;
  char verb = 0;
  int precision = default_precision;
};
using Format = std::vector<Clause>;

/// Reads the clause behind the '%' before `at`; returns what is wrong with it, "" for nothing.
std::string read_clause(std::string_view text, std::size_t& at, Clause& clause) {
  static constexpr std::string_view verbs = "sdfexXob";
  const bool has_precision = at < text.size() && text[at] == '.';
  if (has_precision) {
    const char* const end = text.data() + text.size();
    const auto [behind, problem] = std::from_chars(text.data() + at + 1, end, clause.precision);
    const bool fits = problem == std::errc{} && clause.precision >= 0 && clause.precision <= max_precision;
    if (!fits) return "'%.' takes a number of digits from 0 to " + std::to_string(max_precision) + ", as in '%.2f'";
    at = static_cast<std::size_t>(behind - text.data());
  }
  if (at >= text.size()) return "a text for format ends behind its last '%'; write '%%' for a percent sign";
  clause.verb = text[at];
  if (verbs.find(clause.verb) == std::string_view::npos) {
    return "'%' takes one of s, d, f, e, x, X, o, b behind it, or another '%'";
  }
  if (has_precision && clause.verb != 'f' && clause.verb != 'e') return "a number of digits goes with '%f' and '%e' only";
  ++at;
  return "";
}

std::string parse_format(std::string_view text, Format& format) {
  format.emplace_back();
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '%' || text.substr(at).starts_with("%%")) {
      format.back().literal += text[at];
      at += text[at] == '%' ? std::size_t{2} : std::size_t{1};
      continue;
    }
    ++at;
    if (std::string problem = read_clause(text, at, format.back()); !problem.empty()) return problem;
    format.emplace_back();
  }
  return "";
}

std::string of_double(double value) { return std::isinf(value) ? (value < 0 ? "-Infinity" : "Infinity") : format_double(value); }

/// A double with `precision` digits behind the point, correctly rounded.
std::string rounded(double value, std::chars_format notation, int precision) {
  if (!std::isfinite(value)) return of_double(value);
  std::array<char, 512> buffer{};  // 309 digits, the point and max_precision more
  const auto made = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, notation, precision);
  return {buffer.data(), made.ptr};
}

/// A decimal or whole number with `precision` digits behind the point, half to even, exactly.
std::string exact(const Decimal& value, int precision) {
  const auto shorter = value.scale() > precision ? value.round(precision) : value;
  std::string text = (shorter ? *shorter : value).to_string();
  const std::size_t point = text.find('.');
  const std::size_t digits = point == std::string::npos ? 0 : text.size() - point - 1;
  const auto wanted = static_cast<std::size_t>(precision);
  if (digits < wanted) text += (point == std::string::npos ? "." : "") + std::string(wanted - digits, '0');
  return text;
}

std::string in_base(std::uint64_t value, bool negative, int base, bool capitals) {
  std::array<char, 64> buffer{};
  const auto made = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, base);
  std::string text(buffer.data(), made.ptr);
  for (char& c : text) {
    if (capitals && c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  }
  return negative ? "-" + text : text;
}

std::string hex_of(std::string_view bytes, bool capitals) {
  const std::string_view digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    // The writer refuses what is too long; here it only must not grow without end.
    if (text.size() > max_built_bytes) break;
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4u];
    text += digits[byte & 15u];
  }
  return text;
}

/// Writes one call's text. Undetermined values are collected; the first error is kept.
class Formatter {
 public:
  void text(std::string_view text) {
    if (out_.size() + text.size() > max_built_bytes) {
      fail(text_too_long());
    } else {
      out_ += text;
    }
  }

  void clause(const Clause& clause, const Value& value) {
    if (value.is<Undetermined>()) {
      unknown_ = unknown_ ? merge_undetermined(*unknown_, value) : value;
    } else if (value.is<ErrorValue>()) {
      fail(value);
    } else if (clause.verb == 's') {
      as_text(value);
    } else if (auto made = number(clause, value)) {
      text(*made);
    } else {
      fail(Value::error(std::string("'%") + clause.verb + "' does not take " + show(value)));
    }
  }

  bool failed() const { return error_.has_value(); }
  std::size_t size() const { return out_.size(); }
  Value outcome() && {
    if (unknown_) return *unknown_;
    return error_ ? *error_ : Value::string(std::move(out_));
  }

 private:
  void fail(const Value& error) {
    if (!error_) error_ = error;
  }

  static std::optional<std::string> number(const Clause& clause, const Value& value) {
    switch (clause.verb) {
      case 'd':
        return whole(value);
      case 'f':
      case 'e':
        return with_point(clause, value);
      default:
        return in_digits(clause.verb, value);
    }
  }

  static std::optional<std::string> whole(const Value& value) {
    if (const auto* i = value.get_if<std::int64_t>()) return std::to_string(*i);
    if (const auto* u = value.get_if<std::uint64_t>()) return std::to_string(*u);
    if (const auto* d = value.get_if<double>()) return of_double(*d);
    if (const auto* d = value.get_if<Decimal>()) return d->to_string();
    return std::nullopt;
  }

  static std::optional<std::string> with_point(const Clause& clause, const Value& value) {
    const bool fixed = clause.verb == 'f';
    const auto notation = fixed ? std::chars_format::fixed : std::chars_format::scientific;
    if (const auto* d = value.get_if<double>()) return rounded(*d, notation, clause.precision);
    if (const auto* d = value.get_if<Decimal>(); d != nullptr && fixed) return exact(*d, clause.precision);
    const auto* i = value.get_if<std::int64_t>();
    const auto* u = value.get_if<std::uint64_t>();
    if (i == nullptr && u == nullptr) return std::nullopt;
    if (fixed) return exact(*Decimal::parse(i != nullptr ? std::to_string(*i) : std::to_string(*u)), clause.precision);
    return rounded(i != nullptr ? static_cast<double>(*i) : static_cast<double>(*u), notation, clause.precision);
  }

  static std::optional<std::string> in_digits(char verb, const Value& value) {
    const bool hex = verb == 'x' || verb == 'X';
    const bool capitals = verb == 'X';
    const int base = hex ? 16 : (verb == 'o' ? 8 : 2);
    if (const auto* i = value.get_if<std::int64_t>()) {
      const auto bits = static_cast<std::uint64_t>(*i);
      return in_base(*i < 0 ? std::uint64_t{0} - bits : bits, *i < 0, base, capitals);
    }
    if (const auto* u = value.get_if<std::uint64_t>()) return in_base(*u, false, base, capitals);
    if (const auto* b = value.get_if<bool>(); b != nullptr && verb == 'b') return *b ? "1" : "0";
    if (hex && value.is<StringValue>()) return hex_of(value.text(), capitals);
    if (const auto* b = value.get_if<BytesValue>(); b != nullptr && hex) return hex_of(b->bytes, capitals);
    return std::nullopt;
  }

  void as_text(const Value& value) {
    if (failed()) return;
    if (const auto* list = value.get_if<ListValue>()) return list_text(*list);
    if (const auto* map = value.get_if<MapValue>()) return map_text(*map);
    if (value.is<StringValue>()) return text(value.text());
    if (const auto* opaque = value.get_if<OpaqueValue>(); opaque != nullptr && opaque->data == nullptr) return text(opaque->text);
    if (const auto* bytes = value.get_if<BytesValue>()) {
      return utf8::is_valid(bytes->bytes) ? text(bytes->bytes) : fail(Value::error("the bytes are not valid UTF-8"));
    }
    if (const auto* d = value.get_if<double>()) return text(of_double(*d));
    if (value.is<ObjectValue>() || value.is<OpaqueValue>() || value.is<OptionalValue>()) {
      return fail(Value::error("'%s' does not take a value of type " + value.type()->to_string() + "; take one of its parts"));
    }
    text(show(value));
  }

  void list_text(const ListValue& list) {
    static const Clause any{{}, 's'};
    text("[");
    for (std::size_t i = 0; i < list.size() && !failed(); ++i) {
      if (i > 0) text(", ");
      clause(any, list.at(i));
    }
    text("]");
  }

  /// Entries in the order of their keys as texts.
  void map_text(const MapValue& map) {
    std::vector<std::pair<std::string, Value>> entries;
    for (std::size_t i = 0; i < map.size(); ++i) {
      auto [key, value] = map.at(i);
      entries.emplace_back(key.is<StringValue>() ? std::string(key.text()) : show(key), std::move(value));
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    text("{");
    for (std::size_t i = 0; i < entries.size() && !failed(); ++i) {
      if (i > 0) text(", ");
      text(entries[i].first);
      text(": ");
      clause({{}, 's'}, entries[i].second);
    }
    text("}");
  }

  std::string out_;
  std::optional<Value> unknown_;
  std::optional<Value> error_;
};

Value format(const CallContext& context, const Value* a) {
  const auto& values = a[1].as<ListValue>();
  spend(context, a[0].text().size() / 10);
  Format parsed;
  if (!context.call.prepared) {
    if (const std::string problem = parse_format(a[0].text(), parsed); !problem.empty()) return Value::error(problem);
  }
  const Format& clauses = context.call.prepared ? *static_cast<const Format*>(context.call.prepared.get()) : parsed;
  if (values.size() != clauses.size() - 1) {
    return Value::error("the text has " + std::to_string(clauses.size() - 1) + " places to fill, but there are " +
                        std::to_string(values.size()) + " values");
  }
  Formatter made;
  for (std::size_t i = 0; i < clauses.size() && !made.failed(); ++i) {
    made.text(clauses[i].literal);
    if (clauses[i].verb != 0) made.clause(clauses[i], values.at(i));
  }
  spend(context, values.size() + made.size() / 10);
  return std::move(made).outcome();
}

std::shared_ptr<const void> prepare_format(const std::vector<const Value*>& constants, std::string& problem) {
  if (constants[0] == nullptr || !constants[0]->is<StringValue>()) return nullptr;
  auto parsed = std::make_shared<Format>();
  problem = parse_format(constants[0]->text(), *parsed);
  if (!problem.empty()) return nullptr;
  return parsed;
}

}  // namespace

void add_string_format(FunctionTable& table) {
  const TypeRef s = types::simple(TypeKind::string);
  table.add(Overload{.function = "format",
                     .params = {s, types::list(types::dyn())},
                     .result = s,
                     .run = format,
                     .member = true,
                     .prepare = prepare_format,
                     .work = [](std::span<const std::uint64_t> sizes) {
                       // A text in base 16 is twice as long.
                       const std::uint64_t size = std::min(sizes[0] + 2 * sizes[1] * assumed_size, max_built_bytes);
                       return Work{sizes[0] / 10 + sizes[1] + size / 10, size};
                     }});
}

}  // namespace greenlane::cel
