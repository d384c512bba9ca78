#include "trust/log_tiles.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/hex.h"
#include "tests/support/results.h"

namespace greenlane::trust {
namespace {

std::vector<std::string> entries(std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back("entry " + std::to_string(i));
  return all;
}

crypto::MerkleTree tree_of(const std::vector<std::string>& all) {
  crypto::MerkleTree tree;
  for (const std::string& entry : all) tree.append(entry);
  return tree;
}

// C2SP tlog-tiles, "Merkle Tree".
TEST(LogTiles, AreCalledAsTheSpecificationSays) {
  EXPECT_EQ(bundle_path(0, 256), "tile/entries/000");
  EXPECT_EQ(bundle_path(5, 17), "tile/entries/005.p/17");
  EXPECT_EQ(bundle_path(1'000, 1), "tile/entries/x001/000.p/1");
  EXPECT_EQ(bundle_path(1'234'067, 256), "tile/entries/x001/x234/067");
  EXPECT_EQ(tile_path(0, 272, 256), "tile/0/272");
  EXPECT_EQ(tile_path(2, 0, 1), "tile/2/000.p/1");
}

TEST(LogTiles, OfAGrownLogAreThoseOfTheSpecificationsExample) {
  const auto all = entries(70'000);
  std::set<std::string> paths;
  std::size_t full_of_level_0 = 0;
  for (const LogFile& file : new_log_files(all, tree_of(all), 0).value()) {
    EXPECT_TRUE(paths.insert(file.path).second) << file.path << " comes twice";
    if (file.path.starts_with("tile/0/") && file.path.find(".p/") == std::string::npos) ++full_of_level_0;
  }
  EXPECT_EQ(full_of_level_0, 273u);
  for (const char* path : {"tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1", "tile/entries/272", "tile/entries/273.p/112"}) {
    EXPECT_TRUE(paths.contains(path)) << path;
  }
  EXPECT_EQ(paths.size(), 273u + 1 + 1 + 1 + 1 + 274u);
}

TEST(LogTiles, OfAFullTileBeginTheNextLevel) {
  const auto all = entries(256);
  const auto tree = tree_of(all);
  const auto files = new_log_files(all, tree, 255).value();
  ASSERT_EQ(files.size(), 3u);
  EXPECT_EQ(files[0].path, "tile/entries/000");
  EXPECT_EQ(files[1].path, "tile/0/000");
  EXPECT_EQ(files[1].bytes.size(), 8'192u);
  EXPECT_EQ(files[1].bytes.substr(32, 32), crypto::bytes_of(crypto::leaf_hash(all[1])));
  EXPECT_EQ(files[2].path, "tile/1/000.p/1");
  EXPECT_EQ(files[2].bytes, crypto::bytes_of(tree.root()));
  EXPECT_TRUE(new_log_files(all, tree, 256).value().empty());
  EXPECT_TRUE(new_log_files({}, crypto::MerkleTree(), 0).value().empty());
}

TEST(LogBundle, HasALengthBeforeEachEntry) {
  const std::vector<std::string> all = {"ab", "", std::string(300, 'x')};
  const std::string bytes = bundle_of(all).value();
  EXPECT_EQ(to_hex(bytes.substr(0, 8)), "000261620000012c");
  EXPECT_EQ(read_bundle(bytes, 3).value(), all);
}

TEST(LogBundle, OfAnotherWidthOrCutOffIsRefused) {
  const std::vector<std::string> all = {"ab", "cde"};
  const std::string bytes = bundle_of(all).value();
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(read_bundle(bytes.substr(0, size), 2).ok()) << size;
  EXPECT_FALSE(read_bundle(bytes, 1).ok());
  EXPECT_FALSE(read_bundle(bytes, 3).ok());
  EXPECT_FALSE(read_bundle(bytes + '\0', 2).ok());
  EXPECT_FALSE(read_bundle(bytes + std::string(2, '\0'), 2).ok());
  EXPECT_FALSE(read_bundle("", 1).ok());
}

TEST(LogBundle, HasItsBounds) {
  const std::vector<std::string> longest{std::string(max_entry_bytes, 'x')}, longer{std::string(max_entry_bytes + 1, 'x')};
  EXPECT_EQ(read_bundle(bundle_of(longest).value(), 1).value(), longest);
  EXPECT_EQ(test::code_of(bundle_of(longer)), ErrorCode::limit_exceeded);
  EXPECT_EQ(test::code_of(read_bundle("\x10\x01" + longer[0], 1)), ErrorCode::limit_exceeded);
  EXPECT_EQ(test::code_of(bundle_of(entries(257))), ErrorCode::invalid_argument);
  EXPECT_EQ(test::code_of(bundle_of({})), ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace greenlane::trust
