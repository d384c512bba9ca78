#include "criteria/row_columns.h"

#include <limits>

#include "criteria/facts.h"

namespace greenlane::criteria {
namespace {

std::optional<std::uint64_t> formed(const Cell& cell, ColumnForm form, Dictionary& dictionary) {
  const auto* text = std::get_if<std::string_view>(&cell);
  const bool none = std::holds_alternative<std::monostate>(cell);
  switch (form) {
    case ColumnForm::code:
      if (none) return Dictionary::none;
      return text == nullptr ? std::nullopt : std::optional<std::uint64_t>(dictionary.add(*text));
    case ColumnForm::prefix:
      // No commodity code is under none.
      if (none) return 0;
      return text == nullptr ? std::nullopt : std::optional(prefix_key(text->size(), digits_of(*text)));
    case ColumnForm::amount: {
      if (none) return static_cast<std::uint64_t>(Ordinal::none);
      const auto* amount = std::get_if<Decimal>(&cell);
      const auto ordinal = amount == nullptr ? std::nullopt : Ordinal::threshold(*amount);
      return ordinal ? std::optional(static_cast<std::uint64_t>(*ordinal)) : std::nullopt;
    }
    case ColumnForm::day: {
      if (none) return static_cast<std::uint64_t>(Ordinal::none);
      const auto* day = std::get_if<Date>(&cell);
      return day == nullptr ? std::nullopt : std::optional(static_cast<std::uint64_t>(std::int64_t{day->days_since_1970()}));
    }
  }
  return std::nullopt;
}

}  // namespace

RowColumns::RowColumns(const Table& table) : table_(table), rows_(table.size()) {
  if (!table.has_periods()) return;
  periods_.reserve(rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto [from, to] = table.period(row);
    periods_.emplace_back(from ? from->days_since_1970() : std::numeric_limits<std::int32_t>::min(),
                          to ? to->days_since_1970() : std::numeric_limits<std::int32_t>::max());
  }
}

std::optional<std::int32_t> RowColumns::add(std::size_t column, ColumnForm form, Dictionary& dictionary) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].column == column && columns_[i].form == form) return static_cast<std::int32_t>(i);
  }
  Column made{column, form, {}};
  made.cells.reserve(rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    const auto cell = formed(table_.cell(row, column), form, dictionary);
    if (!cell) return std::nullopt;
    made.cells.push_back(*cell);
  }
  columns_.push_back(std::move(made));
  return static_cast<std::int32_t>(columns_.size() - 1);
}

std::size_t RowColumns::bytes() const noexcept {
  std::size_t bytes = periods_.capacity() * sizeof(periods_[0]);
  for (const Column& column : columns_) bytes += column.cells.capacity() * sizeof(column.cells[0]);
  return bytes;
}

}  // namespace greenlane::criteria
