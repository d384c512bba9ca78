#include "cel/parser.h"

#include <array>
#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "cel/lexer.h"
#include "cel/macros.h"
#include "cel/names.h"
#include "cel/node_builder.h"

namespace greenlane::cel {
namespace {

struct BinaryOperator {
  std::string_view symbol;
  const char* function;
};

constexpr std::array<BinaryOperator, 7> relations = {{{"in", operators::in},
                                                      {"==", operators::equals},
                                                      {"!=", operators::not_equals},
                                                      {"<=", operators::less_equals},
                                                      {"<", operators::less},
                                                      {">=", operators::greater_equals},
                                                      {">", operators::greater}}};
constexpr std::array<BinaryOperator, 2> additions = {{{"+", operators::add}, {"-", operators::subtract}}};
constexpr std::array<BinaryOperator, 3> products = {
    {{"*", operators::multiply}, {"/", operators::divide}, {"%", operators::modulo}}};

class Parser {
 public:
  Parser(std::vector<Token> tokens, std::vector<Issue>& issues, const ParseOptions& options)
      : tokens_(std::move(tokens)), issues_(issues), options_(options) {}

  ExprPtr run() {
    ExprPtr made = expression();
    if (ok() && peek().kind != TokenKind::end) fail("expected an operator or the end, found " + found() + word_hint());
    return ok() ? std::move(made) : nullptr;
  }

 private:
  bool ok() const { return issues_.empty(); }
  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  Token take() { return at_ + 1 < tokens_.size() ? tokens_[at_++] : tokens_.back(); }
  bool sees(std::string_view symbol) const { return peek().kind == TokenKind::symbol && peek().text == symbol; }
  bool accept(std::string_view symbol) {
    if (!sees(symbol)) return false;
    ++at_;
    return true;
  }
  bool expect(std::string_view symbol) {
    if (accept(symbol)) return true;
    fail("expected '" + std::string(symbol) + "', found " + found());
    return false;
  }
  std::string found() const {
    if (peek().kind == TokenKind::end) return "the end of the expression";
    if (peek().kind == TokenKind::reserved) return "the reserved word '" + peek().text + "'";
    if (peek().kind == TokenKind::string_literal) return "a string";
    return "'" + peek().text + "'";
  }
  /// Words that people write for the language's signs.
  std::string word_hint() const {
    const std::string& word = peek().text;
    if (word == "and" || word == "AND") return "; write && for and";
    if (word == "or" || word == "OR") return "; write || for or";
    return "";
  }
  ExprPtr fail(std::string message) {
    if (ok()) issues_.push_back({peek().range, std::move(message)});
    return make_.node(ExprKind::constant);
  }
  /// Nodes made next stand for the text from `begin` to the last token taken.
  void from(std::uint32_t begin) {
    const std::uint32_t end = at_ > 0 ? tokens_[at_ - 1].range.end : begin;
    make_.at({begin, std::max(begin, end)}, false);
    if (make_.nodes() > options_.max_nodes) {
      fail("the expression has more than " + std::to_string(options_.max_nodes) + " parts");
    }
    if (make_.tallest() > options_.max_height) {
      fail("the expression nests deeper than " + std::to_string(options_.max_height) + " levels");
    }
  }
  std::uint32_t here() const { return peek().range.begin; }
  void attach_all(Expr& parent, std::vector<ExprPtr>& children) {
    for (ExprPtr& child : children) make_.attach(parent, std::move(child));
  }

  ExprPtr expression() {
    if (++depth_ > options_.max_depth) {
      return fail("brackets nest deeper than " + std::to_string(options_.max_depth) + " levels");
    }
    const std::uint32_t begin = here();
    ExprPtr made = logical(operators::logical_or, "||");
    if (ok() && accept("?")) {
      ExprPtr then = logical(operators::logical_or, "||");
      if (ok() && expect(":")) {
        ExprPtr otherwise = expression();
        from(begin);
        made = make_.call(operators::conditional, std::move(made), std::move(then), std::move(otherwise));
      }
    }
    from(begin);
    --depth_;
    return made;
  }

  /// A chain of && or of || becomes a balanced tree, so that a thousand terms do not nest a thousand deep.
  ExprPtr logical(const char* function, std::string_view symbol) {
    const bool is_or = symbol == "||";
    std::vector<Term> terms;
    do {
      const std::uint32_t begin = here();
      ExprPtr term = is_or ? logical(operators::logical_and, "&&") : relation();
      terms.push_back({std::move(term), {begin, at_ > 0 ? tokens_[at_ - 1].range.end : begin}});
    } while (ok() && accept(symbol));
    return balance(function, terms, 0, terms.size());
  }

  /// A term of a chain with its text, brackets included.
  struct Term {
    ExprPtr expr;
    Range text;
  };

  ExprPtr balance(const char* function, std::vector<Term>& terms, std::size_t begin, std::size_t end) {
    if (end - begin == 1) return std::move(terms[begin].expr);
    const std::size_t middle = (begin + end + 1) / 2;
    ExprPtr left = balance(function, terms, begin, middle);
    ExprPtr right = balance(function, terms, middle, end);
    make_.at({terms[begin].text.begin, terms[end - 1].text.end}, false);
    return make_.call(function, std::move(left), std::move(right));
  }

  template <std::size_t N>
  const BinaryOperator* operator_here(const std::array<BinaryOperator, N>& table) const {
    if (peek().kind != TokenKind::symbol && peek().kind != TokenKind::keyword_in) return nullptr;
    for (const BinaryOperator& candidate : table) {
      if (peek().text == candidate.symbol) return &candidate;
    }
    return nullptr;
  }

  template <std::size_t N, typename Operand>
  ExprPtr chain(const std::array<BinaryOperator, N>& table, Operand operand) {
    const std::uint32_t begin = here();
    ExprPtr made = operand();
    std::uint32_t links = 0;
    while (ok()) {
      const BinaryOperator* matched = operator_here(table);
      if (matched == nullptr) break;
      if (++links > options_.max_depth) {
        return fail("more than " + std::to_string(options_.max_depth) + " operators in a row; use brackets or a list");
      }
      ++at_;
      ExprPtr right = operand();
      from(begin);
      made = make_.call(matched->function, std::move(made), std::move(right));
    }
    return made;
  }

  ExprPtr relation() {
    return chain(relations, [this] { return addition(); });
  }
  ExprPtr addition() {
    return chain(additions, [this] { return product(); });
  }
  ExprPtr product() {
    return chain(products, [this] { return unary(); });
  }

  ExprPtr unary() {
    const std::uint32_t begin = here();
    if (sees("!")) return prefixed("!", operators::logical_not, begin);
    if (!sees("-")) return member();
    const TokenKind next = peek(1).kind;
    if (next == TokenKind::int_literal || next == TokenKind::double_literal) return member();
    return prefixed("-", operators::negate, begin);
  }

  ExprPtr prefixed(std::string_view symbol, const char* function, std::uint32_t begin) {
    bool odd = false;
    std::uint32_t count = 0;
    // "-5" keeps its sign: the smallest int has no positive counterpart.
    while (sees(symbol) && !(symbol == "-" && peek(1).kind == TokenKind::int_literal)) {
      ++at_;
      odd = !odd;
      if (++count > options_.max_depth) return fail("too many signs in a row");
    }
    ExprPtr made = member();
    from(begin);
    return odd ? make_.call(function, std::move(made)) : std::move(made);
  }

  ExprPtr member() {
    const std::uint32_t begin = here();
    ExprPtr made = primary();
    std::uint32_t links = 0;
    while (ok()) {
      if (++links > options_.max_depth) return fail("more than " + std::to_string(options_.max_depth) + " fields in a row");
      if (sees(".") || sees(".?")) {
        made = field_or_call(std::move(made), begin);
      } else if (sees("[") || sees("[?")) {
        const bool optional = take().text == "[?";
        ExprPtr index = expression();
        expect("]");
        from(begin);
        made = make_.call(optional ? operators::optional_index : operators::index, std::move(made), std::move(index));
      } else if (sees("{") && !dotted_name(*made).empty()) {
        made = message(dotted_name(*made), begin);
      } else {
        break;
      }
    }
    return made;
  }

  ExprPtr field_or_call(ExprPtr target, std::uint32_t begin) {
    const bool optional = take().text == ".?";
    const Token name = peek();
    const bool reserved_field = name.kind == TokenKind::reserved;
    if (name.kind != TokenKind::identifier && name.kind != TokenKind::quoted_identifier && !reserved_field) {
      return fail("expected a field name after the dot, found " + found());
    }
    ++at_;
    if (!optional && name.kind != TokenKind::quoted_identifier && sees("(")) return call(name.text, std::move(target), begin);
    from(begin);
    ExprPtr made = make_.node(ExprKind::select, name.text);
    made->optional = optional;
    make_.attach(*made, std::move(target));
    return made;
  }

  ExprPtr call(std::string name, ExprPtr target, std::uint32_t begin) {
    expect("(");
    std::vector<ExprPtr> args;
    if (target) args.push_back(std::move(target));
    const bool is_member = !args.empty();
    while (ok() && !sees(")")) {
      args.push_back(expression());
      if (!accept(",")) break;
      if (sees(")")) return fail("expected another argument after the comma, found ')'");
    }
    expect(")");
    from(begin);
    ExprPtr made = make_.node(ExprKind::call, std::move(name));
    made->member = is_member;
    attach_all(*made, args);
    if (!ok() || !options_.macros) return made;
    return expand_macro(std::move(made), make_, issues_);
  }

  ExprPtr primary() {
    const std::uint32_t begin = here();
    if (accept("(")) {
      ExprPtr made = expression();
      expect(")");
      return made;
    }
    if (sees("[") || sees("[?")) return list(begin);
    if (accept("{")) return map(begin);
    if (sees(".") || peek().kind == TokenKind::identifier) return name(begin);
    return literal(begin);
  }

  ExprPtr name(std::uint32_t begin) {
    std::string text = accept(".") ? "." : "";
    if (peek().kind != TokenKind::identifier) return fail("expected a name, found " + found());
    text += take().text;
    if (sees("(")) return call(std::move(text), nullptr, begin);
    from(begin);
    return make_.ident(std::move(text));
  }

  ExprPtr list(std::uint32_t begin) {
    std::vector<ExprPtr> args;
    std::vector<bool> optional;
    bool is_optional = take().text == "[?";
    while (ok() && !sees("]")) {
      if (accept("?")) is_optional = true;
      optional.push_back(is_optional);
      args.push_back(expression());
      is_optional = false;
      if (!accept(",")) break;
    }
    expect("]");
    from(begin);
    ExprPtr made = make_.node(ExprKind::list);
    attach_all(*made, args);
    made->optional_args = std::move(optional);
    return made;
  }

  ExprPtr map(std::uint32_t begin) {
    std::vector<ExprPtr> args;
    std::vector<bool> optional;
    while (ok() && !sees("}")) {
      optional.push_back(accept("?"));
      args.push_back(expression());
      if (!expect(":")) break;
      args.push_back(expression());
      if (!accept(",")) break;
    }
    expect("}");
    from(begin);
    ExprPtr made = make_.node(ExprKind::map);
    attach_all(*made, args);
    made->optional_args = std::move(optional);
    return made;
  }

  ExprPtr message(std::string type_name, std::uint32_t begin) {
    ++at_;
    std::vector<ExprPtr> args;
    while (ok() && !sees("}")) {
      accept("?");
      if (peek().kind != TokenKind::identifier && peek().kind != TokenKind::quoted_identifier) {
        return fail("expected a field name, found " + found());
      }
      ++at_;
      if (!expect(":")) break;
      args.push_back(expression());
      if (!accept(",")) break;
    }
    expect("}");
    from(begin);
    ExprPtr made = make_.node(ExprKind::message, std::move(type_name));
    attach_all(*made, args);
    return made;
  }

  ExprPtr literal(std::uint32_t begin) {
    const bool negative = accept("-");
    const Token token = take();
    from(begin);
    switch (token.kind) {
      case TokenKind::int_literal:
        return int_literal(token.text, negative);
      case TokenKind::uint_literal:
        return uint_literal(token.text);
      case TokenKind::double_literal: {
        const std::string text = (negative ? "-" : "") + token.text;
        return make_.constant(Value(double_value(text)), text);
      }
      case TokenKind::string_literal:
        return make_.constant(Value::string(token.text), token.text);
      case TokenKind::bytes_literal:
        return make_.constant(Value::bytes(token.text));
      case TokenKind::keyword_true:
      case TokenKind::keyword_false:
        return make_.constant(Value(token.kind == TokenKind::keyword_true));
      case TokenKind::keyword_null:
        return make_.constant(Value(Null{}));
      default:
        if (at_ > 0 && token.kind != TokenKind::end) --at_;
        return fail("expected a value, found " + found());
    }
  }

  static double double_value(const std::string& text) {
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem == std::errc::result_out_of_range) {
      const bool tiny = text.find("e-") != std::string::npos || text.find("E-") != std::string::npos;
      value = tiny ? 0 : std::numeric_limits<double>::infinity();
      return text.starts_with('-') ? -value : value;
    }
    return value;
  }

  static std::optional<std::uint64_t> magnitude(const std::string& text) {
    const bool hex = text.size() > 1 && (text[1] == 'x' || text[1] == 'X');
    const std::string digits = hex ? text.substr(2) : text;
    if (digits.empty()) return std::nullopt;
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
    if (parsed.ec != std::errc{}) return std::nullopt;
    return value;
  }

  ExprPtr int_literal(const std::string& text, bool negative) {
    constexpr auto largest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const auto value = magnitude(text);
    if (!value || *value > largest + (negative ? 1 : 0)) return fail_before("the integer " + text + " does not fit 64 bits");
    const auto bits = negative ? std::uint64_t{0} - *value : *value;
    return make_.constant(Value(static_cast<std::int64_t>(bits)), (negative ? "-" : "") + text);
  }

  ExprPtr uint_literal(const std::string& text) {
    const auto value = magnitude(text);
    if (!value) return fail_before("the integer " + text + "u does not fit 64 bits");
    return make_.constant(Value(*value), text);
  }

  /// Fails at the token that was taken last.
  ExprPtr fail_before(std::string message) {
    --at_;
    return fail(std::move(message));
  }

  std::vector<Token> tokens_;
  std::vector<Issue>& issues_;
  const ParseOptions& options_;
  NodeBuilder make_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
};

}  // namespace

ExprPtr parse(std::string_view source, std::vector<Issue>& issues, const ParseOptions& options) {
  if (source.size() > options.max_bytes) {
    issues.push_back({{}, "the expression is longer than " + std::to_string(options.max_bytes) + " bytes"});
    return nullptr;
  }
  std::vector<Token> tokens = tokenize(source, issues);
  if (!issues.empty()) return nullptr;
  return Parser(std::move(tokens), issues, options).run();
}

}  // namespace greenlane::cel
