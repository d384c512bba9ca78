#include "client/durable_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace greenlane::client {
namespace {

template <typename Sync>
Result<void> synced(const std::string& folder, const Sync& sync) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0) return system_error(folder, "the folder cannot be opened");
  if (sync(opened.get()) != 0) return system_error(folder, "what was written cannot be brought to the disk");
  return {};
}

/// The number of the process that holds a lock, as it has written it there.
std::string process_of(int descriptor) {
  char digits[32] = {};
  const ssize_t length = ::pread(descriptor, digits, sizeof digits, 0);
  std::string number;
  for (ssize_t i = 0; i < length && digits[i] >= '0' && digits[i] <= '9'; ++i) number += digits[i];
  return number.empty() ? "" : " (process " + number + ")";
}

}  // namespace

Error system_error(const std::string& path, std::string_view what) {
  const int number = errno;
  return {.code = ErrorCode::io, .message = std::string(what) + ": " + std::generic_category().message(number), .source = path, .retryable = true};
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "./" : path.substr(0, slash + 1);
}

Result<NewFile> NewFile::create(const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "wbe");
  if (file == nullptr) return system_error(path, "the file cannot be made");
  return NewFile(path, file);
}

Result<NewFile> NewFile::create_private(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (descriptor < 0) return system_error(path, "the file cannot be made");
  std::FILE* const file = ::fdopen(descriptor, "wb");
  if (file == nullptr) {
    ::close(descriptor);
    return system_error(path, "the file cannot be made");
  }
  std::setvbuf(file, nullptr, _IONBF, 0);
  return NewFile(path, file);
}

Result<void> NewFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) == bytes.size()) return {};
  return system_error(path_, "the file cannot be written");
}

Result<void> NewFile::close(bool durably) {
  if (std::fflush(file_.get()) != 0) return system_error(path_, "the file cannot be written");
  if (durably && ::fsync(::fileno(file_.get())) != 0) return system_error(path_, "the file cannot be brought to the disk");
  if (std::fclose(file_.release()) != 0) return system_error(path_, "the file cannot be written");
  return {};
}

Result<void> replace_file(const std::string& path, const std::string& temporary, std::string_view bytes, bool durably) {
  auto file = NewFile::create(temporary);
  if (!file.ok()) return std::move(file).error();
  if (auto written = file->write(bytes); !written.ok()) return written;
  if (auto closed = file->close(durably); !closed.ok()) return closed;
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return system_error(path, "the file cannot be put in its place");
  return durably ? sync_folder(folder_of(path)) : Result<void>();
}

Result<void> make_folder(const std::string& path) {
  struct stat found;
  if (::mkdir(path.c_str(), 0700) == 0) return {};
  if (errno == EEXIST && ::stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode)) return {};
  return system_error(path, "the folder cannot be made");
}

Result<void> sync_folder(const std::string& folder) { return synced(folder, ::fsync); }
Result<void> sync_file_system(const std::string& folder) { return synced(folder, ::syncfs); }

Result<Moved> move_file(const std::string& from, const std::string& to) {
  int failed = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
  // Some network file systems do not know the flag; the lock keeps other watchers from coming in between.
  if (failed != 0 && (errno == EINVAL || errno == ENOSYS)) {
    if (is_taken(to)) return Moved::taken;
    failed = std::rename(from.c_str(), to.c_str());
  }
  if (failed == 0) return Moved::yes;
  if (errno == EEXIST) return Moved::taken;
  if (errno == ENOENT && !is_taken(from)) return Moved::not_there;
  return system_error(from, "the file cannot be moved to " + to);
}

bool is_taken(const std::string& path) noexcept {
  struct stat found;
  return ::lstat(path.c_str(), &found) == 0;
}

Result<FolderLock> FolderLock::take(const std::string& path, std::string_view holder, std::string_view what_to_do) {
  FolderLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (lock.descriptor_ < 0) return system_error(path, "the lock file cannot be made");
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return system_error(path, "the folder cannot be locked");
    return Error{.code = ErrorCode::io,
                 .message = "another " + std::string(holder) + process_of(lock.descriptor_) + " uses the folder; " + std::string(what_to_do),
                 .source = path,
                 .retryable = true};
  }
  const std::string number = std::to_string(::getpid()) + "\n";
  // For people who ask who has the lock: not needed for it.
  if (::ftruncate(lock.descriptor_, 0) == 0 && ::pwrite(lock.descriptor_, number.data(), number.size(), 0) < 0) errno = 0;
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace greenlane::client
