#include "cel/library.h"

namespace greenlane::cel {

void add_standard_library(FunctionTable& table) {
  add_logic(table);
  add_comparisons(table);
  add_arithmetic(table);
  add_collections(table);
  add_strings(table);
  add_conversions(table);
  add_times(table);
}

void add_extension_libraries(FunctionTable& table) {
  add_string_extensions(table);
  add_string_format(table);
  add_math_library(table);
  add_encoders(table);
  add_optionals(table);
}

void add_logic(FunctionTable& table) {
  Declare declare(table);
  const TypeRef boolean = types::simple(TypeKind::boolean);
  const TypeRef any = types::param("A");
  // The evaluator treats these itself; here they only have types.
  declare.function(operators::logical_and, {boolean, boolean}, boolean, nullptr);
  declare.function(operators::logical_or, {boolean, boolean}, boolean, nullptr);
  declare.function(operators::not_strictly_false, {boolean}, boolean, nullptr);
  declare.function(operators::conditional, {boolean, any, any}, any, nullptr);
  declare.function(operators::logical_not, {boolean}, boolean,
                   [](const CallContext&, const Value* a) { return Value(!a[0].as<bool>()); });
}

}  // namespace greenlane::cel
