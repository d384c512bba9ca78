// Where an authority's files come from: a server, a folder, or a bundle that was carried by hand.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::trust {

/// What comes out of it is not trusted. One thread.
class Source {
 public:
  virtual ~Source() = default;
  /// The bytes at `path`, which is relative, with '/' between its parts and each part percent-encoded as in a URL, such as
  /// "metadata/2.root.json"; none where there is no such file. Errors: unreachable; limit_exceeded, where there are more than
  /// `max_bytes`, of which no more are read.
  virtual Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) = 0;
};

/// The folders of an authority's files.
inline constexpr std::string_view metadata_folder = "metadata/";
inline constexpr std::string_view targets_folder = "targets/";
inline constexpr std::string_view log_folder = "log/";

/// `text` with everything but letters, digits and "_.-~" percent-encoded (RFC 3986, unreserved characters).
std::string percent_encoded(std::string_view text);

}  // namespace greenlane::trust
