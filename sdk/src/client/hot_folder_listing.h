// Which files of a hot folder are complete, in the order of their arrival.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/result.h"

namespace greenlane::client {

/// What changes where a file changes. Times in nanoseconds since 1970, by the clock of the file system.
struct FileStamp {
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified = 0;
  std::int64_t changed = 0;  ///< of contents, name or rights: for a file that was renamed into the folder, its arrival

  friend bool operator==(const FileStamp&, const FileStamp&) = default;
  /// Whether it is the same file with the same bytes; its rights may have changed.
  bool same_content(const FileStamp& other) const noexcept {
    return inode == other.inode && size == other.size && modified == other.modified;
  }
};

/// The stamp of a regular file; none where there is no such file, or something else.
std::optional<FileStamp> stamp_of(const std::string& path) noexcept;

struct WaitingFile {
  std::string name;
  FileStamp stamp;
};

/// Looks at a folder again and again.
class FolderListing {
 public:
  using Time = std::chrono::steady_clock::time_point;

  FolderListing(std::string folder, std::chrono::milliseconds interval) : folder_(std::move(folder)), interval_(interval) {}

  /// The files that can be taken, by arrival, then byte order of their names: those that have been unchanged for the interval.
  /// None comes before an older one that may still be written, so that a file seen late keeps its turn. Error: io.
  Result<std::vector<WaitingFile>> look(Time now);

  /// Files in the folder at the last look, complete or not.
  std::size_t size() const noexcept { return seen_.size(); }
  bool has(const std::string& name) const { return seen_.contains(name); }
  /// When the first of them arrived, by the clock of the file system, in nanoseconds since 1970; 0 where there is none.
  std::int64_t oldest() const noexcept { return oldest_; }

 private:
  struct Seen {
    FileStamp stamp;
    Time since;  ///< when it was first seen so
  };
  std::string folder_;
  std::chrono::milliseconds interval_;
  std::map<std::string, Seen> seen_;
  std::int64_t oldest_ = 0;
};

/// Whether a file of that name is taken: it is not hidden, and does not end in .tmp, .part or .filepart.
bool is_input_name(std::string_view name) noexcept;

}  // namespace greenlane::client
