#include "cel/type.h"

#include <array>

namespace greenlane::cel {

int StructType::slot(std::string_view field) const noexcept {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return static_cast<int>(i);
  }
  return -1;
}

std::string Type::to_string() const {
  if (kind_ == TypeKind::timestamp) return "timestamp";
  if (kind_ == TypeKind::duration) return "duration";
  if (kind_ == TypeKind::param) return "any";
  std::string out = name_;
  if (params_.empty()) return out;
  out += '<';
  for (std::size_t i = 0; i < params_.size(); ++i) {
    if (i > 0) out += ", ";
    out += params_[i]->to_string();
  }
  return out + '>';
}

bool operator==(const Type& a, const Type& b) noexcept {
  if (a.kind() != b.kind() || a.fields() != b.fields() || a.params().size() != b.params().size()) return false;
  if (a.name() != b.name()) return false;
  for (std::size_t i = 0; i < a.params().size(); ++i) {
    if (!(*a.params()[i] == *b.params()[i])) return false;
  }
  return true;
}

namespace types {
namespace {

constexpr std::array<const char*, 13> simple_names = {"dyn",    "error", "null_type", "bool",     "int",     "uint", "double",
                                                      "string", "bytes", "timestamp", "duration", "decimal", "date"};

std::string_view name_of(TypeKind kind) {
  if (kind == TypeKind::timestamp) return "google.protobuf.Timestamp";
  if (kind == TypeKind::duration) return "google.protobuf.Duration";
  return simple_names[static_cast<std::size_t>(kind)];
}

}  // namespace

TypeRef simple(TypeKind kind) {
  // Leaked on purpose: a library has no static with a destructor.
  static const auto& all = *[] {
    auto* made = new std::array<TypeRef, simple_names.size()>;
    for (std::size_t i = 0; i < made->size(); ++i) {
      const auto k = static_cast<TypeKind>(i);
      (*made)[i] = std::make_shared<Type>(k, std::string(name_of(k)));
    }
    return made;
  }();
  return all[static_cast<std::size_t>(kind)];
}

TypeRef dyn() { return simple(TypeKind::dyn); }
TypeRef list(TypeRef element) {
  return std::make_shared<Type>(TypeKind::list, "list", std::vector<TypeRef>{std::move(element)});
}
TypeRef map(TypeRef key, TypeRef value) {
  return std::make_shared<Type>(TypeKind::map, "map", std::vector<TypeRef>{std::move(key), std::move(value)});
}
TypeRef type(TypeRef of) {
  return std::make_shared<Type>(TypeKind::type, "type", std::vector<TypeRef>{std::move(of)});
}
TypeRef param(std::string name) { return std::make_shared<Type>(TypeKind::param, std::move(name)); }
TypeRef object(const StructType& fields) {
  return std::make_shared<Type>(TypeKind::object, fields.name, std::vector<TypeRef>{}, &fields);
}
TypeRef opaque(std::string name, std::vector<TypeRef> params) {
  return std::make_shared<Type>(TypeKind::opaque, std::move(name), std::move(params));
}
TypeRef optional(TypeRef value) { return opaque("optional_type", {std::move(value)}); }

}  // namespace types
}  // namespace greenlane::cel
