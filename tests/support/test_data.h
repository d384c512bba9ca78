// Where the public test vectors are that are too large for the repository.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace greenlane::test {

/// The root of the checkout: the nearest folder above the working one that has the SDK's sources.
inline std::filesystem::path source_root() {
  for (auto folder = std::filesystem::current_path();; folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / "sdk/include/greenlane/result.h")) return folder;
    if (folder == folder.parent_path()) return std::filesystem::current_path();
  }
}

/// $GREENLANE_TEST_DATA, or shared/data beside the checkout.
inline std::filesystem::path test_data() {
  if (const char* folder = std::getenv("GREENLANE_TEST_DATA")) return folder;
  return source_root().parent_path() / "shared" / "data";
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in.good()) << path;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace greenlane::test

/// Skips the test, saying so, where the test data is not there.
#define GREENLANE_NEED_TEST_DATA(path)                     \
  if (!std::filesystem::exists(path)) {                    \
    std::cout << "skipped: no test data" << std::endl;     \
    GTEST_SKIP() << "no test data at " << (path).string(); \
  }
