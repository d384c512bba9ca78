#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "base/json.h"

namespace greenlane::json {

void append_integer(std::string& out, std::int64_t value) {
  char text[24];
  out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

namespace {

/// UTF-8 bytes as they sort in UTF-16: U+E000 to U+FFFF (lead bytes EE, EF) come after the
/// surrogates that stand for U+10000 and above (lead bytes F0 to F4).
unsigned utf16_rank(char c) noexcept {
  const unsigned byte = static_cast<unsigned char>(c);
  return (byte | 1u) == 0xEFu ? byte + 0x10u : byte;
}

/// ECMAScript Number::toString: the shortest digits that read back as the same double, in plain
/// notation from 1e-6 to below 1e21. JSON has no other numbers, so infinities and NaN become null.
void append_number(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (value == 0) {
    out += '0';
    return;
  }
  char text[32];
  const char* const end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
  const char* const e = std::find(static_cast<const char*>(text), end, 'e');
  int exponent = 0;
  std::from_chars(e + (e[1] == '+' ? 2 : 1), end, exponent);
  char digits[32];
  const char* first = text;
  if (*first == '-') {
    out += '-';
    ++first;
  }
  char* const last = std::remove_copy(first, e, digits, '.');
  const int count = static_cast<int>(last - digits);
  const int point = exponent + 1;  // digits before the decimal point
  if (point > 21 || point < -5) {
    out += digits[0];
    if (count > 1) out.append(".").append(digits + 1, last);
    out += exponent < 0 ? "e-" : "e+";
    append_integer(out, exponent < 0 ? -exponent : exponent);
  } else if (point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits, last);
  } else if (count <= point) {
    out.append(digits, last).append(static_cast<std::size_t>(point - count), '0');
  } else {
    out.append(digits, digits + point).append(".").append(digits + point, last);
  }
}

enum class Style { canonical, compact, pretty };

class Writer {
 public:
  Writer(std::string& out, Style style) noexcept : out_(out), style_(style) {}

  void write(const Value& value) {
    switch (value.kind()) {
      case Kind::null:
        out_ += "null";
        return;
      case Kind::boolean:
        out_ += value.boolean() ? "true" : "false";
        return;
      case Kind::integer:
        append_integer(out_, value.integer());
        return;
      case Kind::number:
        append_number(out_, value.number());
        return;
      case Kind::string:
        append_quoted(out_, value.string());
        return;
      case Kind::array:
        write(value.array());
        return;
      case Kind::object:
        style_ == Style::canonical ? write_sorted(value.object()) : write(value.object());
    }
  }

 private:
  void write(const Array& array) {
    open('[');
    bool first = true;
    for (const Value& value : array) {
      separate(first);
      write(value);
    }
    close(']', first);
  }

  void write(const Object& object) {
    open('{');
    bool first = true;
    for (const Member& member : object) {
      separate(first);
      write(member);
    }
    close('}', first);
  }

  void write_sorted(const Object& object) {
    std::vector<const Member*> members;
    members.reserve(object.size());
    for (const Member& member : object) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const Member* a, const Member* b) { return canonical_less(a->key, b->key); });
    open('{');
    bool first = true;
    for (const Member* member : members) {
      separate(first);
      write(*member);
    }
    close('}', first);
  }

  void write(const Member& member) {
    append_quoted(out_, member.key);
    out_ += style_ == Style::pretty ? ": " : ":";
    write(member.value);
  }

  void open(char bracket) {
    out_ += bracket;
    ++level_;
  }

  void separate(bool& first) {
    if (!first) out_ += ',';
    first = false;
    break_line();
  }

  void close(char bracket, bool empty) {
    --level_;
    if (!empty) break_line();
    out_ += bracket;
  }

  void break_line() {
    if (style_ == Style::pretty) out_.append("\n").append(2 * level_, ' ');
  }

  std::string& out_;
  Style style_;
  std::size_t level_ = 0;
};

std::string written(const Value& value, Style style) {
  std::string out;
  Writer(out, style).write(value);
  return out;
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out += "\\u00";
  out += kHex[byte >> 4];
  out += kHex[byte & 15u];
}

/// Eight bytes of which one, at least, is below 0x20, a quote or a backslash; may err for what follows such a byte.
constexpr std::uint64_t needs_escape(std::uint64_t word) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101ull;
  constexpr std::uint64_t high = 0x8080808080808080ull;
  const auto zero_byte = [](std::uint64_t v) { return (v - ones) & ~v & high; };
  const std::uint64_t control = (word - ones * 0x20) & ~word & high;
  return control | zero_byte(word ^ (ones * '"')) | zero_byte(word ^ (ones * '\\'));
}

/// The first byte from `at` that cannot stand in a string as it is, or the size.
std::size_t first_escaped(std::string_view text, std::size_t at) noexcept {
  for (std::uint64_t word; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (needs_escape(word) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x20 && text[at] != '"' && text[at] != '\\') ++at;
  return at;
}

}  // namespace

bool canonical_less(std::string_view a, std::string_view b) noexcept {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (y == b.end()) return false;
  return x == a.end() || utf16_rank(*x) < utf16_rank(*y);
}

std::string canonical(const Value& value) { return written(value, Style::canonical); }
std::string compact(const Value& value) { return written(value, Style::compact); }
std::string pretty(const Value& value) { return written(value, Style::pretty); }

bool is_plain(std::string_view text) noexcept { return first_escaped(text, 0) == text.size(); }

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t plain = 0;;) {
    const std::size_t end = first_escaped(text, plain);
    out.append(text, plain, end - plain);
    if (end == text.size()) break;
    append_escape(out, text[end]);
    plain = end + 1;
  }
  out += '"';
}

}  // namespace greenlane::json
