// Files of a log (C2SP tlog-tiles): which there are, what they are called, what is in them. Both sides use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/merkle.h"
#include "greenlane/result.h"

namespace greenlane::trust {

inline constexpr std::size_t tile_width = 256;  ///< entries of a full bundle, hashes of a full tile
inline constexpr std::size_t max_entry_bytes = 4'096;
inline constexpr std::size_t max_bundle_bytes = tile_width * (2 + max_entry_bytes);

/// Where the bundle of entries number 256 * `index` and the following ones lies below the log's folder, such as
/// "tile/entries/x001/234", or "tile/entries/x001/234.p/17" with 17 entries. REQUIRES: 1 <= width <= tile_width.
std::string bundle_path(std::uint64_t index, std::size_t width);
/// The same for the tile of hashes at `level`, such as "tile/0/x001/234".
std::string tile_path(unsigned level, std::uint64_t index, std::size_t width);

/// At most tile_width entries, each with its length before it (16 bits, big-endian). Errors: invalid_argument, limit_exceeded.
Result<std::string> bundle_of(std::span<const std::string> entries);
/// The entries of a bundle of exactly `width`. Errors: invalid_document, limit_exceeded.
Result<std::vector<std::string>> read_bundle(std::string_view bytes, std::size_t width);

struct LogFile {
  std::string path;  ///< below the log's folder
  std::string bytes;
};

/// The bundles and tiles that are new when a log grows from `old_size` to all of `entries`, of which `tree` is the tree. They have to be
/// served before the checkpoint is. REQUIRES: old_size <= entries.size() == tree.size(). Errors: those of bundle_of().
Result<std::vector<LogFile>> new_log_files(std::span<const std::string> entries, const crypto::MerkleTree& tree, std::uint64_t old_size);

}  // namespace greenlane::trust
