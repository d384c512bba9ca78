// The types of the expression language (cel-spec, "Values"), and struct types that a host describes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace greenlane::cel {

enum class TypeKind : unsigned char {
  dyn,
  error,  ///< of an expression that did not check; fits anywhere, so that one mistake gives one message
  null,
  boolean,
  integer,
  uinteger,
  floating,
  string,
  bytes,
  timestamp,
  duration,
  decimal,
  date,
  list,
  map,
  type,
  param,    ///< a type parameter: `A` in list(A)
  object,   ///< a struct that the host declared
  opaque,   ///< a named type of the host, possibly with parameters
};

class Type;
using TypeRef = std::shared_ptr<const Type>;

/// A field of a struct type.
struct StructField {
  std::string name;
  TypeRef type;
  std::size_t max_size = 0;  ///< bound of a list's elements or a text's characters, 0 = none known; used for worst-case cost
};

/// A struct type: fields by slot. The host owns it and keeps it alive as long as any expression.
struct StructType {
  std::string name;
  std::vector<StructField> fields;  ///< index = slot

  /// Slot of a field, or -1.
  int slot(std::string_view field) const noexcept;
};

class Type {
 public:
  Type(TypeKind kind, std::string name, std::vector<TypeRef> params = {}, const StructType* fields = nullptr)
      : kind_(kind), name_(std::move(name)), params_(std::move(params)), fields_(fields) {}

  TypeKind kind() const noexcept { return kind_; }
  /// "int", "list", a parameter's, a struct's or an opaque type's name.
  const std::string& name() const noexcept { return name_; }
  const std::vector<TypeRef>& params() const noexcept { return params_; }
  const StructType* fields() const noexcept { return fields_; }
  bool is(TypeKind kind) const noexcept { return kind_ == kind; }
  /// "map<string, list<int>>"
  std::string to_string() const;

 private:
  TypeKind kind_;
  std::string name_;
  std::vector<TypeRef> params_;
  const StructType* fields_;
};

bool operator==(const Type& a, const Type& b) noexcept;

namespace types {
TypeRef simple(TypeKind kind);  ///< any kind without parameters and name of its own
TypeRef dyn();
TypeRef list(TypeRef element);
TypeRef map(TypeRef key, TypeRef value);
TypeRef type(TypeRef of);
TypeRef param(std::string name);
TypeRef object(const StructType& fields);
TypeRef opaque(std::string name, std::vector<TypeRef> params = {});
TypeRef optional(TypeRef value);
}  // namespace types

}  // namespace greenlane::cel
