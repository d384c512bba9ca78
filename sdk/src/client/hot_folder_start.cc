// How a hot folder begins: its folders are looked at and locked, and what an interrupted run left is brought to its end.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "client/hot_folder.h"
#include "client/hot_folder_names.h"
#include "client/input_files.h"
#include "criteria/compiled_pack.h"

namespace greenlane {
namespace client {
namespace {

Error argument_error(const std::string& path, std::string message) {
  return {.code = ErrorCode::invalid_argument, .message = std::move(message), .source = path};
}

}  // namespace

Result<void> HotFolder::open() {
  status_.started_at = std::chrono::system_clock::now();
  if (auto checked = check_folders(); !checked.ok()) return checked;
  for (const std::string* folder : {&folders_.in, &folders_.out}) {
    auto lock = FolderLock::take(path_in(*folder, lock_name));
    if (!lock.ok()) return std::move(lock).error();
    locks_.push_back(*std::move(lock));
  }
  for (const std::string* folder : {&folders_.done, &folders_.failed}) {
    if (auto probed = probe(*folder); !probed.ok()) return probed;
  }
  if (auto recovered = recover(); !recovered.ok()) return recovered;
  return write_status(status_path_, status_);
}

Result<void> HotFolder::check_folders() {
  std::set<std::pair<dev_t, ino_t>> seen;
  for (const std::string* folder : {&folders_.in, &folders_.out, &folders_.done, &folders_.failed}) {
    struct stat found;
    if (::stat(folder->c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) {
      return argument_error(*folder, "there is no such folder; make it first, so that a folder that is only not connected is noticed");
    }
    if (!seen.emplace(found.st_dev, found.st_ino).second) return argument_error(*folder, "the folder is given twice; each needs to be another one");
  }
  const std::filesystem::path status(status_path_);
  std::error_code unknown;
  const auto folder = status.has_parent_path() ? status.parent_path() : std::filesystem::path(".");
  if (std::filesystem::equivalent(folder, folders_.in, unknown) && is_input_name(status.filename().string())) {
    return argument_error(status_path_, "the status file would be taken for an input; put it elsewhere, or begin its name with a dot");
  }
  return {};
}

/// Whether files can be moved from `in` to `folder` in one step.
Result<void> HotFolder::probe(const std::string& folder) {
  const std::string from = path_in(folders_.in, probe_name);
  const std::string to = path_in(folder, probe_name);
  auto file = NewFile::create(from);
  if (!file.ok()) return std::move(file).error();
  if (auto closed = file->close(false); !closed.ok()) return closed;
  if (std::rename(from.c_str(), to.c_str()) != 0) {
    const bool elsewhere = errno == EXDEV;
    Error error = system_error(folder, "files cannot be moved into the folder");
    if (elsewhere) {
      error = argument_error(folder, "the folder lies on another file system than " + folders_.in + ", so that files cannot be moved there in one step; give one on the same file system");
    }
    ::unlink(from.c_str());
    return error;
  }
  return ::unlink(to.c_str()) == 0 ? Result<void>() : system_error(to, "the file cannot be removed");
}

Result<void> HotFolder::recover() {
  auto entries = journal_.read();
  if (!entries.ok()) return std::move(entries).error();
  Batch batch;
  batch.entries = *std::move(entries);
  batch.again = true;
  if (!batch.entries.empty()) {
    if (auto published = publish(batch); !published.ok()) return published;
    if (auto archived = archive(batch); !archived.ok()) return archived;
  }
  if (auto removed = journal_.remove(); !removed.ok()) return removed;
  status_.summary.recovered = batch.entries.size();
  return remove_temporaries();
}

Result<void> HotFolder::remove_temporaries() {
  std::error_code problem;
  for (std::filesystem::directory_iterator at(folders_.out, problem), end; !problem && at != end; at.increment(problem)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with(own_prefix) && name != lock_name) ::unlink(at->path().c_str());
  }
  if (!problem) return {};
  return Error{.code = ErrorCode::io, .message = "the folder cannot be read: " + problem.message(), .source = folders_.out, .retryable = true};
}

}  // namespace client

Result<WatchSummary> watch_folder(const WatchFolders& folders, const std::vector<Pack>& packs, const WatchOptions& options) {
  const auto refuse = [](const char* message) { return Error{.code = ErrorCode::invalid_argument, .message = message}; };
  if (packs.empty()) return refuse("there is no pack to screen against; give at least one");
  if (options.interval < std::chrono::milliseconds(1)) return refuse("the time between two looks has to be a millisecond or more");
  if (options.tries == 0) return refuse("the number of tries has to be 1 or more");
  // A wrong mapping is nothing that each input should be blamed for.
  if (auto inputs = client::InputFiles::open({}, options.input, packs.front().compiled()->table()); !inputs.ok()) return inputs.error();
  client::HotFolder folder(folders, packs, options);
  if (auto opened = folder.open(); !opened.ok()) return std::move(opened).error();
  if (auto done = folder.run(); !done.ok()) return std::move(done).error();
  return folder.summary();
}

}  // namespace greenlane
