#include "trust/log_tiles.h"

#include <algorithm>
#include <utility>

namespace greenlane::trust {
namespace {

/// Groups of three digits, all but the last behind an 'x', and the width of a partial file.
std::string number_path(std::uint64_t index, std::size_t width) {
  const auto three_digits = [](std::uint64_t number) { return std::to_string(1'000 + number % 1'000).substr(1); };
  std::string path = three_digits(index);
  while ((index /= 1'000) != 0) path = 'x' + three_digits(index) + '/' + path;
  if (width < tile_width) path += ".p/" + std::to_string(width);
  return path;
}

std::string tile_of(const crypto::MerkleTree& tree, unsigned level, std::uint64_t index, std::size_t width) {
  std::string bytes;
  for (std::size_t i = 0; i < width; ++i) bytes += crypto::bytes_of(tree.node(8 * level, index * tile_width + i));
  return bytes;
}

/// Calls `file` with index and width of each full or partial file that holds numbers from `old_count` to `count`.
template <typename File>
Result<void> each_new(std::uint64_t old_count, std::uint64_t count, const File& file) {
  for (std::uint64_t index = old_count / tile_width; index * tile_width < count; ++index) {
    const auto width = static_cast<std::size_t>(std::min<std::uint64_t>(tile_width, count - index * tile_width));
    if (auto made = file(index, width); !made.ok()) return made;
  }
  return {};
}

}  // namespace

std::string bundle_path(std::uint64_t index, std::size_t width) { return "tile/entries/" + number_path(index, width); }

std::string tile_path(unsigned level, std::uint64_t index, std::size_t width) {
  return "tile/" + std::to_string(level) + '/' + number_path(index, width);
}

Result<std::string> bundle_of(std::span<const std::string> entries) {
  if (entries.empty() || entries.size() > tile_width) {
    return Error{.code = ErrorCode::invalid_argument, .message = "a bundle has 1 to 256 entries, not " + std::to_string(entries.size())};
  }
  std::string bytes;
  for (const std::string& entry : entries) {
    if (entry.size() > max_entry_bytes) {
      return Error{.code = ErrorCode::limit_exceeded,
                   .message = "a log entry has " + std::to_string(entry.size()) + " bytes; at most 4096 are taken"};
    }
    bytes += static_cast<char>(entry.size() >> 8u);
    bytes += static_cast<char>(entry.size() & 0xFFu);
    bytes += entry;
  }
  return bytes;
}

Result<std::vector<std::string>> read_bundle(std::string_view bytes, std::size_t width) {
  std::vector<std::string> entries;
  while (!bytes.empty() && entries.size() < width) {
    const auto byte = [&](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
    const std::size_t length = bytes.size() < 2 ? bytes.size() : byte(0) << 8u | byte(1);
    if (length > max_entry_bytes) {
      return Error{.code = ErrorCode::limit_exceeded,
                   .message = "entry " + std::to_string(entries.size()) + " of the bundle has " + std::to_string(length) +
                              " bytes; at most 4096 are taken"};
    }
    if (bytes.size() < 2 + length) {
      return Error{.code = ErrorCode::invalid_document, .message = "the bundle ends within its entry " + std::to_string(entries.size())};
    }
    entries.emplace_back(bytes.substr(2, length));
    bytes.remove_prefix(2 + length);
  }
  if (entries.size() == width && bytes.empty()) return entries;
  return Error{.code = ErrorCode::invalid_document,
               .message = "the bundle has " + std::to_string(entries.size()) + (bytes.empty() ? "" : " and more") +
                          " entries; expected are " + std::to_string(width)};
}

Result<std::vector<LogFile>> new_log_files(std::span<const std::string> entries, const crypto::MerkleTree& tree, std::uint64_t old_size) {
  std::vector<LogFile> files;
  if (old_size == entries.size()) return files;
  auto bundles = each_new(old_size, entries.size(), [&](std::uint64_t index, std::size_t width) -> Result<void> {
    auto bytes = bundle_of(entries.subspan(index * tile_width, width));
    if (!bytes.ok()) return std::move(bytes).error();
    files.push_back({bundle_path(index, width), *std::move(bytes)});
    return {};
  });
  if (!bundles.ok()) return std::move(bundles).error();
  for (unsigned level = 0; entries.size() >> 8 * level != 0; ++level) {
    (void)each_new(old_size >> 8 * level, entries.size() >> 8 * level, [&](std::uint64_t index, std::size_t width) -> Result<void> {
      files.push_back({tile_path(level, index, width), tile_of(tree, level, index, width)});
      return {};
    });
  }
  return files;
}

}  // namespace greenlane::trust
