// An authority's files in one file, for machines without a network: a POSIX ustar archive of what its server would give, by the same
// names ("metadata/2.root.json", "targets/…", "log/…").
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/result.h"
#include "trust/source.h"

namespace greenlane::client {

inline constexpr std::size_t max_bundle_file_bytes = std::size_t{1} << 30;  ///< of the archive
inline constexpr std::size_t max_bundle_bytes = std::size_t{512} << 20;     ///< of all files in it together
inline constexpr std::size_t max_bundle_files = 10'000;

/// Holds the files in memory; nothing is written anywhere. What is in it is as little trusted as what a server gives.
class Bundle final : public trust::Source {
 public:
  /// Errors: not_found, io; invalid_document, where it is no such archive, or has a link, a name twice, or a name that no authority's
  /// server has; limit_exceeded.
  static Result<Bundle> open(const std::string& path);
  /// The same of the bytes of an archive; `source` names it in errors.
  static Result<Bundle> read(std::string_view bytes, const std::string& source);

  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override;
  const std::map<std::string, std::string, std::less<>>& files() const noexcept { return files_; }

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

struct BundledFile {
  std::string path;
  std::string bytes;
};
/// Writes an archive that open() reads: the same files always give the same bytes. An error leaves what was at `path`. Error: io.
Result<void> write_bundle(const std::string& path, const std::vector<BundledFile>& files);

/// Whether an authority's server may have a file of that name: "metadata/", "targets/" or "log/" and parts of letters, digits and
/// "_.-~%@", none of which begins with a point.
bool is_bundled_path(std::string_view path) noexcept;

}  // namespace greenlane::client
