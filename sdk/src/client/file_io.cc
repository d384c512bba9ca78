#include "client/file_io.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace greenlane::client {
namespace {

namespace fs = std::filesystem;

Error io_error(const std::string& path, std::string message) {
  return {.code = ErrorCode::io, .message = std::move(message), .source = path, .retryable = true};
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  std::error_code problem;
  if (!fs::exists(path, problem)) {
    return Error{.code = ErrorCode::not_found, .message = "there is no such file", .source = path};
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return io_error(path, "the file cannot be opened for reading");
  std::string bytes;
  char buffer[1 << 16];
  while (file.read(buffer, sizeof buffer) || file.gcount() > 0) {
    bytes.append(buffer, static_cast<std::size_t>(file.gcount()));
    if (bytes.size() > limit) {
      return Error{.code = ErrorCode::limit_exceeded,
                   .message = "the file is larger than the bound of " + std::to_string(limit) + " bytes",
                   .source = path};
    }
  }
  if (file.bad()) return io_error(path, "the file cannot be read");
  return bytes;
}

bool is_folder(const std::string& path) noexcept {
  std::error_code problem;
  return fs::is_directory(path, problem);
}

Result<std::vector<std::string>> files_below(const std::string& folder, bool deep) {
  std::vector<std::string> names;
  std::error_code problem;
  fs::recursive_directory_iterator at(folder, problem);
  if (problem) return io_error(folder, "the folder cannot be read: " + problem.message());
  for (const fs::recursive_directory_iterator end; at != end; at.increment(problem)) {
    if (problem) return io_error(folder, "the folder cannot be read: " + problem.message());
    const bool hidden = at->path().filename().string().starts_with('.');
    if (at->is_directory(problem) && (!deep || hidden || at->is_symlink(problem))) at.disable_recursion_pending();
    if (!hidden && at->is_regular_file(problem)) names.push_back(at->path().lexically_relative(folder).generic_string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace greenlane::client
