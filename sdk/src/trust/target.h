// Files that metadata lists by length and digests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::trust {

/// Algorithm and lower-case hexadecimal digits. "sha256" and "sha512" are checked; others are there and say nothing.
using Hashes = std::vector<std::pair<std::string, std::string>>;

/// What the targets role, or one it delegates to, says of a file.
struct TargetInfo {
  std::string path;
  std::uint64_t length = 0;
  Hashes hashes;
  json::Value custom;  ///< an object, or null

  friend bool operator==(const TargetInfo&, const TargetInfo&) = default;
};

struct TargetFile {
  TargetInfo info;
  std::string bytes;
};

/// Whether `digest` is spelled as one of `algorithm`, where that is one that is checked.
bool is_digest(std::string_view algorithm, std::string_view digest) noexcept;

/// Length, where one is given, and every digest that is checked, of which there must be one unless there are no digests at all. Error:
/// not_trusted, with `name` as source.
Result<void> check_content(std::string_view name, std::string_view bytes, std::optional<std::uint64_t> length, const Hashes& hashes);

/// Where the file is: its path percent-encoded, and with `by_digest` the digest and a point before its last part. Error: not_trusted for
/// a path with an empty part, "." or "..", and where no digest is one that is checked.
Result<std::string> target_location(const TargetInfo& target, bool by_digest);

}  // namespace greenlane::trust
