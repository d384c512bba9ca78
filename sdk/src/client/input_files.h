// Opens the inputs of a batch one after the other and gives their records as one stream.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "document/mapping.h"
#include "document/record_source.h"
#include "greenlane/result.h"
#include "greenlane/screening.h"

namespace greenlane::client {

/// A record and what is needed to make a document of it.
struct InputRecord {
  Source source;
  document::Record record;
  std::shared_ptr<const document::RecordReader> reader;  ///< null where `record.error` says why the file was not opened

  /// The document; an error names the file.
  Result<std::unique_ptr<document::Document>> read() const;
};

/// Reads a mapping file. Errors: io, invalid_json, invalid_document, invalid_mapping, with the file as source.
Result<std::shared_ptr<const document::Mapping>> read_mapping(const std::string& path);

/// Bytes that a record holds.
std::size_t bytes_of(const InputRecord& input) noexcept;

class InputFiles {
 public:
  /// `table` is of the documents that JSON inputs hold. Errors: invalid_argument, io, invalid_mapping.
  static Result<std::unique_ptr<InputFiles>> open(const std::vector<std::string>& paths, const InputOptions& options,
                                                  std::shared_ptr<const document::FieldTable> table);

  /// The next record of any file, or nullopt at the end. A file that cannot be opened or read on gives one
  /// record with an error.
  Result<std::optional<InputRecord>> next();

  /// Passes over the records before `source`, which is the next one then. Error: not_found where it does not come.
  Result<void> skip_to(const Source& source);

  /// Whether the inputs are one JSON file.
  bool single() const noexcept { return single_; }
  /// Share of the bytes of all files read so far, 0 to 1; 0 where sizes are not known.
  double share_read() const noexcept;

 private:
  struct File {
    std::string path;
    std::string format;
  };

  InputFiles() = default;
  Result<void> list(const std::string& path, const std::string& format);
  Result<void> check_mapping() const;
  Result<document::RecordStream> open_stream(const File& file);

  std::vector<File> files_;
  std::shared_ptr<const document::FieldTable> table_;
  std::shared_ptr<const document::Mapping> mapping_;
  std::size_t at_ = 0;
  std::optional<document::RecordStream> stream_;
  std::shared_ptr<std::uint64_t> bytes_read_ = std::make_shared<std::uint64_t>(0);
  std::uint64_t bytes_total_ = 0;
  std::size_t index_ = 0;
  std::optional<InputRecord> ahead_;  ///< read already, given next
  bool single_ = false;
};

}  // namespace greenlane::client
