// Rows of delimited text (RFC 4180 with any delimiter), one after the other.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "document/byte_source.h"
#include "document/record_source.h"
#include "document/text_decoder.h"

namespace greenlane::document {

/// One row may have so many bytes of UTF-8.
inline constexpr std::size_t csv_row_limit = std::size_t{1} << 20;
/// And so many cells.
inline constexpr std::size_t csv_cell_limit = 10'000;

enum class RowEnd {
  complete,     ///< `used` bytes are the row with its line end
  more,         ///< the text ends within the row
  open_quote,   ///< as `more`, within quotes
  after_quote,  ///< something follows a closing quote
  too_many,     ///< more than csv_cell_limit cells
};

struct RowScan {
  RowEnd end = RowEnd::more;
  std::size_t used = 0;
};

/// Reads one row at the start of `text` into `row`; `last` where nothing follows `text`.
RowScan scan_row(std::string_view text, char delimiter, bool last, Row& row);

/// Reads rows from bytes. A row that cannot be read ends with its first line, so that a stray quote costs one
/// line and not the file.
class CsvRows {
 public:
  CsvRows(std::unique_ptr<ByteSource> bytes, std::unique_ptr<TextDecoder> decoder, std::string encoding,
          char delimiter)
      : bytes_(std::move(bytes)),
        decoder_(std::move(decoder)),
        encoding_(std::move(encoding)),
        delimiter_(delimiter) {}

  /// True with the next row that is not blank in `row`, or with its line there and `error` set; false at the
  /// end.
  Result<bool> next(Row& row, std::optional<Error>& error);

 private:
  Result<bool> fill(std::size_t wanted);
  Result<void> skip_line();
  std::optional<Error> judge(const Row& row) const;
  Error refusal(RowEnd end) const;
  std::string_view rest() const noexcept { return std::string_view(buffer_).substr(at_); }

  std::unique_ptr<ByteSource> bytes_;
  std::unique_ptr<TextDecoder> decoder_;
  std::string encoding_;
  char delimiter_;
  std::string raw_;
  std::string buffer_;    ///< decoded text
  std::size_t at_ = 0;    ///< start of what has not been given yet
  std::size_t line_ = 1;  ///< of buffer_[at_]
  bool end_ = false;
};

}  // namespace greenlane::document
