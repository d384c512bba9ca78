// The syntax tree of an expression, and what the checker adds to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cel/type.h"
#include "cel/value.h"

namespace greenlane::cel {

struct Overload;

enum class ExprKind : unsigned char {
  constant,
  ident,
  select,         ///< args[0].name; `test_only` for has()
  call,           ///< name(args…); `member` when args[0] stood before the dot
  list,           ///< [args…]
  map,            ///< {args[0]: args[1], …}
  message,        ///< name{…}; parsed, not supported by the checker
  comprehension,  ///< fold: args = range, accumulator's start, condition, step, result
};

/// Byte offsets into the source.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// Calls that the evaluator treats itself, since they need not look at all their arguments or take any two.
enum class Form : unsigned char {
  strict_call, logical_and, logical_or, not_strictly_false, conditional, equals, not_equals,
  optional_or,     ///< a.or(b), a.orValue(b)
  optional_index,  ///< a[?b]
};

/// How an identifier is found at run time.
enum class Binding : unsigned char { unresolved, global, local, constant };

struct Expr {
  ExprKind kind = ExprKind::constant;
  Range range;
  bool synthetic = false;  ///< made by a macro, not written by the author
  bool test_only = false;
  bool member = false;
  bool optional = false;  ///< a.?b
  std::uint32_t height = 1;  ///< of the tree below and with this node
  std::string name;       ///< identifier, field, function, or the text of a constant
  Value constant;
  std::vector<std::unique_ptr<Expr>> args;
  std::vector<bool> optional_args;  ///< list and map entries written with '?'
  std::string iter_var, iter_var2, accu_var;  ///< of a comprehension; iter_var2 may be empty

  // Added by the checker.
  TypeRef type;
  Binding binding = Binding::unresolved;
  Form form = Form::strict_call;
  int slot = -1;  ///< of a global, a local, or a field of a struct (-1: look the field up by name)
  std::vector<const Overload*> overloads;         ///< of a call: those that may apply, best first
  std::shared_ptr<const void> prepared;           ///< what the overload made of its constant arguments
};

using ExprPtr = std::unique_ptr<Expr>;

namespace operators {
inline constexpr const char* conditional = "_?_:_";
inline constexpr const char* logical_and = "_&&_";
inline constexpr const char* logical_or = "_||_";
inline constexpr const char* logical_not = "!_";
inline constexpr const char* equals = "_==_";
inline constexpr const char* not_equals = "_!=_";
inline constexpr const char* less = "_<_";
inline constexpr const char* less_equals = "_<=_";
inline constexpr const char* greater = "_>_";
inline constexpr const char* greater_equals = "_>=_";
inline constexpr const char* add = "_+_";
inline constexpr const char* subtract = "_-_";
inline constexpr const char* multiply = "_*_";
inline constexpr const char* divide = "_/_";
inline constexpr const char* modulo = "_%_";
inline constexpr const char* negate = "-_";
inline constexpr const char* index = "_[_]";
inline constexpr const char* optional_index = "_[?_]";
inline constexpr const char* in = "@in";
inline constexpr const char* not_strictly_false = "@not_strictly_false";
}  // namespace operators

}  // namespace greenlane::cel
