#include "folders.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>

#include "client/durable_files.h"
#include "client/file_io.h"

namespace greenlane::gateway {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_copied_bytes = std::size_t{64} << 20;

Result<void> outcome(const std::error_code& problem, const std::string& path, const std::string& what) {
  if (!problem) return {};
  return Error{.code = ErrorCode::io, .message = what + ": " + problem.message(), .source = path, .retryable = true};
}

}  // namespace

Result<void> make_folders(const std::string& path) {
  if (path.empty() || client::is_folder(path)) return {};
  const std::string above = client::folder_of(path.back() == '/' ? path.substr(0, path.size() - 1) : path);
  if (auto made = make_folders(above); !made.ok()) return made;
  std::error_code problem;
  fs::create_directory(path, problem);
  if (problem) return outcome(problem, path, "the folder cannot be made");
  return client::sync_folder(above);
}

Result<void> remove_all(const std::string& path) {
  std::error_code problem;
  fs::remove_all(path, problem);
  return outcome(problem, path, "it cannot be removed");
}

Result<void> put_file(const std::string& path, std::string_view bytes) {
  const std::string folder = client::folder_of(path);
  if (auto made = make_folders(folder); !made.ok()) return made;
  return client::replace_file(path, folder + ".new", bytes, true);
}

Result<void> move_into_place(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return client::system_error(to, "the file cannot be put in its place");
  return client::sync_folder(client::folder_of(to));
}

Result<void> copy_folder(const std::string& from, const std::string& to) {
  if (auto made = make_folders(to); !made.ok()) return made;
  if (!client::is_folder(from)) return {};
  const auto names = client::files_below(from, true);
  if (!names.ok()) return names.error();
  std::set<std::string> folders;
  for (const std::string& name : *names) {
    const std::string place = to + "/" + name;
    const std::string folder = *folders.insert(client::folder_of(place)).first;
    if (auto made = make_folders(folder); !made.ok()) return made;
    std::error_code problem;
    fs::create_hard_link(from + "/" + name, place, problem);
    if (!problem) continue;
    const auto bytes = client::read_file(from + "/" + name, max_copied_bytes);
    if (!bytes.ok()) return bytes.error();
    if (auto put = put_file(place, *bytes); !put.ok()) return put;
  }
  for (const std::string& folder : folders) {
    if (auto synced = client::sync_folder(folder); !synced.ok()) return synced;
  }
  return {};
}

Result<void> replace_folder(const std::string& next, const std::string& path) {
  const bool there = client::is_taken(path);
  if (::renameat2(AT_FDCWD, next.c_str(), AT_FDCWD, path.c_str(), there ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0) {
    return client::system_error(path, "the folder cannot be put in its place (this needs a file system such as ext4, XFS, Btrfs or tmpfs)");
  }
  if (auto synced = client::sync_folder(client::folder_of(path)); !synced.ok()) return synced;
  return there ? remove_all(next) : Result<void>();
}

}  // namespace greenlane::gateway
