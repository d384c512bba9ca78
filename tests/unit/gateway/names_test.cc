#include <gtest/gtest.h>

#include "options.h"
#include "pack_target.h"
#include "repository.h"
#include "staging.h"

namespace greenlane::gateway {
namespace {

TEST(PackTarget, HasOnePathForEachRevision) {
  EXPECT_EQ(target_path({"cn-sample", 12}), "criteria/cn-sample/12.json");
  const auto target = pack_target("criteria/cn-sample/12.json");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->pack, "cn-sample");
  EXPECT_EQ(target->revision, 12);
  for (const char* path : {"criteria/cn-sample/012.json", "criteria/cn-sample/+1.json", "criteria/cn-sample/-1.json",
                           "criteria/cn-sample/1.JSON", "criteria/a/b/1.json",
                           "criteria/1.json", "criteria/a/.json", "criteria/a/1", "criteria/a/99999999999999999999.json",
                               "trust/keys.json"}) {
    EXPECT_FALSE(pack_target(path)) << path;
  }
}

TEST(Lifetime, IsANumberAndAUnit) {
  using namespace std::chrono_literals;
  EXPECT_EQ(read_lifetime("365d"), 365 * 24h);
  EXPECT_EQ(read_lifetime("24h"), 24h);
  EXPECT_EQ(read_lifetime("90m"), 90min);
  EXPECT_EQ(read_lifetime("30s"), 30s);
  for (const char* text : {"", "d", "1", "1y", "0d", "-1d", "1.5d", "1 d", " 1d", "1dd", "99999999999999999999s", "36526d",
                           "9223372036854775807d"}) {
    EXPECT_FALSE(read_lifetime(text)) << text;
  }
}

TEST(Names, OfFilesOfMetadataAndKeys) {
  EXPECT_EQ(metadata_name("root", 3), "metadata/3.root.json");
  EXPECT_EQ(metadata_name("timestamp", 3), "metadata/timestamp.json");
  EXPECT_EQ(name_of_key("/a/b/root-a.pub"), "root-a");
  EXPECT_EQ(name_of_key("root-a.key"), "root-a.key");
}

}  // namespace
}  // namespace greenlane::gateway
