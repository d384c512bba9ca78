#include "site.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace greenlane::gateway {
namespace {

TEST(Site, ServesFilesOfMetadataTargetsAndLog) {
  for (const std::string path : {"metadata/timestamp.json", "metadata/12.root.json", "targets/trust/0a.keys.json",
                                 "targets/criteria/a.b-c/00.7.json",
                                 "log/checkpoint", "log/tile/entries/x001/234.p/17", "log/tile/0/000"}) {
    EXPECT_EQ(served_path("/v1/criteria/" + path), path);
  }
}

TEST(Site, ServesNothingElse) {
  for (const std::string path : {"", "metadata", "metadata/", "metadata/a/b", "metadata/.new", "metadata/..", "metadata/../authority.json",
                                 "targets/../x", "targets//x",
                                 "targets/x/", "targets/./x", "targets/%2e%2e/x", "targets/a?b", "targets/a#b", "targets/a\\b",
                                     "targets/a b", "staged/root.json",
                                 "authority.json", ".lock", "log", "logs/x", "targets/a/b/c/d/e/f/g/h/i/j/k/l"}) {
    EXPECT_EQ(served_path("/v1/criteria/" + path), "") << path;
  }
  EXPECT_EQ(served_path("/v1/criteria/targets/" + std::string(256, 'a')), "");
  EXPECT_EQ(served_path(std::string("/v1/criteria/targets/a\0b", 23)), "");
  EXPECT_EQ(served_path("metadata/timestamp.json"), "");
}

TEST(Site, NeverLeadsOutOfTheFolder) {
  std::mt19937 random(7);
  const std::string pieces[] = {"/", ".", "..", "%", "%2e", "metadata", "targets", "log", "a", "\\", "~", "\xff", "/v1/criteria/"};
  for (int i = 0; i < 200'000; ++i) {
    std::string target = "/v1/criteria/";
    for (unsigned n = random() % 8; n > 0; --n) target += pieces[random() % std::size(pieces)];
    const std::string path = served_path(target);
    if (path.empty()) continue;
    ASSERT_TRUE(path.starts_with("metadata/") || path.starts_with("targets/") || path.starts_with("log/")) << path;
    ASSERT_EQ(path.find("/."), std::string::npos) << path;
    ASSERT_EQ(path.find("//"), std::string::npos) << path;
    ASSERT_EQ(path.find_first_of("%\\\xff"), std::string::npos) << path;
  }
}

TEST(Site, OnlyTheTwoFilesThatLeadToTheOthersChange) {
  EXPECT_FALSE(is_immutable("metadata/timestamp.json"));
  EXPECT_FALSE(is_immutable("log/checkpoint"));
  EXPECT_TRUE(is_immutable("metadata/1.root.json"));
}

}  // namespace
}  // namespace greenlane::gateway
