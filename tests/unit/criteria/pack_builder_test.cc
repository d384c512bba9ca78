// Joining the files of a pack's folder: order, names, includes, what is refused.
#include "criteria/pack_builder.h"

#include <gtest/gtest.h>

namespace greenlane::criteria {
namespace {

constexpr const char* head = R"({"format": "greenlane.criteria/1", "id": "p"})";

PackFolder folder(std::map<std::string, std::string> files) {
  files.emplace("pack.json", head);
  return {"my-pack", std::move(files)};
}

/// The ids of the criteria in the joined pack, or the error.
std::string joined_ids(const PackFolder& main, const std::vector<PackFolder>& included = {}) {
  const auto joined = join_pack(main, included);
  if (!joined.ok()) return "error: " + joined.error().to_text();
  std::string ids;
  for (const json::Value& criterion : joined->pack.find("criteria")->array())
    ids += std::string(criterion.text("id")) + " ";
  return ids;
}

TEST(PackBuilder, JoinsCriteriaInByteOrderOfTheirPaths) {
  EXPECT_EQ(joined_ids(folder({{"criteria/b.json", R"({"id": "B"})"},
                               {"criteria/a/z.json", R"([{"id": "AZ1"}, {"id": "AZ2"}])"},
                               {"criteria/Z.json", R"({"id": "Z"})"},
                               {"criteria/a.json", R"({"id": "A"})"}})),
            "Z A AZ1 AZ2 B ");
}

TEST(PackBuilder, PutsWhatIsIncludedFirstInTheOrderOfTheIncludes) {
  const PackFolder shared{
      "shared",
      {{"criteria/s.json", R"({"id": "S"})"}, {"lists/common.json", R"({"type": "string", "values": []})"}}};
  const PackFolder other{"other", {{"criteria/o.json", R"({"id": "O"})"}}};
  const PackFolder main = folder({{"criteria/a.json", R"({"id": "A"})"}});
  EXPECT_EQ(joined_ids(main, {shared, other}), "S O A ");
  EXPECT_EQ(joined_ids(main, {other, shared}), "O S A ");
}

TEST(PackBuilder, ReadsTheIncludesAndLeavesThemOutOfThePack) {
  PackFolder main = folder({});
  main.files["pack.json"] = R"({"id": "p", "include": ["../b", "../a"]})";
  EXPECT_EQ(included_folders(main).value(), (std::vector<std::string>{"../b", "../a"}));
  EXPECT_EQ(join_pack(main, {}).value().pack.find("include"), nullptr);
  main.files["pack.json"] = R"({"id": "p", "include": "../b"})";
  EXPECT_FALSE(included_folders(main).ok());
  main.files["pack.json"] = R"({"id": "p", "include": [1]})";
  EXPECT_FALSE(included_folders(main).ok());
}

TEST(PackBuilder, NamesListsByTheirFiles) {
  const auto joined = join_pack(folder({{"lists/countries.json", R"({"type": "country", "values": ["JP"]})"},
                                        {"lists/bands.csv", "heading:hs,p05:decimal\n0307,1.5\n"}}),
                                {});
  ASSERT_TRUE(joined.ok());
  const json::Value& lists = *joined->pack.find("lists");
  EXPECT_EQ(json::compact(*lists.find("countries")), R"({"type":"country","values":["JP"]})");
  EXPECT_EQ(
      json::compact(*lists.find("bands")),
      R"({"columns":[{"name":"heading","type":"hs"},{"name":"p05","type":"decimal"}],"rows":[["0307","1.5"]]})");
}

TEST(PackBuilder, RefusesAListThatIsThereTwice) {
  const std::string twice = joined_ids(folder({{"lists/a.json", "{}"}, {"lists/a.csv", "x:string\n"}}));
  EXPECT_NE(twice.find("'a' is there twice"), std::string::npos) << twice;
  const PackFolder shared{"shared", {{"lists/a.json", "{}"}}};
  EXPECT_NE(joined_ids(folder({{"lists/a.json", "{}"}}), {shared}).find("twice"), std::string::npos);
}

TEST(PackBuilder, JoinsTheFilesOfAListsFolderInByteOrder) {
  const auto joined = join_pack(folder({{"lists/cn/2026.csv", "code:hs,from:date\n38011010,2026-01-01\n"},
                                        {"lists/cn/2025.csv", "code:hs,from:date\n01012100,2025-01-01\n01012910,2025-01-01\n"},
                                        {"lists/cn/zz/own.json", R"({"columns": [{"name": "code", "type": "hs"}, {"name": "from", "type": "date"}],
                                                                     "rows": [["99990000", null]]})"},
                                        {"lists/ports/a.csv", "port:string\nDOVER\n"},
                                        {"lists/ports/b.csv", "port:string\nHULL\n"}}),
                                {});
  ASSERT_TRUE(joined.ok()) << joined.error().to_text();
  const json::Value& lists = *joined->pack.find("lists");
  EXPECT_EQ(json::compact(*lists.find("cn")->find("rows")),
            R"([["01012100","2025-01-01"],["01012910","2025-01-01"],["38011010","2026-01-01"],["99990000",null]])");
  EXPECT_EQ(json::compact(*lists.find("ports")->find("values")), R"(["DOVER","HULL"])");
}

TEST(PackBuilder, RefusesPartsOfAListThatDiffer) {
  const auto refused = [](const char* second) {
    return joined_ids(folder({{"lists/cn/1.csv", "code:hs,from:date\n"}, {"lists/cn/2.json", second}}));
  };
  for (const char* second : {R"({"type": "hs", "values": []})", "{}", "[]", R"({"columns": [{"name": "code", "type": "hs"}], "rows": []})",
                             R"({"columns": [{"name": "code", "type": "hs"}, {"name": "from", "type": "date"}], "rows": {}})"}) {
    EXPECT_NE(refused(second).find("my-pack/lists/cn/2.json: the files of the folder lists/cn are one list"), std::string::npos)
        << refused(second);
  }
  EXPECT_NE(joined_ids(folder({{"lists/cn.csv", "x:string\n"}, {"lists/cn/1.csv", "x:string\n"}})).find("twice"), std::string::npos);
  const PackFolder shared{"shared", {{"lists/cn/0.csv", "x:string\n"}}};
  EXPECT_NE(joined_ids(folder({{"lists/cn/1.csv", "x:string\n"}}), {shared}).find("twice"), std::string::npos);
}

TEST(PackBuilder, NamesTheFileOfWhatItCannotRead) {
  EXPECT_EQ(joined_ids(folder({{"criteria/a.json", "{"}})).substr(0, 31), "error: my-pack/criteria/a.json:");
  EXPECT_EQ(joined_ids(folder({{"criteria/a.json", "7"}})),
            "error: my-pack/criteria/a.json: expected a JSON object or array");
  EXPECT_EQ(joined_ids(folder({{"lists/b.csv", "x\n"}})).substr(0, 29), "error: my-pack/lists/b.csv:1:");
  EXPECT_NE(joined_ids({"empty", {}}).find("there is no pack.json"), std::string::npos);
  PackFolder wrong = folder({});
  wrong.files["pack.json"] = R"({"lists": {}})";
  EXPECT_NE(joined_ids(wrong).find("folder lists/"), std::string::npos);
}

TEST(PackBuilder, RefusesDuplicateKeysInAnyFile) {
  EXPECT_EQ(joined_ids(folder({{"criteria/a.json", R"({"id": "A", "id": "B"})"}})).substr(0, 6), "error:");
}

TEST(PackBuilder, TakesPlacesBackToTheFilesTheyWereWrittenIn) {
  const auto joined = join_pack(folder({{"criteria/a.json", R"([{"id": "A"}, {"id": "B"}])"},
                                        {"criteria/c.json", R"({"id": "C"})"},
                                        {"lists/l.json", "{}"},
                                        {"lists/m/1.csv", "a:hs,b:string\n01,x\n02,x\n"},
                                        {"lists/m/2.csv", "a:hs,b:string\n03,x\n"}}),
                                {});
  ASSERT_TRUE(joined.ok());
  const auto located = [&](std::string pointer) {
    Error error{.code = ErrorCode::invalid_pack, .message = "m", .pointer = std::move(pointer)};
    joined->locate(error);
    return error.source + " " + error.pointer;
  };
  EXPECT_EQ(located("/criteria/1/when"), "my-pack/criteria/a.json /1/when");
  EXPECT_EQ(located("/criteria/2/when"), "my-pack/criteria/c.json /when");
  EXPECT_EQ(located("/criteria/2"), "my-pack/criteria/c.json ");
  EXPECT_EQ(located("/lists/l/values/3"), "my-pack/lists/l.json /values/3");
  EXPECT_EQ(located("/lists/m/rows/1/0"), "my-pack/lists/m/1.csv /rows/1/0");
  EXPECT_EQ(located("/lists/m/rows/2/0"), "my-pack/lists/m/2.csv /rows/0/0");
  EXPECT_EQ(located("/lists/m/rows/2"), "my-pack/lists/m/2.csv /rows/0");
  EXPECT_EQ(located("/lists/m/columns/1"), "my-pack/lists/m/1.csv /columns/1");
  EXPECT_EQ(located("/lists/m"), "my-pack/lists/m/1.csv ");
  EXPECT_EQ(located("/revision"), " /revision");
  EXPECT_EQ(located("/criteria/99"), " /criteria/99");
}

TEST(PackBuilder, GivesTheSameBytesForTheSamePackInAnyOrderOfKeys) {
  const auto a = json::parse(R"({"b": 1.0, "a": [1, "ü"]})").value();
  const auto b = json::parse("{\n \"a\": [1, \"\\u00fc\"],\n \"b\": 1}").value();
  EXPECT_EQ(pack_bytes(a), pack_bytes(b));
  EXPECT_EQ(pack_bytes(a).back(), '\n');
}

}  // namespace
}  // namespace greenlane::criteria
