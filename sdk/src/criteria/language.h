// The criteria language: CEL with decimals and dates, commodity codes, reference lists, check digits, units.
#pragma once

#include <memory>
#include <vector>

#include "cel/environment.h"
#include "cel/function.h"
#include "criteria/reference_list.h"
#include "greenlane/date.h"

namespace greenlane::criteria {

/// What the functions of an evaluation look up beside their arguments.
struct EvaluationHost {
  Date as_of;
  /// Where a lookup that found something notes the list's name; null = nobody asks.
  std::vector<const std::string*>* matched = nullptr;
};

/// The type of commodity codes.
const cel::TypeRef& hs_type();
/// A commodity code as a value; `code` must outlive it.
cel::Value hs_value(std::string_view code);

/// Adds commodity codes, reference lists, texts, check digits and units to `functions`.
void add_customs_library(cel::FunctionTable& functions);
void add_commodity_codes(cel::FunctionTable& functions);
void add_texts(cel::FunctionTable& functions);
void add_check_digits(cel::FunctionTable& functions);
void add_units(cel::FunctionTable& functions);

/// A list as the value of the variable `lists.NAME`, and its type.
cel::Variable list_variable(const CodeSet& set);

/// The set of codes that a value is, or null.
const CodeSet* code_set_of(const cel::Value& value) noexcept;

/// How the expressions of one pack see one of its tables: a type of its own, rows as structs.
class TableBinding final : public cel::ObjectModel {
 public:
  explicit TableBinding(const Table& table);
  TableBinding(const TableBinding&) = delete;
  TableBinding& operator=(const TableBinding&) = delete;

  const Table& table() const noexcept { return table_; }
  cel::Variable variable() const;             ///< `lists.NAME`
  cel::TypeRef row_type() const;              ///< of `row` and of lists.NAME.row(…)
  cel::Value row_value(std::size_t row) const;
  /// Declares has(…) and row(…) of lists.NAME, and what ends in On and Ever, by one to Table::max_key leading columns.
  void declare_lookups(cel::FunctionTable& functions) const;

  const cel::StructType& type() const override { return row_fields_; }
  cel::Value field(const void* data, std::uint32_t slot) const override;
  bool has(const void* data, std::uint32_t slot) const override;

 private:
  std::size_t row_of(const void* data) const noexcept;

  const Table& table_;
  cel::StructType row_fields_;
  std::shared_ptr<const cel::Type> table_type_;
};

/// A cell as a value; none is null.
cel::Value cell_value(const Cell& cell, ColumnType type);
/// A value as a cell to look up; nullopt for values that no cell can hold.
std::optional<Cell> to_cell(const cel::Value& value);

}  // namespace greenlane::criteria
