// Random documents of a field table as JSON text, most of them valid, and random damage to text.
#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "document/field_table.h"

namespace greenlane::test {

class RandomDocuments {
 public:
  RandomDocuments(const document::FieldTable& table, std::uint32_t seed) : table_(table), random_(seed) {}

  /// A document in which `wrong` of 1000 values are something else than their field wants.
  std::string next(std::uint32_t wrong) {
    wrong_ = wrong;
    out_.clear();
    object(table_.root(), 0);
    return out_;
  }

  /// `text` with a few bytes changed, lost, doubled or put elsewhere.
  std::string damaged(std::string text) {
    for (std::uint32_t count = 1 + below(3); count > 0 && !text.empty(); --count) {
      const std::size_t at = below(static_cast<std::uint32_t>(text.size()));
      const std::size_t length = 1 + below(4);
      switch (below(6)) {
        case 0:
          text[at] = static_cast<char>(below(256));
          break;
        case 1:
          text.erase(at, length);
          break;
        case 2:
          text.insert(at, text.substr(below(static_cast<std::uint32_t>(text.size())), length));
          break;
        case 3:
          text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
          break;
        case 4:
          text.insert(at, one_of({"\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", ",", ":", "null", "-0", "1e2", " ",
                                  "9007199254740992", "0", "\xEF\xBB\xBF", "\xED\xA0\x80", "甲", ".", "\n", "x_"}));
          break;
        default:
          text.insert(at, text.substr(0, below(static_cast<std::uint32_t>(text.size()))));
      }
    }
    return text;
  }

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  bool one_in(std::uint32_t count) { return below(count) == 0; }
  std::string one_of(const std::vector<std::string>& texts) {
    return texts[below(static_cast<std::uint32_t>(texts.size()))];
  }
  std::string digits(std::uint32_t least, std::uint32_t most) {
    std::string text;
    for (std::uint32_t count = least + below(most - least + 1); count > 0; --count)
      text += static_cast<char>('0' + below(10));
    return text;
  }
  void space() {
    if (one_in(20)) out_ += one_of({" ", "\n", "\t", "\r\n", "  "});
  }

  void quoted(std::string_view text) {
    if (!one_in(10)) return json::append_quoted(out_, text);
    out_ += '"';
    for (const char c : text) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x80 && (one_in(3) || byte < 0x20 || c == '"' || c == '\\')) {
        constexpr std::string_view hex = "0123456789abcdef";
        ((out_ += "\\u00") += hex[byte >> 4]) += hex[byte & 15];
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }

  void value(const document::Field& field, int depth) {
    using document::FieldKind;
    if (below(1000) < wrong_) return anything(depth);
    if (one_in(12) && field.name != "format") {
      out_ += "null";
      return;
    }
    switch (field.kind) {
      case FieldKind::object:
        return object(field, depth);
      case FieldKind::array:
        return array(field, depth);
      case FieldKind::boolean:
        out_ += one_of({"true", "false"});
        return;
      case FieldKind::integer:
        out_ += one_of({"0", "1", "7", "99", "12345", "-1", "999999"});
        return;
      case FieldKind::decimal:
        return quoted(one_of({"0", "1.50", digits(1, 24), digits(1, 15) + "." + digits(1, 6), "-0.0", digits(20, 26)}));
      case FieldKind::date:
        return quoted("20" + digits(2, 2) + "-0" + digits(1, 1) + "-" + one_of({"01", "28", "29", "31", digits(2, 2)}));
      case FieldKind::timestamp:
        return quoted("2024-02-29T" + one_of({"00:00:00", "23:59:60", "12:30:15.5"}) + one_of({"Z", "+08:00", "-24:00"}));
      case FieldKind::hs:
        return quoted(digits(4, 12));
      case FieldKind::free:
        return anything(depth);
      case FieldKind::string:
        return string(field);
    }
  }

  void string(const document::Field& field) {
    if (field.name == "format") return quoted(table_.format());
    if (field.name == "direction") return quoted(one_of({"import", "export", "transit"}));
    if (field.name.find("country") != std::string::npos || field.name == "jurisdiction") return quoted(one_of({"CN", "JP"}));
    if (field.name.find("currency") != std::string::npos) return quoted(one_of({"CNY", "USD"}));
    quoted(one_of({"", "A", "CN", "CNY", "甲乙", "\xF0\x9F\x98\x80", "a\"b", "a\\b", digits(1, 3), "0110", "e\xCC\x81"}));
  }

  void array(const document::Field& field, int depth) {
    out_ += '[';
    const std::uint32_t count = below(4);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (i > 0) out_ += ',';
      space();
      if (field.element->kind == document::FieldKind::object) {
        object(*field.element, depth + 1);
      } else {
        value(*field.element, depth + 1);
      }
    }
    out_ += ']';
  }

  void object(const document::Field& field, int depth) {
    std::vector<const document::Field*> members;
    for (const auto& member : field.members) {
      if (member->name == "format" ? !one_in(500) : one_in(6)) members.push_back(member.get());
    }
    std::shuffle(members.begin(), members.end(), random_);
    out_ += '{';
    bool first = true;
    const auto key = [&](std::string_view text) {
      if (!first) out_ += ',';
      first = false;
      space();
      quoted(text);
      space();
      out_ += ':';
      space();
    };
    for (const document::Field* member : members) {
      if (one_in(30)) {
        key(one_of({"x_a", "x_\xF0\x9F\x98\x80", "x_\xEF\xBC\xA1", "x_", "x_b"}));
        anything(depth + 1);
      }
      key(member->name);
      value(*member, depth + 1);
      if (below(2000) < wrong_) {
        key(one_of({member->name, "unknown", member->name + "s", "X_a"}));
        anything(depth + 1);
      }
    }
    space();
    out_ += '}';
  }

  void anything(int depth) {
    switch (below(depth > 8 ? 5 : 7)) {
      case 0:
        out_ += one_of({"null", "true", "false"});
        return;
      case 1:
        out_ += one_of({"0", "-0", "12", "-9007199254740991", "9007199254740991"});
        if (one_in(8)) out_ += one_of({".5", "e1", "0"});
        return;
      case 2:
      case 3:
        return quoted(one_of({"", "x", "甲", "a\nb", "\xF0\x9F\x98\x80", "/"}));
      case 4:
        return json::append_quoted(out_, one_of({"2024-01-01", "12.5", "0307220000", "CN", std::string(300, 'l')}));
      case 5:
        out_ += '[';
        for (std::uint32_t i = 0, count = below(3); i < count; ++i) {
          if (i > 0) out_ += ',';
          anything(depth + 1);
        }
        out_ += ']';
        return;
      default:
        out_ += '{';
        for (std::uint32_t i = 0, count = below(4); i < count; ++i) {
          if (i > 0) out_ += ',';
          quoted(one_of({"a", "b", "c", "d", "e", "", "甲", "\xF0\x9F\x98\x80"}) + one_of({"", "1", "2", "3"}));
          out_ += ':';
          anything(depth + 1);
        }
        out_ += '}';
    }
  }

  const document::FieldTable& table_;
  std::mt19937 random_;
  std::uint32_t wrong_ = 0;
  std::string out_;
};

}  // namespace greenlane::test
