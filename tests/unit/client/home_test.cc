// Making and opening a home.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "client/home_settings.h"
#include "client/pack_index.h"
#include "greenlane/keys.h"
#include "tests/support/test_authority.h"

namespace greenlane::test {
namespace {

class Homes : public testing::Test {
 protected:
  Homes() : root_(folder_.write("root.json", authority_.repository.files.at("metadata/1.root.json"))) {}

  Result<Home> make(const std::string& name, const NewHome& settings) { return Home::create(folder_.path(name), settings, time("2026-01-01T00:00:00Z")); }
  NewHome settings() const { return {.gateway = "https://customs.example:8443/", .root = root_, .ca = {}, .enterprise = {}}; }
  void expect_nothing_left(const std::string& name) {
    EXPECT_FALSE(std::filesystem::exists(folder_.path(name))) << name;
    EXPECT_FALSE(std::filesystem::exists(folder_.path(name + ".new"))) << name;
  }

  TestAuthority authority_;
  Folder folder_;
  std::string root_;
};

TEST_F(Homes, AreForTheirOwnerAlone) {
  const auto home = make("home", settings());
  ASSERT_TRUE(home.ok()) << home.error().to_text();
  struct stat found;
  ASSERT_EQ(::stat(home->folder().c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777u, 0700u);
  EXPECT_EQ(home->gateway(), "https://customs.example:8443");
  EXPECT_EQ(home->pinned_root(), "sha256:" + crypto::sha256_hex(authority_.repository.files.at("metadata/1.root.json")));
  EXPECT_FALSE(std::filesystem::exists(folder_.path("home.new")));
  const auto opened = Home::open(folder_.path("home"));
  ASSERT_TRUE(opened.ok()) << opened.error().to_text();
  EXPECT_EQ(opened->to_json(), home->to_json());
}

TEST_F(Homes, HaveAKeyWhereTheEnterpriseIsKnown) {
  NewHome with = settings();
  with.enterprise = "1101919107";
  const auto home = make("home", with);
  ASSERT_TRUE(home.ok()) << home.error().to_text();
  EXPECT_EQ(home->enterprise(), "1101919107");
  const auto keys = KeyStore::open(home->folder());
  ASSERT_TRUE(keys.ok()) << keys.error().to_text();
  ASSERT_EQ(keys->keys().size(), 1u);
  EXPECT_EQ(keys->keys().front().owner, "1101919107");
}

TEST_F(Homes, AreNotMadeWhereThereIsSomething) {
  folder_.write("home/anything", "");
  expect_error(make("home", settings()), ErrorCode::invalid_argument, "there is something already");
  ASSERT_TRUE(make("second", settings()).ok());
  expect_error(make("second", settings()), ErrorCode::invalid_argument, "there is something already");
  std::filesystem::create_directory(folder_.path("empty"));
  EXPECT_TRUE(make("empty", settings()).ok());
}

TEST_F(Homes, LeaveNothingBehindWhereTheyCannotBeMade) {
  NewHome wrong = settings();
  wrong.gateway = "http://customs.example";
  expect_error(make("home", wrong), ErrorCode::invalid_argument, "is no address of a gateway");
  expect_nothing_left("home");
  wrong = settings();
  wrong.root = folder_.write("no-root.json", "{}");
  EXPECT_FALSE(make("home", wrong).ok());
  expect_nothing_left("home");
  wrong = settings();
  wrong.root = folder_.path("none.json");
  expect_error(make("home", wrong), ErrorCode::not_found);
  expect_nothing_left("home");
  wrong = settings();
  wrong.ca = folder_.write("no-ca.pem", "nothing");
  expect_error(make("home", wrong), ErrorCode::invalid_argument, "no certificate");
  expect_nothing_left("home");
}

TEST_F(Homes, TakeTheRootWhateverItsDateButNotWithoutItsOwnSignature) {
  json::Value root = json::parse(authority_.repository.files.at("metadata/1.root.json")).value();
  root.find("signatures")->array().clear();
  NewHome wrong = settings();
  wrong.root = folder_.write("unsigned.json", json::compact(root));
  expect_error(make("home", wrong), ErrorCode::not_trusted);
  const auto late = Home::create(folder_.path("late"), settings(), time("2036-01-01T00:00:00Z"));
  EXPECT_TRUE(late.ok()) << late.error().to_text();
}

TEST_F(Homes, AreMadeAlsoWhereAnEarlierCallWasInterrupted) {
  folder_.write("home.new/packs/half", "");
  const auto home = make("home", settings());
  ASSERT_TRUE(home.ok()) << home.error().to_text();
  EXPECT_FALSE(std::filesystem::exists(folder_.path("home/packs/half")));
}

TEST_F(Homes, ThatAreNoneSaySo) {
  expect_error(Home::open(folder_.path("none")), ErrorCode::not_found, "greenlane init");
  folder_.write("broken/home.json", R"({"format": "greenlane.home/2"})");
  expect_error(Home::open(folder_.path("broken")), ErrorCode::invalid_document, "greenlane.home/1");
}

TEST_F(Homes, GatewaysHaveOneForm) {
  for (const char* url : {"https://customs.example", "https://127.0.0.1:8443/", "https://[::1]:8443"}) EXPECT_TRUE(client::gateway_url(url).ok()) << url;
  for (const char* url : {"", "customs.example", "http://customs.example", "https://", "https:///", "https://a/b", "https://user@a", "https://a?b", "https://a b",
                          "ftp://a", "HTTPS://a"}) {
    EXPECT_FALSE(client::gateway_url(url).ok()) << url;
  }
}

TEST_F(Homes, IdsOfPacksAreSafeInPaths) {
  for (const char* id : {"goods", "cn-sample", "a.b-c1", "0"}) EXPECT_TRUE(client::is_pack_id(id)) << id;
  for (const char* id : {"", ".", "..", "../x", "a/b", "A", "a..b", "-a", "a-", "a b", "a@1", "\xc3\xa9"}) EXPECT_FALSE(client::is_pack_id(id)) << id;
  EXPECT_TRUE(client::is_pack_id(std::string(64, 'a')));
  EXPECT_FALSE(client::is_pack_id(std::string(65, 'a')));
}

}  // namespace
}  // namespace greenlane::test
