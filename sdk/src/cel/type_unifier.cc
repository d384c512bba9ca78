#include "cel/type_unifier.h"

namespace greenlane::cel {
namespace {

bool accepts_null(const Type& type) {
  return type.is(TypeKind::object) || type.is(TypeKind::opaque) || type.is(TypeKind::timestamp) ||
         type.is(TypeKind::duration);
}

}  // namespace

TypeRef TypeUnifier::resolve(const TypeRef& type) const {
  TypeRef at = type;
  while (at->is(TypeKind::param)) {
    const auto found = bound_.find(at->name());
    if (found == bound_.end()) break;
    at = found->second;
  }
  return at;
}

bool TypeUnifier::occurs(const std::string& param, const TypeRef& in) const {
  const TypeRef type = resolve(in);
  if (type->is(TypeKind::param)) return type->name() == param;
  for (const TypeRef& part : type->params()) {
    if (occurs(param, part)) return true;
  }
  return false;
}

bool TypeUnifier::bind(const TypeRef& param, const TypeRef& to) {
  if (to->is(TypeKind::param) && to->name() == param->name()) return true;
  if (occurs(param->name(), to)) return false;
  bound_[param->name()] = to;
  trail_.push_back(param->name());
  return true;
}

bool TypeUnifier::assignable(const TypeRef& to, const TypeRef& from) {
  const TypeRef want = resolve(to);
  const TypeRef have = resolve(from);
  if (want->is(TypeKind::param)) return bind(want, have);
  if (have->is(TypeKind::param)) return bind(have, want);
  for (const TypeKind any : {TypeKind::dyn, TypeKind::error}) {
    if (want->is(any) || have->is(any)) return true;
  }
  if (have->is(TypeKind::null) && accepts_null(*want)) return true;
  if (want->kind() != have->kind() || want->fields() != have->fields()) return false;
  // type(x) == int compares types; any two types of types fit each other.
  if (want->is(TypeKind::type)) return true;
  if (want->name() != have->name() || want->params().size() != have->params().size()) return false;
  for (std::size_t i = 0; i < want->params().size(); ++i) {
    if (!assignable(want->params()[i], have->params()[i])) return false;
  }
  return true;
}

bool TypeUnifier::assignable_all(const std::vector<TypeRef>& to, const std::vector<TypeRef>& from) {
  if (to.size() != from.size()) return false;
  const std::size_t before = mark();
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (!assignable(to[i], from[i])) {
      undo(before);
      return false;
    }
  }
  return true;
}

void TypeUnifier::undo(std::size_t mark) {
  for (; trail_.size() > mark; trail_.pop_back()) bound_.erase(trail_.back());
}

TypeRef TypeUnifier::substitute(const TypeRef& type, bool free_to_dyn) const {
  const TypeRef at = resolve(type);
  if (at->is(TypeKind::param)) return free_to_dyn ? types::dyn() : at;
  if (at->params().empty()) return at;
  std::vector<TypeRef> params;
  for (const TypeRef& part : at->params()) params.push_back(substitute(part, free_to_dyn));
  return std::make_shared<Type>(at->kind(), at->name(), std::move(params), at->fields());
}

TypeRef TypeUnifier::fresh_param() { return types::param("#" + std::to_string(next_++)); }

TypeRef TypeUnifier::rename(const TypeRef& type, std::map<std::string, TypeRef>& names) {
  if (type->is(TypeKind::param)) {
    TypeRef& name = names[type->name()];
    if (!name) name = fresh_param();
    return name;
  }
  if (type->params().empty()) return type;
  std::vector<TypeRef> params;
  for (const TypeRef& part : type->params()) params.push_back(rename(part, names));
  return std::make_shared<Type>(type->kind(), type->name(), std::move(params), type->fields());
}

std::vector<TypeRef> TypeUnifier::fresh(const std::vector<TypeRef>& types) {
  std::map<std::string, TypeRef> names;
  std::vector<TypeRef> made;
  for (const TypeRef& type : types) made.push_back(rename(type, names));
  return made;
}

TypeRef TypeUnifier::join(const TypeRef& a, const TypeRef& b) {
  const std::size_t before = mark();
  if (assignable(a, b)) {
    const TypeRef left = resolve(a);
    if (left->is(TypeKind::null) || resolve(b)->is(TypeKind::dyn)) return resolve(b);
    return left;
  }
  undo(before);
  if (assignable(b, a)) return resolve(b);
  undo(before);
  return types::dyn();
}

}  // namespace greenlane::cel
