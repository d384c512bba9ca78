// Reference lists at work: sets of codes, prefixes of commodity codes, tables with keys and periods.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "criteria/pack_model.h"
#include "greenlane/decimal.h"
#include "greenlane/result.h"

namespace greenlane::criteria {

/// A set of codes, in which commodity codes may also be looked up by prefix. Immutable; any thread.
class CodeSet {
 public:
  /// Errors: invalid_pack with the pointer of the value below the list.
  static Result<std::unique_ptr<CodeSet>> make(const ListSource& source);

  const std::string& name() const noexcept { return name_; }
  ColumnType type() const noexcept { return type_; }
  bool contains(std::string_view code) const noexcept { return codes_.contains(code); }
  /// Whether some element is a prefix of `code`.
  bool covers(std::string_view code) const noexcept;
  /// The elements in the order of the source.
  const std::vector<std::string>& elements() const noexcept { return elements_; }

 private:
  std::string name_;
  ColumnType type_ = ColumnType::string;
  std::vector<std::string> elements_;
  std::unordered_set<std::string_view> codes_;
  std::size_t longest_ = 0;
};

/// A cell: none, text or code, decimal, date.
using Cell = std::variant<std::monostate, std::string_view, Decimal, Date>;

/// A table with typed columns. A row is in force on the days between its `from` and `to` columns, where the
/// table has them. Immutable but for the indexes made on first use; any thread.
class Table {
 public:
  static constexpr std::size_t max_key = 4;
  static constexpr std::size_t no_row = static_cast<std::size_t>(-1);

  /// Errors: invalid_pack with the pointer of the cell below the list.
  static Result<std::unique_ptr<Table>> make(const ListSource& source);

  const std::string& name() const noexcept { return name_; }
  const std::vector<ListColumn>& columns() const noexcept { return columns_; }
  std::size_t size() const noexcept { return cells_.size() / columns_.size(); }
  const Cell& cell(std::size_t row, std::size_t column) const noexcept { return cells_[row * columns_.size() + column]; }
  bool in_force(std::size_t row, Date day) const noexcept { return period(row).contains(day); }
  bool has_periods() const noexcept { return from_ != no_row || to_ != no_row; }
  Period period(std::size_t row) const noexcept;
  /// The first row in force on `day` whose leading columns equal `key` (1 to max_key cells); for a column of
  /// commodity codes the row with the longest prefix of the key. no_row where there is none.
  std::size_t find(std::span<const Cell> key, Date day) const;
  /// As find(); where no row is in force on `day`, the row of that key that ended last before it, else the one
  /// that begins first after it.
  std::size_t find_ever(std::span<const Cell> key, Date day) const;
  /// Rows, in order, whose cell in `column` equals `value`, or is a prefix of it where `by_prefix`.
  std::vector<std::uint32_t> rows_with(std::size_t column, const Cell& value, bool by_prefix) const;

 private:
  /// Rows by the cells of some columns: open addressing over groups of rows with equal cells.
  class RowIndex {
   public:
    void build(const Table& table, std::size_t first_column, std::size_t width);
    /// Rows, in order, whose cells equal `key`.
    std::span<const std::uint32_t> find(const Table& table, std::span<const Cell> key) const noexcept;

   private:
    bool same(const Table& table, std::uint32_t row, std::span<const Cell> key) const noexcept;

    std::size_t first_column_ = 0;
    struct Slot {
      std::uint32_t tag = 0;    ///< of the hash, so that few groups are looked at in vain
      std::uint32_t group = 0;  ///< + 1; 0 = empty
    };
    template <typename IsKey>
    std::size_t place_of(std::uint64_t hash, const IsKey& is_key) const noexcept;

    std::vector<Slot> slots_;
    std::vector<std::uint32_t> begins_;  ///< of each group in rows_, and the end
    std::vector<std::uint32_t> rows_;
  };
  struct LazyIndex {
    std::once_flag made;
    RowIndex rows;
  };

  template <typename Choose>
  std::size_t find_by(std::span<const Cell> key, const Choose& choose) const;
  const RowIndex& key_index(std::size_t width) const;
  const RowIndex& column_index(std::size_t column) const;
  Result<Cell> read_cell(const json::Value& json, const ListColumn& column);

  std::string name_;
  std::vector<ListColumn> columns_;
  std::vector<Cell> cells_;
  std::vector<std::uint32_t> lengths_;  ///< by column of commodity codes: bit by length that some cell has
  std::deque<std::string> texts_;
  std::unordered_map<std::string_view, std::string_view> interned_;
  std::size_t from_ = no_row;
  std::size_t to_ = no_row;
  mutable std::array<LazyIndex, max_key> key_indexes_;
  mutable std::vector<std::unique_ptr<LazyIndex>> column_indexes_;
};

/// The days on which a row that is looked up has to be in force.
enum class RowDays : unsigned char {
  as_of,  ///< on the as-of date: lists.NAME.has(…)
  given,  ///< on a day that is given: lists.NAME.hasOn(day, …)
  ever,   ///< on any: lists.NAME.hasEver(…)
};

/// A commodity code: 2 to 12 digits.
bool is_commodity_code(std::string_view text) noexcept;

}  // namespace greenlane::criteria
