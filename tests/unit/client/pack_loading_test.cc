// Packs on disk: folders, built files, their tests, and where mistakes are.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>

#include "greenlane/pack.h"
#include "tests/support/folders.h"
#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

constexpr const char* passing = R"([{"name": "hits", "declaration": {}, "expect": "hit"}])";

std::string head() {
  json::Value pack = pack_json({});
  json::Object only;
  for (const auto& [key, value] : pack.object()) {
    if (key != "lists" && key != "criteria") only.push_back({key, value});
  }
  return json::pretty(json::Value(std::move(only)));
}

std::string text_of(const Draft& draft) { return json::pretty(draft.json()); }

/// A folder with a pack of two criteria and two lists.
class PackLoading : public testing::Test {
 protected:
  PackLoading() {
    folder_.write("pack/pack.json", head());
    folder_.write("pack/criteria/b.json", text_of({.when = "true", .id = "T.B", .tests = passing}));
    folder_.write("pack/criteria/a/one.json",
                  "[" + text_of({.when = "item.hs.under(lists.codes)", .id = "T.A", .each = "items"}) + "]");
    folder_.write("pack/lists/codes.csv", "code:hs\n0307\n");
    folder_.write("pack/lists/names.json", R"({"type": "string", "values": ["a"]})");
    folder_.write("pack/README.md", "not part of the pack");
    folder_.write("pack/criteria/.hidden.json", "not JSON");
  }
  std::string pack() const { return folder_.path("pack"); }
  std::string refusal() const {
    const auto made = load_local_pack(pack());
    if (made.ok()) return "";
    const Error& e = made.error();
    return std::string(to_string(e.code)) + " " + e.source.substr(folder_.path().size()) + " " + e.pointer +
           " " + e.message.substr(0, e.message.find('\n'));
  }

  Folder folder_;
};

// Nobody but the verifying code makes a pack that says "published", and nobody but the loader one that says "local".
template <typename Made>
constexpr bool only_from_itself = !std::is_default_constructible_v<Made> &&
                                  !std::is_constructible_v<Made, std::shared_ptr<const criteria::CompiledPack>> &&
                                  !std::is_constructible_v<Made, std::shared_ptr<const criteria::CompiledPack>, std::string> &&
                                  !std::is_constructible_v<Made, std::shared_ptr<const criteria::CompiledPack>, std::string, std::string> &&
                                  !std::is_constructible_v<Made, std::string>;
static_assert(only_from_itself<Pack> && only_from_itself<LocalPack> && only_from_itself<PublishedPack>);
static_assert(!std::is_constructible_v<PublishedPack, Pack> && !std::is_constructible_v<PublishedPack, LocalPack>);

TEST_F(PackLoading, GivesTheCriteriaOfAFolderInOrder) {
  const auto made = load_local_pack(pack());
  ASSERT_TRUE(made.ok()) << made.error().to_text();
  std::string keys;
  for (const auto& info : made->criteria()) keys += info->key() + " ";
  EXPECT_EQ(keys, "T.A@1 T.B@1 ");
  EXPECT_EQ(made->identity().id, "test-pack");
  EXPECT_EQ(made->identity().revision, 7);
  EXPECT_EQ(made->identity().provenance, "local");
  EXPECT_EQ(made->title().in("zh"), "测试");
}

TEST_F(PackLoading, GivesTheSamePackFromABuiltFile) {
  const auto bytes = build_pack(pack());
  ASSERT_TRUE(bytes.ok());
  const std::string file = folder_.write("built.json", *bytes);
  EXPECT_EQ(load_local_pack(file).value().identity().digest,
            load_local_pack(pack()).value().identity().digest);
  EXPECT_EQ(build_pack(file).value(), *bytes);
  EXPECT_EQ(load_local_pack(file).value().identity().digest, "sha256:" + crypto::sha256_hex(*bytes));
  EXPECT_EQ(bytes->find("include"), std::string::npos);
}

TEST_F(PackLoading, GivesTheSameBytesForAnotherLayoutOfTheSameFiles) {
  const std::string before = build_pack(pack()).value();
  folder_.write("pack/lists/names.json", "{\"values\":[\"\\u0061\"],\n\n\"type\":\"string\"}");
  EXPECT_EQ(build_pack(pack()).value(), before);
}

TEST_F(PackLoading, FollowsIncludes) {
  folder_.write("shared/criteria/s.json", text_of({.when = "true", .id = "T.S", .tests = passing}));
  json::Value with_include = parsed(head());
  with_include.set("include", json::Array{"../shared"});
  folder_.write("pack/pack.json", json::pretty(with_include));
  EXPECT_EQ(load_local_pack(pack()).value().criteria().size(), 3u);
  with_include.set("include", json::Array{"../nowhere"});
  folder_.write("pack/pack.json", json::pretty(with_include));
  EXPECT_NE(refusal().find("includes ../nowhere, which is no folder"), std::string::npos) << refusal();
}

TEST_F(PackLoading, NamesTheFileAndThePlaceOfAMistake) {
  folder_.write("pack/criteria/b.json", text_of({.when = "declaration.lrnn == 'x'", .id = "T.B"}));
  EXPECT_EQ(refusal().substr(0, 48), "invalid_expression /pack/criteria/b.json /when c") << refusal();
  folder_.write("pack/criteria/b.json", R"({"id": "T.B"})");
  EXPECT_EQ(refusal().substr(0, 40), "invalid_document /pack/criteria/b.json  ") << refusal();
  folder_.write("pack/criteria/b.json", "{");
  EXPECT_EQ(refusal().substr(0, 35), "invalid_json /pack/criteria/b.json ") << refusal();
  folder_.write("pack/criteria/b.json", text_of({.when = "true", .id = "T.B"}));
  folder_.write("pack/lists/codes.csv", "code:hs\n0307\nfish\n");
  EXPECT_EQ(refusal().substr(0, 42), "invalid_pack /pack/lists/codes.csv /values") << refusal();
}

TEST_F(PackLoading, RefusesAPackWhoseTestsFail) {
  folder_.write("pack/criteria/b.json", text_of({.when = "false", .id = "T.B", .tests = passing}));
  EXPECT_EQ(refusal().substr(0, 11), "failed_test") << refusal();
  EXPECT_NE(refusal().find("criterion T.B@1: its test \"hits\" expects hit but gives clear"),
            std::string::npos)
      << refusal();
  EXPECT_NE(refusal().find("/pack/criteria/b.json"), std::string::npos) << refusal();
  EXPECT_FALSE(build_pack(pack()).ok());
  EXPECT_TRUE(lint_pack(pack()).size() > 0);
  const auto results = test_pack(pack());
  ASSERT_TRUE(results.ok());
  EXPECT_FALSE(results->at(0).passed);
}

TEST_F(PackLoading, SaysWhatIsNotThere) {
  EXPECT_EQ(load_local_pack(folder_.path("nothing.json")).error().code, ErrorCode::not_found);
  const Folder empty;
  const auto made = load_local_pack(empty.path());
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().message.find("pack.json"), std::string::npos) << made.error().message;
  EXPECT_FALSE(load_local_pack(folder_.write("text.json", "hello")).ok());
  EXPECT_EQ(load_local_pack(folder_.write("text.json", "[]")).error().code, ErrorCode::invalid_document);
}

TEST_F(PackLoading, LintsEverythingThatIsWrongAtOnce) {
  folder_.write("pack/criteria/b.json", text_of({.when = "nothing", .id = "T.B"}));
  folder_.write("pack/criteria/c.json", text_of({.when = "true", .id = "T.C", .rows = "nothing"}));
  std::size_t errors = 0;
  for (const PackProblem& problem : lint_pack(pack())) errors += problem.is_error ? 1 : 0;
  EXPECT_EQ(errors, 2u);
}

/// "CHANGE PART members"
std::string differences(const std::string& a, const std::string& b) {
  const auto made = diff_packs(a, b);
  if (!made.ok()) return "error: " + made.error().message;
  std::string out;
  for (const PackDifference& d : *made) {
    out += d.change + " " + d.criterion;
    for (const std::string& member : d.members) out += " " + member;
    out += "; ";
  }
  return out;
}

TEST_F(PackLoading, ComparesPacksCriterionByCriterion) {
  const std::string before = folder_.write("before.json", build_pack(pack()).value());
  EXPECT_EQ(differences(before, pack()), "");
  folder_.write("pack/criteria/b.json",
                text_of({.when = "1 == 1", .id = "T.B", .level = "low", .tests = passing}));
  folder_.write("pack/criteria/c.json", text_of({.when = "true", .id = "T.C"}));
  folder_.write("pack/lists/names.json", R"({"type": "string", "values": ["b"]})");
  folder_.write("pack/criteria/a/one.json", "[]");
  EXPECT_EQ(differences(before, pack()),
            "removed T.A@1; changed T.B@1 level when; changed list names values; added T.C@1; ");
  EXPECT_EQ(differences(pack(), before),
            "changed T.B@1 level when; removed T.C@1; changed list names values; added T.A@1; ");
  EXPECT_EQ(differences(before, folder_.path("nothing")).substr(0, 6), "error:");
}

TEST_F(PackLoading, ComparesPacksOnly) {
  const std::string other = folder_.write("declaration.json", R"({"format": "greenlane.declaration/1"})");
  EXPECT_EQ(differences(pack(), other).substr(0, 6), "error:");
}

}  // namespace
}  // namespace greenlane::test
