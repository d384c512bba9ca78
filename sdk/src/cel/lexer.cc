#include "cel/lexer.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>

#include "cel/string_literal.h"

namespace greenlane::cel {
namespace {

constexpr std::array<std::string_view, 17> reserved_words = {
    "as", "break", "const", "continue", "else", "for",     "function", "if",   "import",
    "let", "loop", "package", "namespace", "return", "var", "void",     "while"};

constexpr std::array<std::string_view, 8> long_symbols = {"==", "!=", "<=", ">=", "&&", "||", ".?", "[?"};

bool is_word_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return is_word_start(c) || is_digit(c); }

class Lexer {
 public:
  Lexer(std::string_view source, std::vector<Issue>& issues) : source_(source), issues_(issues) {}

  std::vector<Token> run() {
    while (issues_.empty()) {
      skip_blank();
      begin_ = at_;
      if (at_ >= source_.size()) break;
      next();
    }
    begin_ = at_;
    push(TokenKind::end, "");
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

  void push(TokenKind kind, std::string text) {
    tokens_.push_back({kind, {static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(at_)}, std::move(text)});
  }

  void fail(std::string message) {
    issues_.push_back({{static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(at_)}, std::move(message)});
  }

  void skip_blank() {
    while (at_ < source_.size()) {
      if (std::strchr(" \t\r\n\f", source_[at_]) != nullptr && source_[at_] != '\0') {
        ++at_;
      } else if (peek() == '/' && peek(1) == '/') {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else {
        return;
      }
    }
  }

  void next() {
    if (starts_string()) return string();
    if (is_word_start(peek())) return word();
    if (is_digit(peek()) || (peek() == '.' && is_digit(peek(1)))) return number();
    if (peek() == '`') return quoted_identifier();
    symbol();
  }

  /// Length of a string prefix (r, b, rb, br in any case) that a quote follows.
  bool starts_string() const {
    std::size_t i = 0;
    while (i < 2 && peek(i) != '\0' && std::strchr("rRbB", peek(i)) != nullptr) ++i;
    if (i == 2 && std::tolower(peek(0)) == std::tolower(peek(1))) return false;
    return peek(i) == '"' || peek(i) == '\'';
  }

  void string() {
    std::string decoded;
    std::string problem;
    const auto kind = read_string_literal(source_, at_, decoded, problem);
    if (!problem.empty()) return fail(problem);
    push(kind == LiteralKind::bytes ? TokenKind::bytes_literal : TokenKind::string_literal, std::move(decoded));
  }

  void word() {
    while (is_word(peek())) ++at_;
    std::string text(source_.substr(begin_, at_ - begin_));
    TokenKind kind = TokenKind::identifier;
    if (text == "in") kind = TokenKind::keyword_in;
    if (text == "true") kind = TokenKind::keyword_true;
    if (text == "false") kind = TokenKind::keyword_false;
    if (text == "null") kind = TokenKind::keyword_null;
    if (std::find(reserved_words.begin(), reserved_words.end(), text) != reserved_words.end()) kind = TokenKind::reserved;
    push(kind, std::move(text));
  }

  void digits() {
    while (is_digit(peek())) ++at_;
  }

  void number() {
    TokenKind kind = TokenKind::int_literal;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at_ += 2;
      while (std::isxdigit(static_cast<unsigned char>(peek())) != 0) ++at_;
    } else {
      digits();
      if (peek() == '.' && is_digit(peek(1))) {
        kind = TokenKind::double_literal;
        ++at_;
        digits();
      }
      const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
      if ((peek() == 'e' || peek() == 'E') && is_digit(peek(1 + sign))) {
        kind = TokenKind::double_literal;
        at_ += 1 + sign;
        digits();
      }
    }
    std::string text(source_.substr(begin_, at_ - begin_));
    if (kind == TokenKind::int_literal && (peek() == 'u' || peek() == 'U')) {
      kind = TokenKind::uint_literal;
      ++at_;
    }
    if (is_word(peek())) {
      ++at_;
      return fail("a number runs into a letter; put a blank or an operator between them");
    }
    push(kind, std::move(text));
  }

  void quoted_identifier() {
    const std::size_t close = source_.find('`', at_ + 1);
    if (close == std::string_view::npos) return fail("a back quote without its partner");
    std::string text(source_.substr(at_ + 1, close - at_ - 1));
    at_ = close + 1;
    const bool allowed = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
      return is_word(c) || c == '.' || c == '-' || c == '/' || c == ' ';
    });
    if (!allowed) return fail("a quoted field name may hold letters, digits, '_', '.', '-', '/' and blanks");
    push(TokenKind::quoted_identifier, std::move(text));
  }

  void symbol() {
    const std::string_view rest = source_.substr(at_);
    for (const std::string_view symbol : long_symbols) {
      if (rest.starts_with(symbol)) {
        at_ += symbol.size();
        return push(TokenKind::symbol, std::string(symbol));
      }
    }
    const char c = peek();
    ++at_;
    if (std::strchr("()[]{}.,:?+-*/%!<>", c) != nullptr && c != '\0') return push(TokenKind::symbol, std::string(1, c));
    if (c == '=') return fail("'=' is no operator; compare with '=='");
    if (c == '&' || c == '|') return fail(std::string("'") + c + "' is no operator; write it twice");
    while (at_ < source_.size() && (static_cast<unsigned char>(peek()) & 0xC0u) == 0x80u) ++at_;
    fail("the character '" + std::string(source_.substr(begin_, at_ - begin_)) + "' has no meaning here");
  }

  std::string_view source_;
  std::vector<Issue>& issues_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source, std::vector<Issue>& issues) {
  return Lexer(source, issues).run();
}

}  // namespace greenlane::cel
