#include "trust/path_pattern.h"

#include <gtest/gtest.h>

#include <string>

namespace greenlane::trust {
namespace {

TEST(PathPattern, TakesStarsAndQuestionMarksWithinAPart) {
  for (const auto& [pattern, path] : {std::pair{"a", "a"}, {"*", "a.json"}, {"*", "."}, {"*.json", "a.json"}, {"*.json", ".json"}, {"a*", "a"}, {"a*b*c", "a--b-b-c"},
                                      {"*/*", "a/b"}, {"a/*/c", "a/b/c"}, {"a/?.json", "a/1.json"}, {"**", "ab"}, {"*a", "aaa"}, {"*ab", "aab"}, {"?*", "a"},
                                      {"*ab/*ab", "aab/aab"}, {"?/?", "海/关"}, {"海*", "海关总署"}, {"[a]", "[a]"}, {"a\\*", "a\\b"}, {"*/", "a/"}}) {
    EXPECT_TRUE(matches_pattern(pattern, path)) << pattern << " " << path;
  }
}

TEST(PathPattern, TakesNothingElse) {
  for (const auto& [pattern, path] : {std::pair{"a", "b"}, {"a", ""}, {"", "a"}, {"*", "a/b"}, {"a*", "a/b"}, {"*.json", "a/b.json"}, {"?", "/"}, {"?", ""}, {"?", "ab"},
                                      {"a?c", "a/c"}, {"*/*", "a"}, {"*/*", "a/b/c"}, {"**", "a/b"}, {"**/a", "a"}, {"a/b", "a"}, {"a", "a/b"}, {"a/", "a"}, {"a", "A"},
                                      {"a*b", "a/b"}, {"*x/y", "a/y"}, {"*ab", "aba"}, {"[a-c]", "b"}, {"?", "\xE6\xB5\xB7/"}, {"*a/b", "a/a/b"}}) {
    EXPECT_FALSE(matches_pattern(pattern, path)) << pattern << " " << path;
  }
}

TEST(PathPattern, OfManyStarsEndsSoon) {
  std::string pattern;
  for (int i = 0; i < 2'000; ++i) pattern += "*a";
  EXPECT_FALSE(matches_pattern(pattern + "b", std::string(4'000, 'a')));
}

/// All texts of up to `length` letters.
std::vector<std::string> texts(std::string_view letters, std::size_t length) {
  std::vector<std::string> all{""};
  for (std::size_t begin = 0, step = 0; step < length; ++step) {
    const std::size_t end = all.size();
    for (; begin < end; ++begin) {
      for (const char letter : letters) all.push_back(all[begin] + letter);
    }
  }
  return all;
}

/// As slow and as plain as can be.
bool matches_plainly(std::string_view pattern, std::string_view path) {
  if (pattern.empty()) return path.empty();
  if (pattern.front() == '*') {
    return matches_plainly(pattern.substr(1), path) || (!path.empty() && path.front() != '/' && matches_plainly(pattern, path.substr(1)));
  }
  if (path.empty() || (pattern.front() == '?' ? path.front() == '/' : pattern.front() != path.front())) return false;
  return matches_plainly(pattern.substr(1), path.substr(1));
}

TEST(PathPattern, AgreesWithAPlainOneOnAllShortTexts) {
  const auto paths = texts("ab/", 6);
  for (const std::string& pattern : texts("a/*?", 5)) {
    for (const std::string& path : paths) ASSERT_EQ(matches_pattern(pattern, path), matches_plainly(pattern, path)) << pattern << " " << path;
  }
}

}  // namespace
}  // namespace greenlane::trust
