#include "criteria/fields_read.h"

#include "criteria/facts.h"

namespace greenlane::criteria {

using cel::Expr;
using cel::ExprKind;
using document::Field;

void FieldsRead::add(const CompiledCriterion& criterion, const EachPath& each) {
  for (const Field* array : each.arrays) projection_.add(*array);
  add(criterion.when.root(), false);
  for (const MessageTemplate* message : {&criterion.message_en, &criterion.message_zh}) {
    for (const MessageValue& value : message->values) add(value.expression.root(), false);
  }
  for (const PlacePath& place : criterion.at) add(place, each);
}

void FieldsRead::add(const PlacePath& place, const EachPath& each) {
  if (!place.members.empty()) {
    projection_.add(*place.members.back());
  } else if (place.variable >= first_element_variable) {
    projection_.add(*each.arrays[place.variable - first_element_variable]);
  }
}

void FieldsRead::add(const Expr& e, bool taken_apart) {
  const cel::StructType* of = e.type && e.type->is(cel::TypeKind::object) ? e.type->fields() : nullptr;
  if (of != nullptr && !taken_apart && (e.kind == ExprKind::ident || e.kind == ExprKind::select)) {
    if (const Field* whole = binding_.field_of(*of)) projection_.add_all(*whole);
  }
  if (e.kind == ExprKind::select) {
    const cel::TypeRef& owner = e.args[0]->type;
    const Field* field = owner && owner->is(cel::TypeKind::object) ? binding_.field_of(*owner->fields()) : nullptr;
    if (field != nullptr && e.slot >= 0) {
      const Field& member = *field->members[static_cast<std::size_t>(e.slot)];
      projection_.add(member);
      if (!taken_apart && !e.test_only && member.kind == document::FieldKind::array) projection_.add_all(member);
    }
  }
  for (std::size_t i = 0; i < e.args.size(); ++i) {
    add(*e.args[i], e.kind == ExprKind::select || (e.kind == ExprKind::comprehension && i == 0));
  }
}

}  // namespace greenlane::criteria
