#include <array>

#include "criteria/language.h"

namespace greenlane::criteria {
namespace {

cel::TypeRef cell_type(ColumnType type) {
  switch (type) {
    case ColumnType::hs:
      return hs_type();
    case ColumnType::date:
      return cel::types::simple(cel::TypeKind::date);
    case ColumnType::decimal:
      return cel::types::simple(cel::TypeKind::decimal);
    case ColumnType::string:
    case ColumnType::country:
      break;
  }
  return cel::types::simple(cel::TypeKind::string);
}

/// The row that a lookup means; an error for keys that no cell can equal.
template <RowDays days>
cel::Value look_up(const cel::CallContext& context, const cel::Value* args, std::size_t& row) {
  const auto& binding = *static_cast<const TableBinding*>(args[0].as<cel::OpaqueValue>().data);
  const auto& host = *static_cast<const EvaluationHost*>(context.host);
  std::array<Cell, Table::max_key> key;
  const std::size_t before_key = days == RowDays::given ? 2 : 1;
  const std::size_t width = context.call.args.size() - before_key;
  for (std::size_t i = 0; i < width; ++i) {
    const cel::Value& arg = args[i + before_key];
    auto cell = to_cell(arg);
    if (!cell) return cel::Value::error("a table cannot be searched for " + cel::show(arg));
    key[i] = *std::move(cell);
  }
  const Date day = days == RowDays::given ? args[1].as<Date>() : host.as_of;
  const auto cells = std::span(key).first(width);
  row = days == RowDays::ever ? binding.table().find_ever(cells, day) : binding.table().find(cells, day);
  if (row != Table::no_row && host.matched != nullptr) host.matched->push_back(&binding.table().name());
  return cel::Value(row != Table::no_row);
}

template <RowDays days>
cel::Value has_row(const cel::CallContext& context, const cel::Value* args) {
  std::size_t row = Table::no_row;
  return look_up<days>(context, args, row);
}

template <RowDays days>
cel::Value find_row(const cel::CallContext& context, const cel::Value* args) {
  constexpr const char* has = days == RowDays::as_of ? "has()" : days == RowDays::given ? "hasOn()" : "hasEver()";
  std::size_t row = Table::no_row;
  cel::Value found = look_up<days>(context, args, row);
  if (found.is<cel::ErrorValue>()) return found;
  const auto& binding = *static_cast<const TableBinding*>(args[0].as<cel::OpaqueValue>().data);
  if (row == Table::no_row) {
    return cel::Value::error("lists." + binding.table().name() + " has no such row; ask with " + has + " first");
  }
  return binding.row_value(row);
}

struct Lookup {
  const char* has;
  const char* row;
  RowDays days;
  cel::Implementation run_has, run_row;
};

constexpr std::array<Lookup, 3> lookups = {{
    {"has", "row", RowDays::as_of, has_row<RowDays::as_of>, find_row<RowDays::as_of>},
    {"hasOn", "rowOn", RowDays::given, has_row<RowDays::given>, find_row<RowDays::given>},
    {"hasEver", "rowEver", RowDays::ever, has_row<RowDays::ever>, find_row<RowDays::ever>},
}};

}  // namespace

cel::Value cell_value(const Cell& cell, ColumnType type) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) {
    return type == ColumnType::hs ? hs_value(*text) : cel::Value::borrowed(*text);
  }
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return cel::Value(*decimal);
  if (const auto* date = std::get_if<Date>(&cell)) return cel::Value(*date);
  return cel::Value(cel::Null{});
}

std::optional<Cell> to_cell(const cel::Value& value) {
  if (value.is<cel::Null>()) return Cell();
  if (value.is<cel::StringValue>()) return Cell(value.text());
  if (const auto* opaque = value.get_if<cel::OpaqueValue>(); opaque != nullptr && opaque->data == nullptr) return Cell(opaque->text);
  if (const auto* decimal = value.get_if<Decimal>()) return Cell(*decimal);
  if (const auto* date = value.get_if<Date>()) return Cell(*date);
  if (const auto* integer = value.get_if<std::int64_t>()) return Cell(Decimal::from_int(*integer));
  return std::nullopt;
}

TableBinding::TableBinding(const Table& table) : table_(table), table_type_(cel::types::opaque("table " + table.name())) {
  row_fields_.name = "row of " + table.name();
  for (const ListColumn& column : table.columns()) row_fields_.fields.push_back({column.name, cell_type(column.type)});
}

cel::Variable TableBinding::variable() const {
  cel::OpaqueValue value{.type = table_type_.get(), .text = table_.name(), .data = this, .owner = nullptr};
  return {"lists." + table_.name(), table_type_, cel::Value(std::move(value))};
}

cel::TypeRef TableBinding::row_type() const { return cel::types::object(row_fields_); }

// A row is known by the address of its first cell.
cel::Value TableBinding::row_value(std::size_t row) const { return cel::Value(cel::ObjectValue{this, &table_.cell(row, 0)}); }

std::size_t TableBinding::row_of(const void* data) const noexcept {
  return static_cast<std::size_t>(static_cast<const Cell*>(data) - &table_.cell(0, 0)) / table_.columns().size();
}

cel::Value TableBinding::field(const void* data, std::uint32_t slot) const {
  return cell_value(table_.cell(row_of(data), slot), table_.columns()[slot].type);
}

bool TableBinding::has(const void* data, std::uint32_t slot) const {
  return !std::holds_alternative<std::monostate>(table_.cell(row_of(data), slot));
}

void TableBinding::declare_lookups(cel::FunctionTable& functions) const {
  for (const Lookup& lookup : lookups) {
    std::vector<cel::TypeRef> params = {table_type_};
    if (lookup.days == RowDays::given) params.push_back(cel::types::simple(cel::TypeKind::date));
    for (std::size_t c = 0; c < table_.columns().size() && c < Table::max_key; ++c) {
      params.push_back(cell_type(table_.columns()[c].type));
      cel::Overload overload{.function = lookup.has, .params = params, .result = cel::types::simple(cel::TypeKind::boolean)};
      overload.member = true;
      overload.run = lookup.run_has;
      overload.null_is_false = true;
      overload.cost = lookup.days == RowDays::ever ? 20 : 10;
      functions.add(overload);
      overload.function = lookup.row;
      overload.result = row_type();
      overload.run = lookup.run_row;
      overload.null_is_false = false;
      functions.add(std::move(overload));
    }
  }
}

}  // namespace greenlane::criteria
