#include "criteria/list_csv.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "document/csv_rows.h"

namespace greenlane::criteria {
namespace {

constexpr std::array<std::string_view, 5> types = {"string", "country", "hs", "date", "decimal"};

Error csv_error(std::size_t line, std::string message) {
  return {.code = ErrorCode::invalid_pack, .message = std::move(message), .line = line};
}

bool is_type(std::string_view text) {
  for (const std::string_view type : types) {
    if (text == type) return true;
  }
  return false;
}

Result<json::Array> read_columns(const document::Row& row) {
  json::Array columns;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string_view cell = text::trim(row.cell(i));
    const std::size_t colon = cell.find(':');
    if (colon == std::string_view::npos || !is_type(cell.substr(colon + 1))) {
      return csv_error(row.line, "the first line names each column and its type, as in heading:hs,origin:country; '" + std::string(cell) +
                                     "' does not; types are string, country, hs, date and decimal");
    }
    columns.push_back(json::Object{{"name", cell.substr(0, colon)}, {"type", cell.substr(colon + 1)}});
  }
  return columns;
}

json::Value cell_value(std::string_view cell) {
  const std::string_view text = text::trim(cell);
  return text.empty() ? json::Value() : json::Value(text);
}

/// Splits the whole of `text` into rows; blank lines are left out.
Result<std::vector<document::Row>> rows_of(std::string_view text) {
  std::vector<document::Row> rows;
  std::size_t line = 1;
  while (!text.empty()) {
    document::Row row;
    const document::RowScan scan = document::scan_row(text, ',', true, row);
    if (scan.end != document::RowEnd::complete) return csv_error(line, "the row has a quote without its partner or too many cells");
    row.line = line;
    for (const char c : text.substr(0, scan.used)) line += c == '\n' ? 1 : 0;
    text.remove_prefix(scan.used);
    const bool blank = row.size() == 1 && text::trim(row.cell(0)).empty();
    if (!blank) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Result<json::Value> read_list_csv(std::string_view text) {
  static constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // spreadsheets write it
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (const std::size_t bad = utf8::first_invalid(text); bad != utf8::kValid) {
    const auto line = static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n')) + 1;
    return Error{.code = ErrorCode::invalid_encoding, .message = "bytes that are not UTF-8; save the list as UTF-8", .line = line};
  }
  const auto rows = rows_of(text);
  if (!rows.ok()) return rows.error();
  if (rows->empty()) return csv_error(1, "the file is empty; its first line names the columns");
  auto columns = read_columns(rows->front());
  if (!columns.ok()) return columns.error();
  const std::size_t width = columns->size();
  json::Array body;
  for (std::size_t i = 1; i < rows->size(); ++i) {
    const document::Row& row = (*rows)[i];
    if (row.size() != width) {
      return csv_error(row.line, "the row has " + std::to_string(row.size()) + " cells, the first line names " + std::to_string(width) + " columns");
    }
    json::Array cells;
    for (std::size_t c = 0; c < width; ++c) cells.push_back(cell_value(row.cell(c)));
    body.push_back(width == 1 ? std::move(cells.front()) : json::Value(std::move(cells)));
  }
  if (width == 1) return json::Value(json::Object{{"type", *columns->front().find("type")}, {"values", json::Value(std::move(body))}});
  return json::Value(json::Object{{"columns", json::Value(*std::move(columns))}, {"rows", json::Value(std::move(body))}});
}

}  // namespace greenlane::criteria
