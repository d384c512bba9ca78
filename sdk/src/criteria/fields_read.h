// Which fields of a document the criteria of a pack look at.
#pragma once

#include <unordered_map>

#include "cel/ast.h"
#include "criteria/compiled_pack.h"
#include "document/projection.h"

namespace greenlane::criteria {

/// Adds what expressions and places look at to a projection.
class FieldsRead {
 public:
  FieldsRead(const DocumentBinding& binding, document::Projection& projection) : binding_(binding), projection_(projection) {}

  void add(const CompiledCriterion& criterion, const EachPath& each);

 private:
  /// `taken_apart`: whoever uses the value looks at members or elements of it only.
  void add(const cel::Expr& e, bool taken_apart);
  void add(const PlacePath& place, const EachPath& each);

  const DocumentBinding& binding_;
  document::Projection& projection_;
};

}  // namespace greenlane::criteria
