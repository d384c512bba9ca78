#include "folders.h"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "client/durable_files.h"
#include "client/file_io.h"

namespace greenlane::gateway {
namespace {

namespace fs = std::filesystem;

Result<void> outcome(const std::error_code& problem, const std::string& path, const std::string& what) {
  if (!problem) return {};
  return Error{.code = ErrorCode::io, .message = what + ": " + problem.message(), .source = path, .retryable = true};
}

}  // namespace

Result<void> make_folders(const std::string& path) {
  std::error_code problem;
  fs::create_directories(path, problem);
  return outcome(problem, path, "the folder cannot be made");
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
  const std::string folder = client::folder_of(to);
  if (auto synced = client::sync_file_system(folder); !synced.ok()) return synced;
  if (std::rename(from.c_str(), to.c_str()) != 0) return client::system_error(to, "the file cannot be put in its place");
  return client::sync_folder(folder);
}

Result<void> copy_folder(const std::string& from, const std::string& to) {
  if (auto made = make_folders(to); !made.ok()) return made;
  if (!client::is_folder(from)) return {};
  const auto names = client::files_below(from, true);
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    if (auto made = make_folders(client::folder_of(to + "/" + name)); !made.ok()) return made;
    std::error_code problem;
    fs::create_hard_link(from + "/" + name, to + "/" + name, problem);
    if (problem) fs::copy_file(from + "/" + name, to + "/" + name, fs::copy_options::overwrite_existing, problem);
    if (auto copied = outcome(problem, to + "/" + name, "the file cannot be copied"); !copied.ok()) return copied;
  }
  return {};
}

Result<void> replace_folder(const std::string& next, const std::string& path) {
  if (auto synced = client::sync_file_system(next); !synced.ok()) return synced;
  const bool there = client::is_taken(path);
  if (::renameat2(AT_FDCWD, next.c_str(), AT_FDCWD, path.c_str(), there ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0) {
    return client::system_error(path, "the folder cannot be put in its place (this needs a file system such as ext4, XFS, Btrfs or tmpfs)");
  }
  if (auto synced = client::sync_folder(client::folder_of(path)); !synced.ok()) return synced;
  return there ? remove_all(next) : Result<void>();
}

}  // namespace greenlane::gateway
