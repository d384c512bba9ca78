#include "document/csv_source.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "document/formats.h"

namespace greenlane::document {
namespace {

/// Text of one group that is held in memory.
constexpr std::size_t group_bytes_limit = std::size_t{8} << 20;

std::string columns_text(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " column" : " columns");
}

}  // namespace

Result<std::unique_ptr<CsvSource>> CsvSource::open(std::unique_ptr<ByteSource> bytes,
                                                   const CsvOptions& options) {
  auto decoder = TextDecoder::make(options.encoding);
  if (!decoder) return std::move(decoder).error();
  CsvRows rows(std::move(bytes), *std::move(decoder), options.encoding, options.delimiter);
  std::unique_ptr<CsvSource> source(new CsvSource(std::move(rows)));
  if (auto read = source->read_header(options); !read) return std::move(read).error();
  return source;
}

Result<void> CsvSource::read_header(const CsvOptions& options) {
  Row row;
  std::optional<Error> error;
  auto more = rows_.next(row, error);
  if (!more) return std::move(more).error();
  if (!*more) {
    return make_error(ErrorCode::invalid_row, "the table is empty; its first line must name the columns");
  }
  if (error) {
    error->message = "the header cannot be read: " + error->message;
    return *error;
  }
  for (std::size_t i = 0; i < row.size(); ++i) header_.emplace_back(text::trim(row.cell(i)));
  for (const std::string& name : options.group_by) {
    const auto at = std::find(header_.begin(), header_.end(), name);
    if (at == header_.end()) {
      return make_error(ErrorCode::invalid_mapping, "column " + in_quotes(name) +
                                                        " of \"group_by\" is not in the table" +
                                                        did_you_mean(text::nearest(name, header_)));
    }
    key_columns_.push_back(static_cast<std::size_t>(at - header_.begin()));
  }
  return {};
}

bool CsvSource::same_group(const Row& a, const Row& b) const noexcept {
  return std::all_of(key_columns_.begin(), key_columns_.end(), [&](std::size_t column) {
    return text::trim(a.cell(column)) == text::trim(b.cell(column));
  });
}

Record CsvSource::numbered(Record record) {
  record.index = ++index_;
  return record;
}

Record CsvSource::bad_record(const Row& row, Error error) {
  Record record;
  record.line = error.line = row.line;
  record.error = std::move(error);
  return numbered(std::move(record));
}

void CsvSource::begin_group(Row row) {
  group_.emplace();
  group_->line = row.line;
  group_bytes_ = row.text.size();
  group_->rows.push_back(std::move(row));
  if (bad_line_ != 0) spoil_group(bad_line_, bad_reason_);
  bad_line_ = 0;
}

void CsvSource::spoil_group(std::size_t line, const std::string& why) {
  group_->rows.resize(1);  // kept to recognise the rest of the group
  if (group_->error) return;
  const std::string whose = "; the declaration in line " + std::to_string(group_->line) + " may lack this row, so it is refused";
  group_->error = make_error(ErrorCode::invalid_row, line == group_->line ? why : why + whose);
  group_->error->line = line;
}

bool CsvSource::has_key(const Row& row) const noexcept {
  return std::all_of(key_columns_.begin(), key_columns_.end(), [&](std::size_t column) {
    return column < row.size() && !text::trim(row.cell(column)).empty();
  });
}

/// The record that is finished by a row that cannot be read, if there is one.
std::optional<Record> CsvSource::take_bad_row(Row row, const Error& error) {
  if (key_columns_.empty()) return bad_record(row, error);
  const std::size_t line = row.line;
  if (has_key(row)) {
    std::optional<Record> finished;
    if (!group_ || !same_group(group_->rows.front(), row)) {
      finished = std::exchange(group_, std::nullopt);
      begin_group(std::move(row));
    }
    spoil_group(line, error.message);
    return finished ? std::optional<Record>(numbered(*std::move(finished))) : std::nullopt;
  }
  bad_line_ = line;
  bad_reason_ = error.message;
  if (!group_) return bad_record(row, error);
  spoil_group(line, error.message);
  return std::nullopt;
}

void CsvSource::add_to_group(Row row) {
  // A bad row before this one belonged to this group, which it has spoilt.
  bad_line_ = 0;
  if (group_->error) return;
  group_bytes_ += row.text.size();
  std::string problem;
  if (group_->rows.size() == csv_group_limit) {
    problem = "the group has more than " + std::to_string(csv_group_limit) + " rows";
  } else if (group_bytes_ > group_bytes_limit) {
    problem = "the group is larger than " + std::to_string(group_bytes_limit) + " bytes";
  } else {
    group_->rows.push_back(std::move(row));
    return;
  }
  group_->error = make_error(ErrorCode::limit_exceeded, std::move(problem));
  group_->error->line = group_->line;
  group_->rows.resize(1);  // kept to recognise the rest of the group
}

Result<std::optional<Record>> CsvSource::next() {
  while (true) {
    Row row;
    std::optional<Error> error;
    auto more = rows_.next(row, error);
    if (!more) return std::move(more).error();
    if (!*more) {
      if (!group_) return std::optional<Record>();
      return std::optional<Record>(numbered(*std::exchange(group_, std::nullopt)));
    }
    if (!error && row.size() != header_.size()) {
      error = make_error(ErrorCode::invalid_row, "row has " + columns_text(row.size()) + ", the header has " +
                                                     std::to_string(header_.size()));
    }
    if (error) {
      auto bad = take_bad_row(std::move(row), *error);
      if (bad) return bad;
      continue;
    }
    if (key_columns_.empty()) {
      Record record;
      record.line = row.line;
      record.rows.push_back(std::move(row));
      return std::optional<Record>(numbered(std::move(record)));
    }
    if (group_ && same_group(group_->rows.front(), row)) {
      add_to_group(std::move(row));
      continue;
    }
    auto finished = std::exchange(group_, std::nullopt);
    begin_group(std::move(row));
    if (finished) return std::optional<Record>(numbered(*std::move(finished)));
  }
}

}  // namespace greenlane::document
