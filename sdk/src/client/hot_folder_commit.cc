// How a batch of answered files is brought to its end: the order makes that nothing is lost or repeated.
#include <utility>

#include "client/hot_folder.h"
#include "client/hot_folder_names.h"

namespace greenlane::client {

Result<void> HotFolder::commit(Batch& batch) {
  for (const auto step : steps_) {
    auto done = patiently([&] { return (this->*step)(batch); });
    if (!done.ok()) return done;
  }
  if (auto removed = patiently([&] { return journal_.remove(); }); !removed.ok()) return removed;
  for (const WatchedFile& file : batch.files) {
    ++status_.summary.by_outcome[static_cast<std::size_t>(file.outcome)];
    status_.last = HotFolderStatus::Last{file.name, file.outcome, std::chrono::system_clock::now()};
    if (options_.on_file) options_.on_file(file);
  }
  for (const JournalEntry& entry : batch.entries) retries_.erase(entry.input.name);
  return {};
}

Result<void> HotFolder::record(Batch& batch) { return journal_.record(batch.entries); }

Result<void> HotFolder::publish(Batch& batch) {
  for (const JournalEntry& entry : batch.entries) {
    const auto names = {entry.label + ".json", entry.label + ".txt", std::string(answer_prefix(entry.outcome)) + entry.label};
    for (const std::string& name : names) {
      const auto moved = move_file(path_in(folders_.out, temporary_name(name)), path_in(folders_.out, name));
      if (!moved.ok()) return moved.error();
      if (*moved == Moved::taken) {
        return Error{.code = ErrorCode::io, .message = "another program has made a file where an answer goes; remove it", .source = path_in(folders_.out, name), .retryable = true};
      }
    }
  }
  return sync_folder(folders_.out);
}

Result<void> HotFolder::archive(Batch& batch) {
  for (const JournalEntry& entry : batch.entries) {
    const std::string from = path_in(folders_.in, entry.input.name);
    const auto stamp = stamp_of(from);
    if (!stamp || !stamp->same_content(entry.input.stamp)) {
      if (!batch.again) {
        trouble({.code = ErrorCode::io, .message = "the file was removed or replaced after it was read; its answer is for what was read", .source = printable(entry.input.name)});
      }
      continue;
    }
    const std::string& folder = entry.outcome == WatchOutcome::failed ? folders_.failed : folders_.done;
    Moved moved = Moved::taken;
    for (std::size_t number = 1; moved == Moved::taken; ++number) {
      const auto tried = move_file(from, path_in(folder, numbered(entry.label, number)));
      if (!tried.ok()) return tried.error();
      moved = *tried;
    }
  }
  batch.again = true;
  for (const std::string* folder : {&folders_.done, &folders_.failed, &folders_.in}) {
    if (auto synced = sync_folder(*folder); !synced.ok()) return synced;
  }
  return {};
}

}  // namespace greenlane::client
