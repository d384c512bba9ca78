// What is served of a repository's folder, and under which paths.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace greenlane::gateway {

/// Where the authority's files are on the wire; what follows is the path in the folder.
inline constexpr std::string_view url_prefix = "/v1/criteria/";

/// The path in the folder that the target of a request names, or "" for anything that is no file of metadata, targets or log: each
/// part is of letters, digits and "_.-~" and does not begin with a dot, and nothing is percent-encoded.
std::string served_path(std::string_view request_target);
/// Whether the file of that name never has other bytes.
bool is_immutable(std::string_view path) noexcept;
std::string_view content_type(std::string_view path) noexcept;

struct OpenFile {
  struct Closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Closer> stream;
  std::uint64_t size = 0;
  std::string etag;
};
/// A regular file; links are not followed.
std::optional<OpenFile> open_file(const std::string& path);

}  // namespace greenlane::gateway
