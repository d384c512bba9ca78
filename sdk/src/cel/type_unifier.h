// Type parameters and what stands for them: assignability as in the CEL type system.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cel/type.h"

namespace greenlane::cel {

class TypeUnifier {
 public:
  /// Whether a value of `from` may be used where `to` is wanted; binds type parameters on the way.
  bool assignable(const TypeRef& to, const TypeRef& from);
  /// All of them, or none of them binds anything.
  bool assignable_all(const std::vector<TypeRef>& to, const std::vector<TypeRef>& from);
  /// Everything bound since mark() is unbound by undo(mark).
  std::size_t mark() const noexcept { return trail_.size(); }
  void undo(std::size_t mark);
  /// The type with its parameters replaced; with `free_to_dyn` the unbound ones become dyn.
  TypeRef substitute(const TypeRef& type, bool free_to_dyn = false) const;
  /// A copy of `types` whose parameters are new.
  std::vector<TypeRef> fresh(const std::vector<TypeRef>& types);
  TypeRef fresh_param();
  /// One type for elements of both types: the more general, or dyn.
  TypeRef join(const TypeRef& a, const TypeRef& b);

 private:
  TypeRef resolve(const TypeRef& type) const;
  bool bind(const TypeRef& param, const TypeRef& to);
  bool occurs(const std::string& param, const TypeRef& in) const;
  TypeRef rename(const TypeRef& type, std::map<std::string, TypeRef>& names);

  std::map<std::string, TypeRef> bound_;
  std::vector<std::string> trail_;  ///< what is bound, in the order it was; a copy of bound_ each time would cost its square
  std::size_t next_ = 0;
};

}  // namespace greenlane::cel
