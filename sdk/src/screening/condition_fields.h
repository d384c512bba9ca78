// Which fields of a document a condition reads, and which of them it holds against each other.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "cel/expression.h"
#include "criteria/compiled_pack.h"

namespace greenlane::screening {

/// A field that a condition reads: a variable that stands for a node, and the fields from there; a field without a
/// name stands for every element of the array before it.
struct FieldUse {
  std::size_t variable = 0;
  std::vector<const document::Field*> path;
  std::vector<std::size_t> against;  ///< uses that a comparison says it contradicts
};

/// `document.type == code` for the elements of an array.
struct TypeTest {
  const document::Field* array = nullptr;
  const cel::Expr* code = nullptr;  ///< without local variables
};

struct ConditionFields {
  std::vector<FieldUse> uses;
  std::vector<TypeTest> type_tests;
};

/// What `part` of the criterion's condition reads, which lies in no quantifier.
ConditionFields fields_of(const criteria::CompiledPack& pack, const criteria::CompiledCriterion& criterion, const cel::Expr& part);

/// Whether the value of `part` comes from what was declared: not from constants, look-ups and the as-of date alone, nor
/// from the variable `row_slot`.
bool is_declared_value(const cel::Expr& part, std::size_t row_slot);

}  // namespace greenlane::screening
