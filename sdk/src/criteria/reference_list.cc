#include "criteria/reference_list.h"

#include <algorithm>
#include <bit>

#include "base/hash.h"

namespace greenlane::criteria {
namespace {

Error list_error(const ListSource& source, std::size_t row, std::size_t column, std::string message) {
  Error error{.code = ErrorCode::invalid_pack, .message = std::move(message)};
  error.pointer = "/lists/" + source.name + (source.is_table ? "/rows/" : "/values/") + std::to_string(row);
  if (source.is_table) error.pointer += "/" + std::to_string(column);
  return error;
}

bool is_country(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// What a cell's text should look like, "" where it does.
std::string_view problem_of(std::string_view text, ColumnType type) {
  switch (type) {
    case ColumnType::hs:
      return is_commodity_code(text) ? "" : "a commodity code of 2 to 12 digits";
    case ColumnType::country:
      return is_country(text) ? "" : "a country code of two capital letters";
    case ColumnType::date:
      return Date::parse(text) ? "" : "a date such as 2025-06-29";
    case ColumnType::decimal:
      return Decimal::parse(text) ? "" : "a decimal such as 1234.50";
    case ColumnType::string:
      return "";
  }
  return "";
}

std::string expected(std::string_view what, std::string_view found) {
  return "expected " + std::string(what) + ", found \"" + std::string(found) + "\"";
}

std::uint64_t hash_of_cell(const Cell& cell) noexcept {
  if (const auto* text = std::get_if<std::string_view>(&cell)) return hash_of(*text);
  if (const auto* decimal = std::get_if<Decimal>(&cell)) return decimal->hash();
  if (const auto* date = std::get_if<Date>(&cell)) return static_cast<std::uint64_t>(std::int64_t{date->days_since_1970()});
  return 0;
}

std::uint64_t hash_of_key(std::span<const Cell> key) noexcept {
  std::uint64_t hash = 0;
  for (const Cell& cell : key) hash = mixed(hash, hash_of_cell(cell));
  return hash;
}

std::uint32_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

bool is_commodity_code(std::string_view text) noexcept {
  return text.size() >= 2 && text.size() <= 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::unique_ptr<CodeSet>> CodeSet::make(const ListSource& source) {
  auto set = std::make_unique<CodeSet>();
  set->name_ = source.name;
  set->type_ = source.columns.front().type;
  set->elements_.reserve(source.rows.size());
  for (std::size_t i = 0; i < source.rows.size(); ++i) {
    const json::Value& value = source.rows[i].front();
    if (!value.is_string()) return list_error(source, i, 0, "expected a string");
    if (const std::string_view what = problem_of(value.string(), set->type_); !what.empty()) {
      return list_error(source, i, 0, expected(what, value.string()));
    }
    set->elements_.push_back(value.string());
    set->longest_ = std::max(set->longest_, value.string().size());
  }
  // Views into elements_, which does not change any more.
  for (const std::string& element : set->elements_) set->codes_.insert(element);
  return set;
}

bool CodeSet::covers(std::string_view code) const noexcept {
  for (std::size_t length = std::min(code.size(), longest_); length >= 2; --length) {
    if (codes_.contains(code.substr(0, length))) return true;
  }
  return false;
}

Result<Cell> Table::read_cell(const json::Value& json, const ListColumn& column) {
  if (json.is_null()) return Cell();
  if (!json.is_string()) return Error{.code = ErrorCode::invalid_pack, .message = "expected a string or null"};
  if (const std::string_view what = problem_of(json.string(), column.type); !what.empty()) {
    return Error{.code = ErrorCode::invalid_pack, .message = expected(what, json.string()) + " in column " + column.name};
  }
  if (column.type == ColumnType::date) return Cell(*Date::parse(json.string()));
  if (column.type == ColumnType::decimal) return Cell(*Decimal::parse(json.string()));
  const auto found = interned_.find(json.string());
  if (found != interned_.end()) return Cell(found->second);
  const std::string_view text = texts_.emplace_back(json.string());
  interned_.emplace(text, text);
  return Cell(text);
}

Result<std::unique_ptr<Table>> Table::make(const ListSource& source) {
  auto table = std::make_unique<Table>();
  table->name_ = source.name;
  table->columns_ = source.columns;
  const std::size_t width = source.columns.size();
  for (std::size_t c = 0; c < width; ++c) {
    const auto same = [&](const ListColumn& other) { return other.name == source.columns[c].name; };
    if (std::find_if(source.columns.begin(), source.columns.end(), same) != source.columns.begin() + static_cast<std::ptrdiff_t>(c)) {
      return Error{.code = ErrorCode::invalid_pack,
                   .message = "the column " + source.columns[c].name + " is there twice",
                   .pointer = "/lists/" + source.name + "/columns/" + std::to_string(c)};
    }
    table->column_indexes_.push_back(std::make_unique<LazyIndex>());
    if (source.columns[c].type != ColumnType::date) continue;
    if (source.columns[c].name == "from") table->from_ = c;
    if (source.columns[c].name == "to") table->to_ = c;
  }
  table->lengths_.resize(width);
  table->cells_.reserve(source.rows.size() * width);
  for (std::size_t r = 0; r < source.rows.size(); ++r) {
    if (source.rows[r].size() != width) {
      Error error = list_error(source, r, 0, "the row has " + std::to_string(source.rows[r].size()) + " cells, the table has " + std::to_string(width) + " columns");
      error.pointer.resize(error.pointer.rfind('/'));
      return error;
    }
    for (std::size_t c = 0; c < width; ++c) {
      auto cell = table->read_cell(source.rows[r][c], source.columns[c]);
      if (!cell.ok()) return list_error(source, r, c, cell.error().message);
      const auto* text = std::get_if<std::string_view>(&*cell);
      if (text != nullptr && source.columns[c].type == ColumnType::hs) table->lengths_[c] |= 1u << text->size();
      table->cells_.push_back(*std::move(cell));
    }
    if (const Period period = table->period(r); period.from && period.to && *period.to < *period.from) {
      return list_error(source, r, table->to_, "the row ends on " + period.to->to_string() + ", before it begins on " + period.from->to_string());
    }
  }
  return table;
}

Period Table::period(std::size_t row) const noexcept {
  const auto bound = [&](std::size_t column) -> std::optional<Date> {
    const Date* day = column == no_row ? nullptr : std::get_if<Date>(&cell(row, column));
    return day == nullptr ? std::nullopt : std::optional(*day);
  };
  return {bound(from_), bound(to_)};
}

/// The slot of the key with this hash, which `is_key(group)` recognises, or the empty one where it belongs.
template <typename IsKey>
std::size_t Table::RowIndex::place_of(std::uint64_t hash, const IsKey& is_key) const noexcept {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].group != 0 && (slots_[at].tag != tag_of(hash) || !is_key(slots_[at].group - 1))) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void Table::RowIndex::build(const Table& table, std::size_t first_column, std::size_t width) {
  first_column_ = first_column;
  const std::size_t rows = table.size();
  slots_.assign(std::bit_ceil(rows * 2 + 2), {});
  std::vector<std::uint32_t> group_of(rows), first_of_group;
  for (std::uint32_t row = 0; row < rows; ++row) {
    const std::span key(&table.cell(row, first_column), width);
    const std::uint64_t hash = hash_of_key(key);
    Slot& slot = slots_[place_of(hash, [&](std::uint32_t group) { return same(table, first_of_group[group], key); })];
    if (slot.group == 0) {
      first_of_group.push_back(row);
      slot = {tag_of(hash), static_cast<std::uint32_t>(first_of_group.size())};
    }
    group_of[row] = slot.group - 1;
  }
  begins_.assign(first_of_group.size() + 1, 0);
  for (const std::uint32_t group : group_of) ++begins_[group + 1];
  for (std::size_t group = 1; group < begins_.size(); ++group) begins_[group] += begins_[group - 1];
  std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
  rows_.resize(rows);
  for (std::uint32_t row = 0; row < rows; ++row) rows_[next[group_of[row]]++] = row;
}

bool Table::RowIndex::same(const Table& table, std::uint32_t row, std::span<const Cell> key) const noexcept {
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (!(table.cell(row, first_column_ + i) == key[i])) return false;
  }
  return true;
}

std::span<const std::uint32_t> Table::RowIndex::find(const Table& table, std::span<const Cell> key) const noexcept {
  const std::size_t at = place_of(hash_of_key(key), [&](std::uint32_t group) { return same(table, rows_[begins_[group]], key); });
  if (slots_[at].group == 0) return {};
  const std::uint32_t group = slots_[at].group - 1;
  return std::span(rows_).subspan(begins_[group], begins_[group + 1] - begins_[group]);
}

const Table::RowIndex& Table::key_index(std::size_t width) const {
  LazyIndex& index = key_indexes_[width - 1];
  std::call_once(index.made, [&] { index.rows.build(*this, 0, width); });
  return index.rows;
}

const Table::RowIndex& Table::column_index(std::size_t column) const {
  LazyIndex& index = *column_indexes_[column];
  std::call_once(index.made, [&] { index.rows.build(*this, column, 1); });
  return index.rows;
}

/// What `choose` takes of the rows with the key: of the longest prefix of the key's first commodity code where it takes one.
template <typename Choose>
std::size_t Table::find_by(std::span<const Cell> key, const Choose& choose) const {
  const RowIndex& index = key_index(key.size());
  std::size_t prefix_column = 0;
  const auto is_code = [&](std::size_t c) { return columns_[c].type == ColumnType::hs && std::holds_alternative<std::string_view>(key[c]); };
  while (prefix_column < key.size() && !is_code(prefix_column)) ++prefix_column;
  if (prefix_column == key.size()) return choose(index.find(*this, key));
  std::array<Cell, max_key> cells;
  std::copy(key.begin(), key.end(), cells.begin());
  const std::string_view code = std::get<std::string_view>(key[prefix_column]);
  for (std::size_t length = code.size(); length >= 2; --length) {
    if (length > 31 || (lengths_[prefix_column] >> length & 1u) == 0) continue;
    cells[prefix_column] = code.substr(0, length);
    const std::size_t row = choose(index.find(*this, std::span(cells).first(key.size())));
    if (row != no_row) return row;
  }
  return no_row;
}

std::size_t Table::find(std::span<const Cell> key, Date day) const {
  return find_by(key, [&](std::span<const std::uint32_t> rows) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](std::uint32_t row) { return in_force(row, day); });
    return found == rows.end() ? no_row : std::size_t{*found};
  });
}

std::size_t Table::find_ever(std::span<const Cell> key, Date day) const {
  const std::size_t now = find(key, day);
  if (now != no_row) return now;
  // None is in force: each has ended before the day or begins after it.
  const auto nearer = [&](std::uint32_t a, std::uint32_t b) {
    const Period left = period(a), right = period(b);
    const bool left_ended = left.to && *left.to < day, right_ended = right.to && *right.to < day;
    if (left_ended != right_ended) return left_ended;
    return left_ended ? *left.to > *right.to : *left.from < *right.from;
  };
  return find_by(key, [&](std::span<const std::uint32_t> rows) {
    const auto nearest = std::min_element(rows.begin(), rows.end(), nearer);
    return nearest == rows.end() ? no_row : std::size_t{*nearest};
  });
}

std::vector<std::uint32_t> Table::rows_with(std::size_t column, const Cell& value, bool by_prefix) const {
  const RowIndex& index = column_index(column);
  std::vector<std::uint32_t> rows;
  const auto add = [&](const Cell& wanted) {
    const auto found = index.find(*this, std::span(&wanted, 1));
    rows.insert(rows.end(), found.begin(), found.end());
  };
  const auto* code = std::get_if<std::string_view>(&value);
  if (by_prefix && code != nullptr) {
    for (std::size_t length = 2; length <= code->size(); ++length) add(Cell(code->substr(0, length)));
    std::sort(rows.begin(), rows.end());
  } else {
    add(value);
  }
  return rows;
}

}  // namespace greenlane::criteria
