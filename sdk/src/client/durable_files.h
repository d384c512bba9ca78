// Files that survive a loss of power, moves that never overwrite, and locks on folders.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::client {

/// An error of the operating system, from errno.
Error system_error(const std::string& path, std::string_view what);

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const noexcept { return number_; }

 private:
  int number_;
};

/// The folder that `path` lies in, with its slash; "./" for a bare name.
std::string folder_of(const std::string& path);

/// A file that is being written.
class NewFile {
 public:
  /// Makes the file, or empties it. Error: io.
  static Result<NewFile> create(const std::string& path);
  /// Makes a file that only its owner may read and change, from its first moment on, and that keeps no copy of what is written.
  /// Error: io, also where there is anything at `path`.
  static Result<NewFile> create_private(const std::string& path);
  Result<void> write(std::string_view bytes);
  /// Writes out what is buffered; `durably` also to the disk. Error: io.
  Result<void> close(bool durably);

 private:
  struct Closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  NewFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
};

/// Writes `bytes` under the name `temporary` of the same folder, then renames to `path`. With `durably` it is there after a loss
/// of power.
Result<void> replace_file(const std::string& path, const std::string& temporary, std::string_view bytes, bool durably);

/// Makes a folder for its owner alone, unless it is there; the one around it must be. Error: io.
Result<void> make_folder(const std::string& path);

/// Makes durable what was made, renamed and removed in a folder.
Result<void> sync_folder(const std::string& folder);
/// Makes durable all that was written to the file system of a folder: for many files cheaper than each by itself.
Result<void> sync_file_system(const std::string& folder);

/// What came of move_file().
enum class Moved { yes, not_there, taken };
/// Renames, unless there is something at `to`. Error: io.
Result<Moved> move_file(const std::string& from, const std::string& to);

/// Whether there is anything at `path`, also a link to nothing.
bool is_taken(const std::string& path) noexcept;

/// Keeps other processes out of a folder until it is destroyed or the process ends.
class FolderLock {
 public:
  /// Locks the file `path`, which stays. Error: io, retryable, where another process has it; its message says "another `holder`
  /// uses the folder" and what to do about it.
  static Result<FolderLock> take(const std::string& path, std::string_view holder = "watcher",
                                 std::string_view what_to_do = "stop it, or give this one a folder of its own");
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace greenlane::client
