// Targets that are handed on to other roles: who is asked, in which order, and who may answer.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::at;
using test::expect_done;
using test::expect_error;

/// A role that hands on paths.
struct Edge {
  std::string from, to;
  std::string path = "*";
  bool terminating = false;
};

struct Graph {
  const char* name;
  std::vector<Edge> edges;
  std::string visited;  ///< roles, in order
};

/// Delegated roles whose metadata was asked for, in order.
std::string visited(const std::vector<std::string>& requests) {
  std::string roles;
  for (const std::string& path : requests) {
    const std::string name = path.substr(path.rfind('/') + 1);
    const auto is_of = [&name](const char* top) { return name.ends_with(top); };
    if (is_of("root.json") || is_of("timestamp.json") || is_of("snapshot.json") || is_of("targets.json")) continue;
    roles += (roles.empty() ? "" : " ") + name.substr(2, name.size() - 7);
  }
  return roles;
}

void build(test::TufRepository& repository, const std::vector<Edge>& edges) {
  std::vector<std::string> roles;
  int key = 40;
  for (const Edge& edge : edges) {
    repository.delegate(edge.from, edge.to, {edge.path}, test::tuf_keys({key++}), edge.terminating);
    if (std::find(roles.begin(), roles.end(), edge.to) == roles.end()) roles.push_back(edge.to);
  }
  for (const std::string& role : roles) repository.issue(role);
  repository.publish({"targets", "snapshot", "timestamp"});
}

class TufDelegations : public testing::TestWithParam<Graph> {};

TEST_P(TufDelegations, AreAskedInPreorderAndOnceEach) {
  test::TufRepository repository;
  build(repository, GetParam().edges);
  test::TufClient client(repository);
  expect_error(client.download("missing"), ErrorCode::not_found);
  EXPECT_EQ(visited(repository.requests), GetParam().visited);
  // What is kept now needs no second request.
  expect_error(client.download("missing"), ErrorCode::not_found);
  EXPECT_EQ(visited(repository.requests), "");
}

INSTANTIATE_TEST_SUITE_P(
    Graphs, TufDelegations,
    testing::Values(Graph{"One", {{"targets", "A"}}, "A"}, Graph{"TwoSideBySide", {{"targets", "A"}, {"targets", "B"}}, "A B"},
                    Graph{"BelowTheSecond", {{"targets", "A"}, {"targets", "B"}, {"B", "C"}}, "A B C"},
                    Graph{"BelowTheFirstComeFirst", {{"targets", "A"}, {"targets", "B"}, {"A", "C"}, {"A", "D"}}, "A C D B"},
                    Graph{"ThreeDeepComeFirst", {{"targets", "A"}, {"targets", "B"}, {"A", "C"}, {"C", "D"}}, "A C D B"},
                    Graph{"TerminatingEndsTheSearch", {{"targets", "A"}, {"targets", "B"}, {"A", "C", "*", true}, {"A", "D"}}, "A C"},
                    Graph{"TerminatingStillAsksBelow", {{"targets", "A"}, {"targets", "B"}, {"A", "C", "*", true}, {"C", "D"}}, "A C D"},
                    Graph{"TerminatingForOtherPathsEndsNothing", {{"targets", "A", "x/*", true}, {"targets", "B"}}, "B"},
                    Graph{"OtherPathsAreNotAsked", {{"targets", "A", "*.py"}, {"targets", "B"}, {"A", "C"}}, "B"},
                    Graph{"OtherPathsFurtherDownAreNotAsked", {{"targets", "A"}, {"targets", "B"}, {"A", "C", "*.py"}, {"C", "D"}}, "A B"},
                    Graph{"ACycleEnds", {{"targets", "A"}, {"targets", "B"}, {"B", "C"}, {"C", "D"}, {"D", "B"}}, "A B C D"},
                    Graph{"ARoleThatHandsOnToItself", {{"targets", "A"}, {"A", "A"}}, "A"},
                    Graph{"TwoWaysToARole", {{"targets", "A"}, {"targets", "B"}, {"B", "C"}, {"A", "C"}}, "A C B"},
                    Graph{"TwoWaysToARoleOneForOtherPaths", {{"targets", "A"}, {"targets", "B"}, {"B", "C"}, {"A", "C", "*.py"}}, "A B C"}),
    [](const auto& tested) { return std::string(tested.param.name); });

struct Search {
  std::string path;
  bool found;
  std::string visited;
};

class TufSearch : public testing::TestWithParam<Search> {};

TEST_P(TufSearch, TakesATargetOnlyFromWhoMaySayIt) {
  test::TufRepository repository;
  repository.add_target("targets", "top", "top");
  repository.delegate("targets", "A", {"*.doc", "*.md", "list-?.csv"}, test::tuf_keys({40}));
  repository.delegate("targets", "B", {"packs/*/*"}, test::tuf_keys({41}));
  repository.delegate("B", "C", {"packs/x/*"}, test::tuf_keys({42}));
  repository.delegate("B", "D", {"packs/y/*.json"}, test::tuf_keys({43}));
  for (const char* path : {"guide.md", "list-1.csv", "list-long.csv", "guide.MD"}) repository.add_target("A", path, path);
  repository.add_target("C", "packs/x/v1", "packs/x/v1");
  for (const char* path : {"packs/y/v1.json", "packs/z/v1.json", "packs/y/v1.txt"}) repository.add_target("D", path, path);
  for (const char* role : {"A", "B", "C", "D"}) repository.issue(role);
  repository.publish({"targets", "snapshot", "timestamp"});
  test::TufClient client(repository);
  const auto file = client.download(GetParam().path);
  if (GetParam().found) {
    ASSERT_TRUE(file.ok()) << file.error().to_text();
    EXPECT_EQ(*file, GetParam().path);
  } else {
    expect_error(file, ErrorCode::not_found);
  }
  EXPECT_EQ(visited({repository.requests.begin(), repository.requests.end() - (GetParam().found ? 1 : 0)}), GetParam().visited);
}

INSTANTIATE_TEST_SUITE_P(Paths, TufSearch,
                         testing::Values(Search{"top", true, ""}, Search{"guide.md", true, "A"}, Search{"packs/x/v1", true, "B C"},
                                         Search{"packs/y/v1.json", true, "B D"}, Search{"packs/z/v1.json", false, "B"},
                                         Search{"packs/y/v1.txt", false, "B"}, Search{"packs/guide.md", false, ""}, Search{"list-1.csv", true, "A"},
                                         Search{"list-long.csv", false, ""}, Search{"guide.MD", false, ""}));

class TufDelegation : public testing::Test {
 protected:
  test::TufRepository repository;
  test::TufClient client{repository};

  void publish(const std::string& role) { repository.publish({role, "targets", "snapshot", "timestamp"}); }
};

// Two roles hand their paths to a third, each with keys of its own; only the first one's keys have signed it.
TEST_F(TufDelegation, IsVerifiedForTheRoleThatAskedNow) {
  repository.delegate("targets", "parent-a", {"a/*"}, test::tuf_keys({40}));
  repository.delegate("targets", "parent-b", {"b/*"}, test::tuf_keys({41}));
  repository.delegate("parent-a", "shared", {"a/*"}, test::tuf_keys({42}));
  repository.delegate("parent-b", "shared", {"b/*"}, test::tuf_keys({43}));
  repository.signers["shared"] = test::tuf_keys({42});
  repository.add_target("shared", "a/pack", "right");
  repository.add_target("shared", "b/pack", "wrong");
  for (const char* role : {"shared", "parent-a", "parent-b"}) repository.issue(role);
  publish("shared");
  // Within one process, from what is in memory.
  Updater updater = client.open().value();
  expect_done(updater.refresh());
  EXPECT_EQ(test::TufClient::download(updater, "a/pack").value(), "right");
  expect_error(test::TufClient::download(updater, "b/pack"), ErrorCode::not_trusted, "shared: the metadata is signed by 0 of the 1 keys");
  EXPECT_EQ(test::TufClient::download(updater, "a/pack").value(), "right");
  // In the next one, from what was kept.
  expect_error(client.download("b/pack"), ErrorCode::not_trusted, "shared: the metadata is signed by 0");
  EXPECT_EQ(client.download("a/pack").value(), "right");
}

TEST_F(TufDelegation, ToARoleThatTheSnapshotDoesNotListIsRefused) {
  repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({40}));
  repository.publish({"targets", "snapshot", "timestamp"});
  expect_done(client.refresh());
  expect_error(client.download("region/a"), ErrorCode::not_trusted, "region: targets are delegated to a role that the snapshot does not list");
  EXPECT_EQ(visited(repository.requests), "");
}

TEST_F(TufDelegation, IsRefusedWhereAnotherVersionIsServedThanTheSnapshotLists) {
  repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({40}));
  repository.add_target("region", "region/a", "a");
  publish("region");
  repository.files["metadata/2.region.json"] = test::tuf_file(
      [&] {
        json::Value body = repository.body("region");
        body.set("version", 3);
        return body;
      }(),
      test::tuf_keys({40}));
  expect_error(client.download("region/a"), ErrorCode::not_trusted, "region: this is version 3 of the metadata; the snapshot says version 2");
  EXPECT_EQ(client.store.files.count("region"), 0u);
}

TEST_F(TufDelegation, ByPrefixesOfDigestsGoesByTheSha256OfThePath) {
  const std::string digest = crypto::sha256_hex("region/a");
  json::Value& entry = repository.delegate("targets", "region", {}, test::tuf_keys({40}));
  json::Object& members = entry.object();
  std::erase_if(members, [](const json::Member& m) { return m.key == "paths"; });
  entry.set("path_hash_prefixes", json::Array{digest.substr(0, 3)});
  repository.add_target("region", "region/a", "a");
  publish("region");
  EXPECT_EQ(client.download("region/a").value(), "a");
  repository.add_target("region", "region/other", "b");
  at(repository.body("targets"), "/delegations/roles/0").set("path_hash_prefixes", json::Array{"x", digest.substr(0, 3) + "g"});
  publish("region");
  expect_error(client.download("region/a"), ErrorCode::not_found);
}

TEST_F(TufDelegation, ToSuccinctRolesGoesToTheBinOfThePath) {
  for (const int bits : {1, 3, 8, 10, 16}) {
    test::TufRepository fresh;
    json::Value& delegations = fresh.delegations_of("targets");
    delegations.find("keys")->set(test::tuf_key(40).id, test::tuf_key(40).entry);
    delegations.set("succinct_roles",
                    json::Object{{"keyids", json::Array{test::tuf_key(40).id}}, {"threshold", 1}, {"bit_length", bits}, {"name_prefix", "bin"}});
    const std::string digest = crypto::sha256_hex("region/a");
    const unsigned long number = std::stoul(digest.substr(0, 8), nullptr, 16) >> (32 - bits);
    char name[16];
    std::snprintf(name, sizeof name, "bin-%0*lx", (bits + 3) / 4, number);
    fresh.add_role(name, test::tuf_keys({40}));
    fresh.add_target(name, "region/a", "a");
    fresh.publish({name, "targets", "snapshot", "timestamp"});
    test::TufClient reader(fresh);
    EXPECT_EQ(reader.download("region/a").value(), "a") << name;
  }
}

// Names that are paths, queries or fragments elsewhere.
TEST_F(TufDelegation, ToRolesWithUnusualNamesEncodesThem) {
  const std::map<std::string, std::string> encoded_by_name{
      {"?", "%3F"}, {"#", "%23"}, {"/etc/passwd", "%2Fetc%2Fpasswd"}, {"../root", "..%2Froot"}, {"..", ".."}, {"%2e", "%252e"}, {"海关", "%E6%B5%B7%E5%85%B3"}};
  for (const auto& [name, encoded] : encoded_by_name) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    fresh.delegate("targets", name, {"*"}, test::tuf_keys({40}));
    fresh.add_target(name, "a", "a");
    fresh.publish({name, "targets", "snapshot", "timestamp"});
    EXPECT_EQ(reader.download("a").value(), "a") << name;
    EXPECT_EQ(fresh.requests[4], "metadata/2." + encoded + ".json");
    EXPECT_EQ(reader.store.files.count(name), 1u);
  }
}

TEST_F(TufDelegation, ToARoleNamedLikeATopLevelOneIsRefused) {
  for (const std::string name : {"root", "timestamp", "snapshot", "targets"}) {
    test::TufRepository fresh;
    test::TufClient reader(fresh);
    at(fresh.body("targets"), "").set("delegations", json::Object{{"keys", json::Object()}, {"roles", json::Array()}});
    fresh.delegations_of("targets").find("roles")->array().push_back(json::Object{
        {"name", name}, {"keyids", json::Array()}, {"threshold", 1}, {"paths", json::Array{"*"}}, {"terminating", false}});
    fresh.publish({"targets", "snapshot", "timestamp"});
    expect_error(reader.refresh(), ErrorCode::invalid_document, "cannot be the name of a delegated role");
    EXPECT_EQ(reader.kept(), "root 1, timestamp 2, snapshot 2");
  }
}

TEST_F(TufDelegation, EndsAtTheLimitOfDepth) {
  std::vector<Edge> edges{{"targets", "r0"}};
  for (int i = 0; i < 4; ++i) edges.push_back({"r" + std::to_string(i), "r" + std::to_string(i + 1)});
  build(repository, edges);
  expect_error(client.download("missing"), ErrorCode::limit_exceeded, "deeper than 4");
  client.limits.delegation_depth = 5;
  expect_error(client.download("missing"), ErrorCode::not_found);
}

TEST_F(TufDelegation, EndsAtTheLimitOfRoles) {
  std::vector<Edge> edges;
  for (int i = 0; i < 33; ++i) edges.push_back({"targets", "r" + std::to_string(i)});
  build(repository, edges);
  expect_error(client.download("missing"), ErrorCode::limit_exceeded, "more than 32 roles");
  client.limits.delegated_roles = 33;
  expect_error(client.download("missing"), ErrorCode::not_found);
}

TEST_F(TufDelegation, AfterLoadingWhatIsKeptAsksNobody) {
  repository.delegate("targets", "region", {"region/*"}, test::tuf_keys({40}));
  repository.delegate("targets", "other", {"other/*"}, test::tuf_keys({41}));
  repository.add_target("region", "region/a", "a");
  repository.issue("other");
  publish("region");
  EXPECT_EQ(client.download("region/a").value(), "a");
  repository.requests.clear();
  client.now = test::time("2031-01-01T00:00:00Z");
  Updater updater = client.open().value();
  expect_done(updater.load_trusted());
  EXPECT_EQ(updater.find("region/a").value()->path, "region/a");
  expect_error(updater.find("other/a"), ErrorCode::not_trusted, "other: the role is not kept here");
  EXPECT_TRUE(repository.requests.empty());
}

}  // namespace
}  // namespace greenlane::trust
