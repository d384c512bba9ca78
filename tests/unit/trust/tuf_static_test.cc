// Repositories of others, as they were published.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/test_data.h"
#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

namespace fs = std::filesystem;
using test::expect_done;
using test::expect_error;

/// A repository in a folder.
class Folder final : public Source {
 public:
  explicit Folder(fs::path root) : root_(std::move(root)) {}

  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override {
    requests.emplace_back(path);
    if (!fs::is_regular_file(root_ / path)) return std::optional<std::string>();
    std::string bytes = test::read_file(root_ / path);
    if (bytes.size() > max_bytes) return Error{.code = ErrorCode::limit_exceeded, .message = "too long"};
    return std::optional(std::move(bytes));
  }

  std::vector<std::string> requests;

 private:
  fs::path root_;
};

fs::path repository(const char* name) { return test::test_data() / "vectors/tuf" / name; }

/// "2025-02-09 12:02:08+00:00", as the repository says when it was valid.
std::chrono::sys_seconds time_of(const fs::path& folder) {
  const std::string text = test::read_file(folder / "faketime");
  return test::time(text.substr(0, 10) + "T" + text.substr(11, 8) + "Z");
}

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

class TufStatic : public testing::TestWithParam<const char*> {};

TEST_P(TufStatic, IsFollowedToItsTarget) {
  const fs::path folder = repository(GetParam());
  GREENLANE_NEED_TEST_DATA(folder);
  test::MemoryStore store;
  expect_done(Updater::pin_root(store, test::read_file(folder / "initial_root.json")));
  Folder source(folder);
  Updater updater = Updater::open(store, source, time_of(folder)).value();
  expect_done(updater.refresh());
  const std::string path = trimmed(test::read_file(folder / "targetpath"));
  const auto target = updater.find(path);
  ASSERT_TRUE(target.ok() && target->has_value());
  const auto file = updater.download(**target);
  ASSERT_TRUE(file.ok()) << file.error().to_text();
  EXPECT_EQ((**file).info.path, path);
}

INSTANTIATE_TEST_SUITE_P(Repositories, TufStatic, testing::Values("sigstore-root-signing", "tuf-on-ci-0.11"));

// Eight ceremonies of others: keys replaced, points in hexadecimal digits become PEM, types of keys change their names.
TEST(TufStaticRoots, AreFollowedThroughAllRotations) {
  const fs::path folder = repository("sigstore-root-signing");
  GREENLANE_NEED_TEST_DATA(folder);
  for (int first = 1; first <= 12; ++first) {
    test::MemoryStore store;
    const auto pinned = Updater::pin_root(store, test::read_file(folder / "metadata" / (std::to_string(first) + ".root.json")));
    if (first < 4) {
      // With fractions of a second and zones, which the specification does not have.
      expect_error(pinned, ErrorCode::invalid_document, "/signed/expires");
      continue;
    }
    expect_done(pinned);
    Folder source(folder);
    Updater updater = Updater::open(store, source, time_of(folder)).value();
    expect_done(updater.refresh());
    EXPECT_EQ(updater.roles().front().version, 12);
  }
}

TEST(TufStaticPython, WithPlainNamesAndTwoDelegationsIsFollowed) {
  const fs::path folder = repository("python-tuf/repository");
  GREENLANE_NEED_TEST_DATA(folder);
  test::MemoryStore store;
  expect_done(Updater::pin_root(store, test::read_file(folder / "metadata/1.root.json")));
  Folder source(folder);
  Updater updater = Updater::open(store, source, test::time("2026-01-01T00:00:00Z")).value();
  expect_done(updater.refresh());
  for (const char* path : {"file1.txt", "file2.txt", "file3.txt"}) {
    EXPECT_EQ(test::TufClient::download(updater, path).value(), test::read_file(folder / "targets" / path));
  }
  EXPECT_TRUE(updater.find("file3.txt").value().has_value());
  EXPECT_FALSE(updater.find("file4.txt").value().has_value());
  EXPECT_EQ(store.files.count("role1"), 1u);
  EXPECT_EQ(store.files.count("role2"), 0u) << "role2 has no paths, so that nobody asks it";
}

}  // namespace
}  // namespace greenlane::trust
