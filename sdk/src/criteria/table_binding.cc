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

/// The row that lists.NAME.has(…) and lists.NAME.row(…) mean; an error for keys that no cell can equal.
cel::Value look_up(const cel::CallContext& context, const cel::Value* args, std::size_t& row) {
  const auto& binding = *static_cast<const TableBinding*>(args[0].as<cel::OpaqueValue>().data);
  const auto& host = *static_cast<const EvaluationHost*>(context.host);
  std::array<Cell, Table::max_key> key;
  const std::size_t width = context.call.args.size() - 1;
  for (std::size_t i = 0; i < width; ++i) {
    auto cell = to_cell(args[i + 1]);
    if (!cell) return cel::Value::error("a table cannot be searched for " + cel::show(args[i + 1]));
    key[i] = *std::move(cell);
  }
  row = binding.table().find(std::span(key).first(width), host.as_of);
  if (row != Table::no_row && host.matched != nullptr) host.matched->push_back(&binding.table().name());
  return cel::Value(row != Table::no_row);
}

cel::Value has_row(const cel::CallContext& context, const cel::Value* args) {
  std::size_t row = Table::no_row;
  return look_up(context, args, row);
}

cel::Value find_row(const cel::CallContext& context, const cel::Value* args) {
  std::size_t row = Table::no_row;
  cel::Value found = look_up(context, args, row);
  if (found.is<cel::ErrorValue>()) return found;
  const auto& binding = *static_cast<const TableBinding*>(args[0].as<cel::OpaqueValue>().data);
  if (row == Table::no_row) {
    return cel::Value::error("lists." + binding.table().name() + " has no such row; ask with has() first");
  }
  return binding.row_value(row);
}

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
  std::vector<cel::TypeRef> params = {table_type_};
  for (std::size_t c = 0; c < table_.columns().size() && c < Table::max_key; ++c) {
    params.push_back(cell_type(table_.columns()[c].type));
    cel::Overload overload{.function = "has", .params = params, .result = cel::types::simple(cel::TypeKind::boolean)};
    overload.member = true;
    overload.run = has_row;
    overload.null_is_false = true;
    overload.cost = 10;
    functions.add(overload);
    overload.function = "row";
    overload.result = row_type();
    overload.run = find_row;
    overload.null_is_false = false;
    functions.add(std::move(overload));
  }
}

}  // namespace greenlane::criteria
