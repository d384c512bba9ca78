#include "cel/names.h"

#include <array>

namespace greenlane::cel {

std::vector<std::string> candidate_names(std::string_view container, std::string_view name) {
  if (name.starts_with('.')) return {std::string(name.substr(1))};
  std::vector<std::string> candidates;
  for (std::string_view scope = container; !scope.empty();) {
    candidates.push_back(std::string(scope) + "." + std::string(name));
    const std::size_t dot = scope.rfind('.');
    scope = dot == std::string_view::npos ? std::string_view{} : scope.substr(0, dot);
  }
  candidates.emplace_back(name);
  return candidates;
}

std::string dotted_name(const Expr& e) {
  if (e.kind == ExprKind::ident) return e.name;
  if (e.kind != ExprKind::select || e.optional || e.test_only) return "";
  std::string operand = dotted_name(*e.args[0]);
  return operand.empty() ? operand : operand + "." + e.name;
}

TypeRef named_type(std::string_view name) {
  static constexpr std::array<TypeKind, 10> simple = {
      TypeKind::null,   TypeKind::boolean, TypeKind::integer,   TypeKind::uinteger, TypeKind::floating,
      TypeKind::string, TypeKind::bytes,   TypeKind::timestamp, TypeKind::duration, TypeKind::dyn};
  for (const TypeKind kind : simple) {
    if (kind != TypeKind::dyn && types::simple(kind)->name() == name) return types::simple(kind);
  }
  if (name == "list") return types::list(types::dyn());
  if (name == "map") return types::map(types::dyn(), types::dyn());
  if (name == "type") return types::type(types::dyn());
  if (name == "optional_type") return types::optional(types::dyn());
  return nullptr;
}

}  // namespace greenlane::cel
