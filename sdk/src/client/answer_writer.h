// What one file of a hot folder comes to: its counts, and the texts that answer it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/durable_files.h"
#include "greenlane/watch.h"

namespace greenlane::client {

/// Takes the items of one file, one after the other.
class AnswerWriter {
 public:
  /// Writes to `lines` and counts into `file`, which has its name. `path` is where the input lies.
  AnswerWriter(const WatchOptions& options, std::string path, NewFile lines, WatchedFile& file);

  Result<void> add(BatchItem&& item);
  /// Something of the whole file that no item has told of.
  Result<void> add(Error error);
  /// Ends the lines, and settles the outcome.
  Result<void> finish();

  bool has_text() const noexcept { return static_cast<bool>(report_.text); }
  std::string text() const { return report_.text(file_.summary); }
  /// What the operating system refused.
  const std::optional<Error>& unreadable() const noexcept { return unreadable_; }

 private:
  void refuse(Error& error);
  void count(const BatchItem& item);
  WatchOutcome outcome() const noexcept;

  std::optional<Level> fail_on_;
  std::string path_;
  NewFile lines_;
  WatchedFile& file_;
  FileReport report_;
  std::optional<Error> unreadable_;
};

/// The text of the file that programs look for: the first line, then "key: value" lines.
std::string answer_text(const WatchedFile& file, const std::vector<Pack>& packs, bool with_text);

}  // namespace greenlane::client
