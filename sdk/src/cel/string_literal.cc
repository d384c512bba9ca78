#include "cel/string_literal.h"

#include <cctype>
#include <cstdint>

#include "base/utf8.h"

namespace greenlane::cel {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class LiteralReader {
 public:
  LiteralReader(std::string_view source, std::size_t& at, std::string& decoded, std::string& problem)
      : source_(source), at_(at), out_(decoded), problem_(problem) {}

  LiteralKind read() {
    prefix();
    const char quote = source_[at_];
    const std::string triple(3, quote);
    const bool is_triple = source_.substr(at_).starts_with(triple);
    const std::string_view closing = is_triple ? std::string_view(triple) : source_.substr(at_, 1);
    at_ += closing.size();
    while (problem_.empty()) {
      if (at_ >= source_.size()) {
        problem_ = "a string without its closing quote";
      } else if (source_.substr(at_).starts_with(closing)) {
        at_ += closing.size();
        break;
      } else {
        character(is_triple);
      }
    }
    return kind_;
  }

 private:
  void prefix() {
    for (; source_[at_] != '"' && source_[at_] != '\''; ++at_) {
      if (std::tolower(static_cast<unsigned char>(source_[at_])) == 'r') raw_ = true;
      if (std::tolower(static_cast<unsigned char>(source_[at_])) == 'b') kind_ = LiteralKind::bytes;
    }
  }

  void character(bool is_triple) {
    const char c = source_[at_];
    if ((c == '\n' || c == '\r') && !is_triple) {
      problem_ = "a string without its closing quote on the same line; use three quotes for text over several lines";
      return;
    }
    ++at_;
    if (c == '\\' && !raw_) return escape();
    out_ += c;
  }

  void escape() {
    if (at_ >= source_.size()) return;
    const char c = source_[at_++];
    static constexpr std::string_view from = "abfnrtv\\?\"'`";
    static constexpr std::string_view to = "\a\b\f\n\r\t\v\\?\"'`";
    if (const auto i = from.find(c); i != std::string_view::npos) {
      out_ += to[i];
    } else if (c == 'x' || c == 'X') {
      numeric(2, 16, false);
    } else if (c == 'u') {
      numeric(4, 16, true);
    } else if (c == 'U') {
      numeric(8, 16, true);
    } else if (c >= '0' && c <= '3') {
      --at_;
      numeric(3, 8, false);
    } else {
      problem_ = std::string("\\") + c + " is no escape; write \\\\ for a backslash";
    }
  }

  void numeric(int digits, int base, bool code_point_only) {
    std::uint32_t value = 0;
    for (int i = 0; i < digits; ++i) {
      const int digit = at_ < source_.size() ? hex_value(source_[at_]) : -1;
      if (digit < 0 || digit >= base) {
        problem_ = "an escape with too few digits";
        return;
      }
      ++at_;
      value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
    }
    if (kind_ == LiteralKind::bytes) {
      if (code_point_only) {
        problem_ = "\\u and \\U have no meaning in bytes";
        return;
      }
      out_ += static_cast<char>(value);
    } else if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
      problem_ = "an escape that is no Unicode character";
    } else {
      utf8::append(out_, value);
    }
  }

  std::string_view source_;
  std::size_t& at_;
  std::string& out_;
  std::string& problem_;
  bool raw_ = false;
  LiteralKind kind_ = LiteralKind::string;
};

}  // namespace

LiteralKind read_string_literal(std::string_view source, std::size_t& at, std::string& decoded, std::string& problem) {
  return LiteralReader(source, at, decoded, problem).read();
}

}  // namespace greenlane::cel
