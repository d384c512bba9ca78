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

  ExprPtr node(ExprKind kind, std::string name = {});
  ExprPtr constant(Value value, std::string text = {});
  ExprPtr ident(std::string name) { return node(ExprKind::ident, std::move(name)); }

  template <typename... Args>
  ExprPtr call(std::string function, Args... args) {
    ExprPtr made = node(ExprKind::call, std::move(function));
    (made->args.push_back(std::move(args)), ...);
    return made;
  }

 private:
  Range range_;
  bool synthetic_ = false;
  std::uint32_t nodes_ = 0;
};

}  // namespace greenlane::cel
