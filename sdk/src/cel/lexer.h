// Tokens of the expression language (cel-spec, "Syntax").
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/source.h"

namespace greenlane::cel {

enum class TokenKind : unsigned char {
  end,
  identifier,
  quoted_identifier,  ///< `a-b`, only after a dot
  reserved,           ///< a word kept for later, such as "while"
  keyword_in,
  keyword_true,
  keyword_false,
  keyword_null,
  int_literal,   ///< text without sign: "12", "0x1F"
  uint_literal,  ///< text without the u
  double_literal,
  string_literal,  ///< text decoded to UTF-8
  bytes_literal,   ///< text decoded to bytes
  symbol,          ///< an operator or bracket, as written
};

struct Token {
  TokenKind kind = TokenKind::end;
  Range range;
  std::string text;
};

/// All tokens of `source` with one `end` behind them; on a mistake, what stands before it and the issue.
std::vector<Token> tokenize(std::string_view source, std::vector<Issue>& issues);

}  // namespace greenlane::cel
