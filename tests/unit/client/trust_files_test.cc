#include "client/trust_files.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "client/file_io.h"
#include "tests/support/folders.h"

namespace greenlane::client {
namespace {

TEST(TrustFiles, KeepARoleUnderItsEncodedNameAndReplaceItAsAWhole) {
  const test::Folder folder;
  TrustFiles files(folder.path());
  EXPECT_FALSE(files.load("root").value().has_value());
  for (const std::string role : {"root", "cn/customs", "../root", "..", ".", "?", "a.json", "海关"}) {
    for (const std::string bytes : {"first", "second"}) {
      ASSERT_TRUE(files.save(role, bytes).ok()) << role;
      EXPECT_EQ(files.load(role).value().value(), bytes);
    }
  }
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.root())) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(names, (std::vector<std::string>{"%3F.json", "%E6%B5%B7%E5%85%B3.json", "..%2Froot.json", "...json", "..json", "a.json.json", "cn%2Fcustoms.json", "root.json"}));
}

TEST(TrustFiles, KeepRolesWithLongNamesApart) {
  const test::Folder folder;
  TrustFiles files(folder.path());
  const std::string first(1'000, 'x');
  const std::string second = first + "y";
  ASSERT_TRUE(files.save(first, "1").ok());
  ASSERT_TRUE(files.save(second, "2").ok());
  EXPECT_EQ(files.load(first).value().value(), "1");
  EXPECT_EQ(files.load(second).value().value(), "2");
}

TEST(TrustFiles, ForgetARole) {
  const test::Folder folder;
  TrustFiles files(folder.path());
  ASSERT_TRUE(files.save("timestamp", "x").ok());
  ASSERT_TRUE(files.remove("timestamp").ok());
  EXPECT_FALSE(files.load("timestamp").value().has_value());
  EXPECT_TRUE(files.remove("timestamp").ok());
}

TEST(TrustFiles, SayWhatTheOperatingSystemRefuses) {
  TrustFiles nowhere("/nonexistent/folder");
  const auto saved = nowhere.save("root", "x");
  ASSERT_FALSE(saved.ok());
  EXPECT_EQ(saved.error().code, ErrorCode::io);
  EXPECT_FALSE(nowhere.load("root").value().has_value());
  const test::Folder folder;
  std::filesystem::create_directory(folder.path("root.json"));
  TrustFiles files(folder.path());
  EXPECT_EQ(files.load("root").error().code, ErrorCode::io);
  EXPECT_FALSE(files.save("root", "x").ok());
  EXPECT_TRUE(files_below(folder.path(), true).value().empty());
}

}  // namespace
}  // namespace greenlane::client
