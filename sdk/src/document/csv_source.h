// Records of a table: its rows, or groups of rows that belong to one declaration.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "document/csv_rows.h"
#include "document/record_source.h"

namespace greenlane::document {

struct CsvOptions {
  std::string encoding = "utf-8";
  char delimiter = ',';
  std::vector<std::string> group_by;  ///< columns; empty: every row is a record
};

/// Rows of one group that a record may have.
inline constexpr std::size_t csv_group_limit = 10'000;

/// Rows that follow each other and agree in the `group_by` columns are one record. Without groups a row that
/// cannot be read is a bad record of its own. With groups it spoils the group that it belongs to, since that
/// would be incomplete; where nothing tells which one that is, the groups before and behind it.
class CsvSource final : public RecordSource {
 public:
  /// Reads the header. Errors: io, invalid_argument (encoding), invalid_row (header), invalid_mapping
  /// (group_by).
  static Result<std::unique_ptr<CsvSource>> open(std::unique_ptr<ByteSource> bytes,
                                                 const CsvOptions& options);

  const std::vector<std::string>& header() const noexcept { return header_; }
  Result<std::optional<Record>> next() override;

 private:
  explicit CsvSource(CsvRows rows) : rows_(std::move(rows)) {}
  Result<void> read_header(const CsvOptions& options);
  bool same_group(const Row& a, const Row& b) const noexcept;
  Record bad_record(const Row& row, Error error);
  Record numbered(Record record);
  void begin_group(Row row);
  void add_to_group(Row row);
  void spoil_group(std::size_t line, const std::string& why);
  std::optional<Record> take_bad_row(Row row, const Error& error);
  bool has_key(const Row& row) const noexcept;

  CsvRows rows_;
  std::vector<std::string> header_;
  std::vector<std::size_t> key_columns_;
  std::optional<Record> group_;  ///< that is being collected
  std::size_t group_bytes_ = 0;
  std::size_t bad_line_ = 0;   ///< of a bad row that may belong to the group that comes; 0 for none
  std::string bad_reason_;     ///< why that row is bad
  std::size_t index_ = 0;
};

}  // namespace greenlane::document
