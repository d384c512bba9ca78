// Watches a folder: takes what is complete, answers it, moves it.
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/durable_files.h"
#include "client/hot_folder_answer.h"
#include "client/hot_folder_journal.h"
#include "client/hot_folder_listing.h"
#include "client/hot_folder_status.h"
#include "greenlane/watch.h"

namespace greenlane::client {

/// Files answered together. Bringing answers to the disk takes about as long for many as for one.
inline constexpr std::size_t batch_files = 64;
/// A batch ends early where it has taken so long.
inline constexpr std::chrono::milliseconds batch_time{250};
/// The longest pause before something is tried again.
inline constexpr int longest_pause_seconds = 60;

class HotFolder {
 public:
  /// Refers to its arguments but for `packs`.
  HotFolder(const WatchFolders& folders, const std::vector<Pack>& packs, const WatchOptions& options);

  /// Locks the folders and brings to its end what an interrupted run has left. Errors: as watch_folder().
  Result<void> open();
  /// Works until it is told to stop. REQUIRES: open().
  Result<void> run();
  const WatchSummary& summary() const noexcept { return status_.summary; }

 private:
  friend struct HotFolderFault;
  using Clock = std::chrono::steady_clock;

  struct Batch {
    std::vector<JournalEntry> entries;
    std::vector<WatchedFile> files;
    bool again = false;  ///< its steps may have been done before
  };
  /// A file that could not be read.
  struct Retry {
    unsigned tries = 0;
    Clock::time_point next;
  };

  Result<void> check_folders();
  Result<void> probe(const std::string& to);
  Result<void> recover();
  Result<void> remove_temporaries();

  void renew_packs();
  Result<void> handle(const std::vector<WaitingFile>& files);
  Result<void> fill(Batch& batch, const std::vector<WaitingFile>& files, std::size_t& at);
  void set_aside(const WaitingFile& file, Attempt& attempt);
  bool is_due(const WaitingFile& file) const;
  Result<void> commit(Batch& batch);

  // What brings a batch to its end, in this order. Each may be done again.
  Result<void> record(Batch& batch);
  Result<void> publish(Batch& batch);
  Result<void> archive(Batch& batch);

  Result<void> patiently(const std::function<Result<void>()>& act);
  void note(const Error& error);
  void trouble(const Error& error);
  void tell_status(bool now);
  bool stopped() const { return options_.stop && options_.stop(); }
  void pause(Clock::time_point until) const;

  const WatchFolders& folders_;
  std::vector<Pack> packs_;
  const WatchOptions& options_;
  std::vector<FolderLock> locks_;
  FolderListing listing_;
  FileAnswerer answerer_;
  Journal journal_;
  std::map<std::string, Retry> retries_;
  HotFolderStatus status_;
  std::string status_path_;
  Clock::time_point status_written_;
  std::array<Result<void> (HotFolder::*)(Batch&), 3> steps_ = {&HotFolder::record, &HotFolder::publish, &HotFolder::archive};
};

}  // namespace greenlane::client
