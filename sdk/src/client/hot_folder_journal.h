// What a hot folder is about to bring out and move, so that an interrupted run can be brought to its end.
#pragma once

#include <string>
#include <vector>

#include "client/hot_folder_listing.h"
#include "greenlane/result.h"
#include "greenlane/watch.h"

namespace greenlane::client {

/// An input whose answers are written, under temporary names.
struct JournalEntry {
  WaitingFile input;
  std::string label;
  WatchOutcome outcome = WatchOutcome::no_findings;
};

/// The file that stands while entries are brought out and moved. It is there as a whole or not at all.
class Journal {
 public:
  explicit Journal(const std::string& in);

  /// Makes the entries durable. Error: io.
  Result<void> record(const std::vector<JournalEntry>& entries) const;
  /// What an interrupted run left; nothing where there is no journal. Errors: io, invalid_document.
  Result<std::vector<JournalEntry>> read() const;
  Result<void> remove() const;

 private:
  std::string path_;
  std::string temporary_;
};

}  // namespace greenlane::client
