// Makes nodes of the syntax tree, and keeps count of how many.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cel/ast.h"

namespace greenlane::cel {

class NodeBuilder {
 public:
  /// Nodes made from here on carry `range`.
  void at(Range range, bool synthetic) {
    range_ = range;
    synthetic_ = synthetic;
  }
  std::uint32_t nodes() const noexcept { return nodes_; }
  /// Height of the tallest tree made so far.
  std::uint32_t tallest() const noexcept { return tallest_; }

  ExprPtr node(ExprKind kind, std::string name = {});
  ExprPtr constant(Value value, std::string text = {});
  ExprPtr ident(std::string name) { return node(ExprKind::ident, std::move(name)); }

  /// Makes `child` the next argument of `parent`.
  void attach(Expr& parent, ExprPtr child);

  template <typename... Args>
  ExprPtr call(std::string function, Args... args) {
    ExprPtr made = node(ExprKind::call, std::move(function));
    (attach(*made, std::move(args)), ...);
    return made;
  }

 private:
  Range range_;
  bool synthetic_ = false;
  std::uint32_t nodes_ = 0;
  std::uint32_t tallest_ = 0;
};

}  // namespace greenlane::cel
