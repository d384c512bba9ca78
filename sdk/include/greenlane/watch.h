// A hot folder: files that appear in it are screened and answered by files, the way broker software exchanges them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/export.h"
#include "greenlane/pack.h"
#include "greenlane/result.h"
#include "greenlane/screening.h"

namespace greenlane {

/// What came of a file, best first.
enum class WatchOutcome : int {
  no_findings = 0,  ///< no finding at or above WatchOptions::fail_on, and every criterion could be decided
  undecided = 1,    ///< no such finding, but some criterion could not be decided
  findings = 2,     ///< at least one such finding
  failed = 3,       ///< something of the file could not be read or screened
};
/// The spelling in documents, for example "no_findings".
GREENLANE_EXPORT std::string_view to_string(WatchOutcome outcome) noexcept;
/// The file that answers the input NAME is called so, with NAME behind it: "NoFindings_", "Undecided_", "Findings_", "Failed_".
GREENLANE_EXPORT std::string_view answer_prefix(WatchOutcome outcome) noexcept;

/// Four different folders that exist. `in`, `done` and `failed` lie on one file system.
struct WatchFolders {
  std::string in;
  std::string out;     ///< answers
  std::string done;    ///< inputs that were screened
  std::string failed;  ///< inputs of which something could not be read
};

/// How one input was answered.
struct GREENLANE_EXPORT WatchedFile {
  std::string name;   ///< of the input; bytes that are no printable UTF-8 as \xHH
  std::string label;  ///< what its answers and its copy are called: `name`, or with ~2, ~3, … where that was taken
  WatchOutcome outcome = WatchOutcome::no_findings;
  Level level = Level::none;  ///< the highest of all assessments
  std::size_t findings = 0;
  BatchSummary summary;
  std::string digest;         ///< "sha256:" and 64 hexadecimal digits, over the bytes of the input; "-" where they could not be read
  std::vector<Error> errors;  ///< the first few

  /// The first line of its answer, without line end: GREENLANE RESULT 1 OUTCOME LEVEL FINDINGS DIGEST NAME.
  std::string first_line() const;
  /// The document greenlane.watch_result/1, in one line.
  std::string to_json() const;
};

/// Makes the readable text of one input from the items of its screening.
struct FileReport {
  std::function<void(const BatchItem&)> add;
  std::function<std::string(const BatchSummary&)> text;
};

struct WatchOptions {
  InputOptions input;
  std::optional<Date> as_of;             ///< as BatchOptions::as_of
  std::optional<Level> fail_on = Level::high;  ///< the lowest level that counts as findings; none = never
  bool why = false;                      ///< as ScreenOptions::why
  std::chrono::milliseconds interval{1000};  ///< between two looks; a file is complete where it has not changed from one to the next
  unsigned tries = 3;                    ///< for what the operating system refuses, before it is given up
  bool once = false;                     ///< ends after what is there
  std::string status = {};               ///< path of the status file; "" = .greenlane-status.json in WatchFolders::in

  // All are called on the caller's thread, and may be empty.
  std::function<FileReport()> report;    ///< for each input; without it there is no NAME.txt
  std::function<void(const WatchedFile&)> on_file;  ///< the input is answered and has been moved
  std::function<void(const Error&)> on_trouble;     ///< what was disturbed without being an answer: the watching goes on
  std::function<bool()> stop;            ///< asked often; true ends after the file that is being read
  /// Asked before each look at the folder: packs to use from then on in place of those before, at least one, or none where nothing has
  /// changed. An error is told as trouble; the packs stay.
  std::function<Result<std::optional<std::vector<Pack>>>()> renew;
};

struct WatchSummary {
  std::size_t by_outcome[4] = {0, 0, 0, 0};  ///< inputs answered, by WatchOutcome
  std::size_t recovered = 0;  ///< inputs whose answers an interrupted run had made and this one brought out
};

/// Screens the files of `folders.in` in the order of their arrival and answers each in `folders.out`: NAME.json (a line for
/// each assessment), NAME.txt, and last of all PREFIX_NAME, which begins with WatchedFile::first_line(). Then the input is
/// moved. Ended at any moment, also by a loss of power, the next call goes on without losing or repeating a file. Starts no
/// thread. Returns when it was asked to stop, or with `once`. Errors: invalid_argument for folders that cannot be used so;
/// io, retryable, where another watcher has them, or where answers cannot be written or inputs moved after all tries (every
/// input stays); invalid_mapping; invalid_document for a damaged journal.
GREENLANE_EXPORT Result<WatchSummary> watch_folder(const WatchFolders& folders, const std::vector<Pack>& packs,
                                                   const WatchOptions& options);

}  // namespace greenlane
