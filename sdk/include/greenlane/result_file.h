// The results of a batch in a file that an interrupted run can go on with.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/assessment.h"
#include "greenlane/export.h"
#include "greenlane/result.h"
#include "greenlane/screening.h"

namespace greenlane {

/// One line of JSON for each result, in order. Movable; one thread.
class GREENLANE_EXPORT ResultFile {
 public:
  /// Makes the file, or empties it. Error: io.
  static Result<ResultFile> create(const std::string& path);

  /// Opens what an interrupted run left, or makes the file where there is none. A line that was not finished is cut off.
  /// The last input that has results is done again, since one of its lines may be missing; what it comes to must
  /// begin with the lines that are there, which stay. Errors: io; invalid_document where the file does not hold
  /// results of a batch.
  static Result<ResultFile> resume(const std::string& path);

  /// The input to go on with (BatchOptions::resume_at); none from the beginning.
  const std::optional<Source>& resume_at() const noexcept { return resume_at_; }
  /// What the lines come to that are kept.
  const BatchSummary& earlier() const noexcept { return earlier_; }

  /// Appends whole lines with their line ends. Errors: io; invalid_argument where a line that is done again differs,
  /// because packs, dates or inputs are not those of the interrupted run.
  Result<void> write(std::string_view lines);
  /// Writes out what is buffered. Error: io.
  Result<void> close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };

  ResultFile() = default;
  Result<void> open(const char* mode);
  Result<void> read_lines();
  Error failed(const char* what) const;

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::optional<Source> resume_at_;
  BatchSummary earlier_;
  std::string expected_;  ///< lines that are there and done again
};

}  // namespace greenlane
