// Records: the pieces of a stream that become one document each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.h"
#include "document/message_tree.h"
#include "document/projection.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// One line of a table, unquoted: the cells one after the other.
struct Row {
  std::size_t line = 0;             ///< 1-based line of its first character
  std::string text;                 ///< UTF-8
  std::vector<std::uint32_t> ends;  ///< of each cell in `text`

  std::size_t size() const noexcept { return ends.size(); }
  std::string_view cell(std::size_t column) const noexcept {
    const std::size_t begin = column == 0 ? 0 : ends[column - 1];
    return std::string_view(text).substr(begin, ends[column] - begin);
  }
};

/// What one document is made from.
struct Record {
  std::size_t index = 0;       ///< 1-based position in the stream, counting bad records too
  std::size_t line = 0;        ///< 1-based line of its first character
  std::string text;            ///< JSON, of the sources of JSON
  std::vector<Row> rows;       ///< of tables
  std::shared_ptr<const MessageTree> message;  ///< of XML and EDIFACT
  std::optional<Error> error;  ///< why it cannot be read, where splitting has found that out already
};

/// Splits a stream into records. One thread.
class RecordSource {
 public:
  virtual ~RecordSource() = default;
  /// The next record, or nullopt at the end. An error means that the stream itself cannot be read on; a
  /// record that is bad is a Record that RecordReader::read() refuses.
  virtual Result<std::optional<Record>> next() = 0;
};

/// Makes documents of records one after the other. One thread.
class RecordParser {
 public:
  virtual ~RecordParser() = default;
  /// As RecordReader::read(); the document is valid until the next call.
  virtual Result<const Document*> read(const Record& record) = 0;
};

/// Makes documents of the records of one source. Any number of threads at once.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// A document of its own. An error has line, pointer or column as far as they are known; its `source` is the
  /// caller's to fill in.
  virtual Result<std::unique_ptr<Document>> read(const Record& record) const = 0;
  /// For many records: reads what `fields` holds of them. The parser does not need the reader afterwards.
  virtual std::unique_ptr<RecordParser> parser(const Projection& fields) const = 0;
};

/// A source and the reader for its records. The reader does not need the source.
struct RecordStream {
  std::unique_ptr<RecordSource> source;
  std::shared_ptr<const RecordReader> reader;
};

}  // namespace greenlane::document
