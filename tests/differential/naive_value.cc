#include "tests/differential/naive_value.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace greenlane::test::naive {
namespace {

using document::Field;
using document::FieldKind;

Value of_kind(Kind kind) {
  Value value;
  value.kind = kind;
  return value;
}

Kind kind_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::object:
      return Kind::object;
    case FieldKind::array:
      return Kind::list;
    case FieldKind::string:
      return Kind::text;
    case FieldKind::boolean:
      return Kind::boolean;
    case FieldKind::integer:
      return Kind::integer;
    case FieldKind::decimal:
      return Kind::decimal;
    case FieldKind::date:
      return Kind::date;
    case FieldKind::hs:
      return Kind::code;
    case FieldKind::timestamp:
    case FieldKind::free:
      break;
  }
  throw std::logic_error("the second opinion does not know times and free attributes");
}

Kind kind_of(criteria::ColumnType type) {
  if (type == criteria::ColumnType::hs) return Kind::code;
  if (type == criteria::ColumnType::date) return Kind::date;
  return type == criteria::ColumnType::decimal ? Kind::decimal : Kind::text;
}

/// A value that documents and tables write as text.
Value written(Kind kind, const std::string& text) {
  if (kind == Kind::decimal) return number(Decimal::parse(text).value());
  if (kind == Kind::date) return day(Date::parse(text).value());
  Value value = of_kind(kind);
  value.text = text;
  return value;
}

Value none(Kind wanted, const Field* field) {
  Value value = of_kind(wanted == Kind::list ? Kind::list : Kind::null);
  value.none = wanted == Kind::list;
  value.wanted = wanted;
  value.field = field;
  return value;
}

Value cell(const Value& row, const std::string& column) {
  const auto& columns = row.table->columns;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].name != column) continue;
    const json::Value& json = (*row.row)[c];
    const Kind kind = kind_of(columns[c].type);
    return json.is_null() ? none(kind, nullptr) : written(kind, json.string());
  }
  throw std::logic_error("no column " + column);
}

const Field& field_of(const Value& owner, const std::string& name) {
  const Field* field = owner.field == nullptr ? nullptr : owner.field->member(name);
  if (field == nullptr) throw std::logic_error("no field " + name);
  return *field;
}

}  // namespace

Value truth(bool value) {
  Value made = of_kind(Kind::boolean);
  made.truth = value;
  return made;
}

Value integer(std::int64_t value) {
  Value made = of_kind(Kind::integer);
  made.integer = value;
  return made;
}

Value number(const Decimal& value) {
  Value made = of_kind(Kind::decimal);
  made.decimal = value;
  return made;
}

Value day(Date value) {
  Value made = of_kind(Kind::date);
  made.date = value;
  return made;
}

Value words(std::string_view text) { return written(Kind::text, std::string(text)); }

Value failure(std::string message) {
  Value made = of_kind(Kind::error);
  made.text = std::move(message);
  return made;
}

Value absent(std::string pointer) {
  Value made = of_kind(Kind::missing);
  made.missing.insert(std::move(pointer));
  return made;
}

Value both_missing(const Value& a, const Value& b) {
  if (!a.is(Kind::missing)) return b;
  Value made = a;
  made.missing.insert(b.missing.begin(), b.missing.end());
  return made;
}

Value declared(const json::Value& json, const Field& field, std::string pointer) {
  const Kind kind = kind_of(field.kind);
  if (json.is_null()) return none(kind, &field);
  if (kind == Kind::boolean) return truth(json.boolean());
  if (kind == Kind::integer) return integer(json.integer());
  if (kind != Kind::list && kind != Kind::object) return written(kind, json.string());
  Value value = of_kind(kind);
  value.field = &field;
  value.json = &json;
  value.pointer = std::move(pointer);
  if (kind == Kind::object) return value;
  for (std::size_t i = 0; i < json.array().size(); ++i) {
    value.elements.push_back(
        declared(json.array()[i], *field.element, json::pointer_child(value.pointer, i)));
  }
  return value;
}

Value table_row(const criteria::ListSource& table, std::size_t row) {
  Value value = of_kind(Kind::row);
  value.table = &table;
  value.row = &table.rows[row];
  return value;
}

Value member(const Value& owner, const std::string& name) {
  if (owner.is(Kind::error)) return owner;
  if (owner.is(Kind::row)) return cell(owner, name);
  if (owner.is(Kind::missing)) {
    Value value = of_kind(Kind::missing);
    for (const std::string& pointer : owner.missing) value.missing.insert(json::pointer_child(pointer, name));
    return value;
  }
  const Field& field = field_of(owner, name);
  if (owner.is(Kind::null)) return none(kind_of(field.kind), &field);
  const std::string pointer = json::pointer_child(owner.pointer, name);
  const json::Value* json = owner.json->find(name);
  return json == nullptr ? absent(pointer) : declared(*json, field, pointer);
}

Value has_member(const Value& owner, const std::string& name) {
  if (owner.is(Kind::error)) return owner;
  const Value value = member(owner, name);
  return truth(value.known() && !value.is(Kind::null) && !value.none);
}

Value same(const Value& a, const Value& b) {
  if (a.is(Kind::missing) || b.is(Kind::missing)) return both_missing(a, b.is(Kind::missing) ? b : a);
  if (a.is(Kind::error)) return a;
  if (b.is(Kind::error)) return b;
  const bool a_none = a.is(Kind::null) || a.none;
  const bool b_none = b.is(Kind::null) || b.none;
  if (a.is(Kind::null) || b.is(Kind::null)) return truth(a_none && b_none);
  if (a.is(Kind::boolean) && b.is(Kind::boolean)) return truth(a.truth == b.truth);
  return truth(order(a, b) == 0);
}

Decimal exact(const Value& value) {
  if (value.is(Kind::decimal)) return value.decimal;
  if (value.is(Kind::integer)) return Decimal::from_int(value.integer);
  throw std::logic_error("no number: " + kind_name(value));
}

int order(const Value& a, const Value& b) {
  const auto sign = [](const auto& x, const auto& y) { return x < y ? -1 : (y < x ? 1 : 0); };
  const auto is_text = [](const Value& v) { return v.is(Kind::text) || v.is(Kind::code); };
  if (is_text(a) && is_text(b)) return sign(a.text, b.text);
  if (a.is(Kind::date) && b.is(Kind::date)) return sign(a.date, b.date);
  return sign(exact(a), exact(b));
}

std::string kind_name(const Value& value) {
  switch (value.kind) {
    case Kind::null:
      return "null_type";
    case Kind::boolean:
      return "bool";
    case Kind::integer:
      return "int";
    case Kind::decimal:
      return "decimal";
    case Kind::date:
      return "date";
    case Kind::text:
      return "string";
    case Kind::code:
      return "hs";
    case Kind::list:
    case Kind::object:
    case Kind::row:
    case Kind::error:
    case Kind::missing:
      break;
  }
  throw std::logic_error("the second opinion has no name for this kind of value");
}

}  // namespace greenlane::test::naive
