#include "client/hot_folder_listing.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <tuple>
#include <utility>

#include "client/durable_files.h"

namespace greenlane::client {
namespace {

struct FolderCloser {
  void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

std::int64_t nanoseconds(const timespec& time) noexcept { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

std::optional<FileStamp> stamp_at(int folder, const char* path) noexcept {
  struct stat found;
  if (::fstatat(folder, path, &found, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(found.st_mode)) return std::nullopt;
  return FileStamp{found.st_ino, static_cast<std::uint64_t>(found.st_size), nanoseconds(found.st_mtim), nanoseconds(found.st_ctim)};
}

bool ends_in(std::string_view name, std::string_view ending) noexcept {
  if (name.size() < ending.size()) return false;
  name.remove_prefix(name.size() - ending.size());
  return std::equal(name.begin(), name.end(), ending.begin(), [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

}  // namespace

std::optional<FileStamp> stamp_of(const std::string& path) noexcept { return stamp_at(AT_FDCWD, path.c_str()); }

bool is_input_name(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 3> unfinished = {".tmp", ".part", ".filepart"};
  return !name.starts_with('.') && std::none_of(unfinished.begin(), unfinished.end(), [&](std::string_view ending) { return ends_in(name, ending); });
}

Result<std::vector<WaitingFile>> FolderListing::look(Time now) {
  const std::unique_ptr<DIR, FolderCloser> folder(::opendir(folder_.c_str()));
  if (folder == nullptr) return system_error(folder_, "the folder cannot be read");
  std::map<std::string, Seen> seen;
  std::vector<WaitingFile> files;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(folder.get());
    if (entry == nullptr && errno != 0) return system_error(folder_, "the folder cannot be read");
    if (entry == nullptr) break;
    if (!is_input_name(entry->d_name)) continue;
    const auto stamp = stamp_at(::dirfd(folder.get()), entry->d_name);
    if (!stamp) continue;
    const auto known = seen_.find(entry->d_name);
    const bool unchanged = known != seen_.end() && known->second.stamp == *stamp;
    if (seen.emplace(entry->d_name, Seen{*stamp, unchanged ? known->second.since : now}).second) files.push_back({entry->d_name, *stamp});
  }
  seen_ = std::move(seen);
  std::sort(files.begin(), files.end(), [](const WaitingFile& a, const WaitingFile& b) {
    return std::tie(a.stamp.changed, a.name) < std::tie(b.stamp.changed, b.name);
  });
  oldest_ = files.empty() ? 0 : files.front().stamp.changed;
  const auto unfinished = std::find_if(files.begin(), files.end(), [&](const WaitingFile& file) { return now - seen_.at(file.name).since < interval_; });
  files.erase(unfinished, files.end());
  return files;
}

}  // namespace greenlane::client
