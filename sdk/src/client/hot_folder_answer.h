// Screens one file of a hot folder and writes its answers under temporary names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/hot_folder_journal.h"
#include "client/hot_folder_names.h"
#include "crypto/digest.h"
#include "greenlane/watch.h"

namespace greenlane::client {

/// What came of trying to answer a file: an answer, or why there is none yet.
struct Attempt {
  enum class Kind { answered, gone, changed, unreadable };
  Kind kind = Kind::answered;
  JournalEntry entry = {};
  WatchedFile file = {};
  std::optional<Error> error = std::nullopt;  ///< where not answered
};

class FileAnswerer {
 public:
  FileAnswerer(const WatchFolders& folders, const std::vector<Pack>& packs, const WatchOptions& options)
      : folders_(folders), packs_(packs), options_(options), labels_(folders) {}

  /// Reads and screens `input`. Where the operating system does not let it be read, that is an attempt without an answer, or
  /// with `last_try` the answer. Errors: io where the answers cannot be written.
  Result<Attempt> answer(const WaitingFile& input, bool last_try);
  /// The answers given so far have got their names, or are given up.
  void forget() { labels_.clear(); }

 private:
  Result<std::string> digest_of(const std::string& path);
  Result<Attempt> no_answer(Attempt::Kind kind, const WaitingFile& input, Error error) const;
  std::optional<Attempt::Kind> disturbed(const WaitingFile& input) const;

  const WatchFolders& folders_;
  const std::vector<Pack>& packs_;
  const WatchOptions& options_;
  FreeLabels labels_;
  crypto::Sha256 sha256_;
};

}  // namespace greenlane::client
