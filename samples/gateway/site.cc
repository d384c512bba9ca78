#include "site.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/text.h"

namespace greenlane::gateway {
namespace {

constexpr std::size_t max_parts = 12;

bool is_plain_part(std::string_view part) noexcept {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_.-~").find(c) != std::string_view::npos;
  };
  return !part.empty() && part.front() != '.' && part.size() <= 255 && std::all_of(part.begin(), part.end(), plain);
}

}  // namespace

std::string served_path(std::string_view request_target) {
  if (!request_target.starts_with(url_prefix)) return {};
  const std::string_view path = request_target.substr(url_prefix.size());
  const auto parts = text::split(path, '/');
  if (parts.size() < 2 || parts.size() > max_parts || !std::all_of(parts.begin(), parts.end(), is_plain_part)) return {};
  const bool known = (parts[0] == "metadata" && parts.size() == 2) || parts[0] == "targets" || parts[0] == "log";
  return known ? std::string(path) : std::string();
}

bool is_immutable(std::string_view path) noexcept { return path != "metadata/timestamp.json" && path != "log/checkpoint"; }

std::string_view content_type(std::string_view path) noexcept {
  if (path.ends_with(".json")) return "application/json";
  return path == "log/checkpoint" ? "text/plain; charset=utf-8" : "application/octet-stream";
}

std::optional<OpenFile> open_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  struct stat found;
  std::FILE* const stream = ::fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) ? ::fdopen(descriptor, "rb") : nullptr;
  if (stream == nullptr) {
    ::close(descriptor);
    return std::nullopt;
  }
  OpenFile file;
  file.stream.reset(stream);
  file.size = static_cast<std::uint64_t>(found.st_size);
  // Files are replaced, never written into: another content is another file.
  const std::string moment = std::to_string(found.st_mtim.tv_sec) + "." + std::to_string(found.st_mtim.tv_nsec);
  file.etag = "\"" + std::to_string(found.st_ino) + "-" + moment + "\"";
  return file;
}

}  // namespace greenlane::gateway
