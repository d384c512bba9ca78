// Values as the second opinion sees them: JSON with the kinds of the schema, read anew at every step.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "criteria/pack_model.h"
#include "document/field_table.h"
#include "greenlane/date.h"
#include "greenlane/decimal.h"

namespace greenlane::test::naive {

enum class Kind { null, boolean, integer, decimal, date, text, code, list, object, row, error, missing };

struct Value {
  Kind kind = Kind::null;
  bool truth = false;
  std::int64_t integer = 0;
  Decimal decimal;
  Date date;
  std::string text;                             ///< also of an error
  std::vector<Value> elements;                  ///< of a list
  std::set<std::string> missing;                ///< pointers of what was not declared
  bool none = false;                            ///< of a list: declared as null
  const document::Field* field = nullptr;       ///< of what comes from the declaration, null included
  const json::Value* json = nullptr;            ///< of an object
  std::string pointer;                          ///< of an object
  const criteria::ListSource* table = nullptr;  ///< of a row and of its cells
  const json::Array* row = nullptr;
  Kind wanted = Kind::null;  ///< of a null: what the field or cell holds where it is declared

  bool is(Kind wanted_kind) const { return kind == wanted_kind; }
  bool is(bool value) const { return kind == Kind::boolean && truth == value; }
  bool known() const { return kind != Kind::error && kind != Kind::missing; }
};

Value truth(bool value);
Value integer(std::int64_t value);
Value number(const Decimal& value);
Value day(Date value);
Value words(std::string_view text);
Value failure(std::string message);
Value absent(std::string pointer);
/// Undetermined for want of what either misses; the one that is where only one is.
Value both_missing(const Value& a, const Value& b);

/// What the declaration says at `pointer`, where the schema has `field`.
Value declared(const json::Value& json, const document::Field& field, std::string pointer);
Value table_row(const criteria::ListSource& table, std::size_t row);
/// `owner.name`
Value member(const Value& owner, const std::string& name);
/// `has(owner.name)`
Value has_member(const Value& owner, const std::string& name);

/// a == b
Value same(const Value& a, const Value& b);
/// Below, equal or above zero. REQUIRES: two numbers, dates or texts.
int order(const Value& a, const Value& b);
/// As an exact number. REQUIRES: an integer or decimal.
Decimal exact(const Value& value);

/// What the language calls the kind of a value.
std::string kind_name(const Value& value);

}  // namespace greenlane::test::naive
