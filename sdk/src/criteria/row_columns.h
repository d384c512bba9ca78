// Columns of a table as numbers that compare with facts.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "criteria/dictionary.h"
#include "criteria/reference_list.h"
#include "greenlane/date.h"

namespace greenlane::criteria {

enum class ColumnForm : std::uint8_t { code, prefix, amount, day };

/// Built when a pack is compiled, then immutable; any thread.
class RowColumns {
 public:
  explicit RowColumns(const Table& table);

  /// The number of the column in the form; nullopt where a cell has no such form.
  std::optional<std::int32_t> add(std::size_t column, ColumnForm form, Dictionary& dictionary);
  std::uint64_t cell(std::int32_t column, std::size_t row) const noexcept { return columns_[static_cast<std::size_t>(column)].cells[row]; }
  std::size_t rows() const noexcept { return rows_; }
  bool in_force(std::size_t row, std::int32_t day) const noexcept {
    return periods_.empty() || (periods_[row].first <= day && day <= periods_[row].second);
  }
  const Table& table() const noexcept { return table_; }
  std::size_t bytes() const noexcept;

 private:
  struct Column {
    std::size_t column;
    ColumnForm form;
    std::vector<std::uint64_t> cells;
  };

  const Table& table_;
  std::size_t rows_;
  std::vector<std::pair<std::int32_t, std::int32_t>> periods_;  ///< days; empty where rows are always in force
  std::vector<Column> columns_;
};

}  // namespace greenlane::criteria
