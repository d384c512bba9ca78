#include "document/csv_rows.h"

#include <algorithm>
#include <array>

#include "document/formats.h"

namespace greenlane::document {
namespace {

constexpr std::size_t chunk_size = std::size_t{64} << 10;

std::size_t count_lines(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

Error row_error(ErrorCode code, std::string message, std::size_t line) {
  Error error = make_error(code, std::move(message));
  error.line = line;
  return error;
}

Error too_long(std::size_t line) {
  return row_error(ErrorCode::limit_exceeded,
                   "the row is longer than " + std::to_string(csv_row_limit) + " bytes", line);
}

/// The cell at text[at]: appends its text to `row` and moves `at` to the delimiter or line end behind it.
RowEnd scan_quoted(std::string_view text, std::size_t& at, bool last, Row& row) {
  for (++at;;) {
    const std::size_t quote = text.find('"', at);
    if (quote == std::string_view::npos) return RowEnd::open_quote;
    row.text.append(text.substr(at, quote - at));
    at = quote + 1;
    if (at == text.size()) return last ? RowEnd::complete : RowEnd::more;
    if (text[at] != '"') return RowEnd::complete;
    row.text += '"';
    ++at;
  }
}

}  // namespace

RowScan scan_row(std::string_view text, char delimiter, bool last, Row& row) {
  row.text.clear();
  row.ends.clear();
  const std::array<char, 2> stops = {delimiter, '\n'};
  const std::string_view stop(stops.data(), stops.size());
  for (std::size_t at = 0;; ++at) {
    if (row.ends.size() == csv_cell_limit) return {RowEnd::too_many, 0};
    if (at < text.size() && text[at] == '"') {
      const RowEnd end = scan_quoted(text, at, last, row);
      if (end != RowEnd::complete) return {end, 0};
      const bool line_end = at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n';
      if (at + 1 == text.size() && text[at] == '\r' && !last) return {RowEnd::more, 0};
      if (line_end || (at + 1 == text.size() && text[at] == '\r')) ++at;
      if (at < text.size() && text[at] != delimiter && text[at] != '\n') return {RowEnd::after_quote, 0};
    } else {
      const std::size_t end = std::min(text.find_first_of(stop, at), text.size());
      if (end == text.size() && !last) return {RowEnd::more, 0};
      std::string_view cell = text.substr(at, end - at);
      if ((end == text.size() || text[end] == '\n') && cell.ends_with('\r')) cell.remove_suffix(1);
      row.text.append(cell);
      at = end;
    }
    row.ends.push_back(static_cast<std::uint32_t>(row.text.size()));
    if (at >= text.size()) return {RowEnd::complete, text.size()};
    if (text[at] == '\n') return {RowEnd::complete, at + 1};
  }
}

Result<bool> CsvRows::fill(std::size_t wanted) {
  if (end_) return false;
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  raw_.resize(chunk_size);
  while (!end_ && buffer_.size() < before + wanted) {
    auto count = bytes_->read(raw_.data(), raw_.size());
    if (!count) return std::move(count).error();
    end_ = *count == 0;
    decoder_->decode(std::string_view(raw_).substr(0, *count), end_, buffer_);
  }
  return true;
}

Result<void> CsvRows::skip_line() {
  while (true) {
    const std::size_t newline = buffer_.find('\n', at_);
    if (newline != std::string::npos) {
      at_ = newline + 1;
      ++line_;
      return {};
    }
    at_ = buffer_.size();
    auto filled = fill(1);
    if (!filled) return std::move(filled).error();
    if (!*filled) return {};
  }
}

std::optional<Error> CsvRows::judge(const Row& row) const {
  // The row is complete; what its characters are is looked at once, over all cells.
  const std::size_t bad = row.text.find_first_of(std::string_view("\0\xFF", 2));
  if (bad == std::string::npos && row.text.size() <= csv_row_limit) return std::nullopt;
  if (bad == std::string::npos) return too_long(row.line);
  const auto cell = std::upper_bound(row.ends.begin(), row.ends.end(), bad) - row.ends.begin() + 1;
  const std::string place = " in cell " + std::to_string(cell) + " of the row";
  if (row.text[bad] == undecodable) {
    return row_error(ErrorCode::invalid_encoding, "bytes that are not " + encoding_ + place, row.line);
  }
  return row_error(ErrorCode::invalid_row, "U+0000" + place + ", which no document may hold", row.line);
}

Error CsvRows::refusal(RowEnd end) const {
  if (end == RowEnd::after_quote) {
    return row_error(ErrorCode::invalid_row,
                     "text follows a closing quote; a quote within quotes is written twice", line_);
  }
  if (end == RowEnd::too_many) {
    return row_error(ErrorCode::limit_exceeded,
                     "the row has more than " + std::to_string(csv_cell_limit) + " cells", line_);
  }
  if (end == RowEnd::open_quote && end_) {
    return row_error(ErrorCode::invalid_row, "a quote is opened and never closed", line_);
  }
  return too_long(line_);
}

Result<bool> CsvRows::next(Row& row, std::optional<Error>& error) {
  error.reset();
  while (true) {
    if (at_ == buffer_.size()) {
      auto filled = fill(1);
      if (!filled) return std::move(filled).error();
      if (at_ == buffer_.size()) return false;
    }
    row.line = line_;
    const RowScan scan = scan_row(rest(), delimiter_, end_, row);
    if (scan.end == RowEnd::complete) {
      const bool cut = scan.used == 0 || rest()[scan.used - 1] != '\n';
      line_ += count_lines(rest().substr(0, scan.used));
      at_ += scan.used;
      // A blank line, or the end-of-file character of old systems.
      if (row.size() == 1 && (row.text.empty() || (cut && row.text == "\x1A"))) continue;
      error = judge(row);
      return true;
    }
    const bool incomplete = scan.end == RowEnd::more || scan.end == RowEnd::open_quote;
    if (incomplete && !end_ && rest().size() <= csv_row_limit) {
      // Twice as much each time, so that a long row is not scanned over and over.
      if (auto filled = fill(rest().size() + 1); !filled) return std::move(filled).error();
      continue;
    }
    error = refusal(scan.end);
    if (auto skipped = skip_line(); !skipped) return std::move(skipped).error();
    return true;
  }
}

}  // namespace greenlane::document
