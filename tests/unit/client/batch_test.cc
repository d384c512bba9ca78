// Screening files: order, sources, what is refused, summaries.
#include <gtest/gtest.h>

#include "greenlane/screening.h"
#include "tests/support/folders.h"
#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

constexpr const char* mapping =
    R"({"format": "greenlane.mapping/1", "id": "m", "title": {"en": "m", "zh": "m"}, "to": "greenlane.declaration/1",
  "csv": {"encoding": "utf-8", "delimiter": ",", "decimal_sign": ".", "thousands_sign": "", "date_format": "YYYY-MM-DD"},
  "fields": [{"from": "No", "to": "lrn"}, {"from": "Date", "to": "declared_on"}, {"from": "Net", "to": "items[].measure.net_kg"}]})";

class Batch : public testing::Test {
 protected:
  Batch() : pack_(loaded("true")) { folder_.write("map.json", mapping); }

  Pack loaded(std::string when, std::string level = "high") {
    const std::string path = folder_.write(
        "pack.json", json::compact(pack_json({{.when = std::move(when), .level = std::move(level)}})));
    return load_local_pack(path).value();
  }
  static std::string one(const std::string& lrn, const std::string& more = {}) {
    return R"({"format": "greenlane.declaration/1", "declared_on": "2025-07-01", "lrn": ")" + lrn + "\"" +
           more + "}";
  }

  static BatchOptions with(InputOptions input) {
    BatchOptions options;
    options.input = std::move(input);
    return options;
  }

  /// "FILE[INDEX] id" or "FILE[INDEX]:LINE! pointer" of each item, files without the folder.
  std::string run(std::vector<std::string> paths, BatchOptions options = {},
                  std::vector<Pack> packs = {}) {
    if (packs.empty()) packs.push_back(pack_);
    for (std::string& path : paths) path = folder_.path(path);
    if (!options.input.mapping.empty()) options.input.mapping = folder_.path(options.input.mapping);
    std::string out;
    const auto summary = screen_files(paths, packs, options, [&](BatchItem&& item) -> Result<void> {
      out +=
          item.source.file.substr(folder_.path().size() + 1) + "[" + std::to_string(item.source.index) + "]";
      if (item.assessment) out += " " + item.assessment->declaration_id + "; ";
      if (item.error) out += ":" + std::to_string(item.error->line) + "! " + item.error->pointer + "; ";
      return {};
    });
    if (!summary.ok()) return "error: " + summary.error().to_text();
    summary_ = *summary;
    return out;
  }

  Folder folder_;
  Pack pack_;
  BatchSummary summary_;
};

TEST_F(Batch, TakesTheFilesOfAFolderInByteOrderAndNotDeeper) {
  for (const char* name : {"in/b.json", "in/B.json", "in/a.ndjson", "in/10.json", "in/9.json",
                           "in/deeper/x.json", "in/.hidden.json", "in/notes.txt"})
    folder_.write(name, one(name));
  EXPECT_EQ(run({"in"}),
            "in/10.json[0] in/10.json; in/9.json[0] in/9.json; in/B.json[0] in/B.json; in/a.ndjson[0] "
            "in/a.ndjson; in/b.json[0] in/b.json; ");
  EXPECT_EQ(run({"in"}, with({"ndjson", ""})), "in/a.ndjson[0] in/a.ndjson; ");
  EXPECT_EQ(run({"in/b.json", "in/B.json"}), "in/b.json[0] in/b.json; in/B.json[0] in/B.json; ");
}

TEST_F(Batch, GoesOnBehindLinesThatCannotBeRead) {
  folder_.write("in.ndjson",
                one("A") + "\n\n{\n" + one("B") + "\r\n" + one("C", ", \"itmes\": []") + "\n[]\n" + one("D"));
  EXPECT_EQ(run({"in.ndjson"}),
            "in.ndjson[0] A; in.ndjson[1]:3! ; in.ndjson[2] B; in.ndjson[3]:5! /itmes; in.ndjson[4]:6! ; "
            "in.ndjson[5] D; ");
  EXPECT_EQ(summary_.screened, 3u);
  EXPECT_EQ(summary_.refused, 3u);
  EXPECT_EQ(summary_.by_level[3], 3u);
}

TEST_F(Batch, GivesTheSameBytesForAnyNumberOfThreads) {
  std::string lines;
  for (int i = 0; i < 500; ++i) lines += i % 50 == 7 ? "{\"bad\n" : one("L-" + std::to_string(i)) + "\n";
  folder_.write("in.ndjson", lines);
  const auto bytes = [&](unsigned jobs) {
    std::string all;
    const BatchOptions options{.input = {}, .as_of = {}, .jobs = jobs, .json = true};
    EXPECT_TRUE(
        screen_files({folder_.path("in.ndjson")}, {pack_}, options, [&](BatchItem&& item) -> Result<void> {
          all += std::string(item.json) + "\n";
          return {};
        }).ok());
    return all;
  };
  const std::string one_thread = bytes(1);
  EXPECT_EQ(std::count(one_thread.begin(), one_thread.end(), '\n'), 500);
  EXPECT_EQ(one_thread, bytes(2));
  EXPECT_EQ(one_thread, bytes(8));
}

TEST_F(Batch, GoesOnBehindFilesThatAreNotThere) {
  folder_.write("b.json", one("B"));
  EXPECT_EQ(run({"a.json", "b.json"}), "a.json[0]:0! ; b.json[0] B; ");
  EXPECT_EQ(summary_.refused, 1u);
}

TEST_F(Batch, ReadsTablesThroughAMapping) {
  folder_.write(
      "in.csv",
      "No,Date,Net\nA,2025-07-01,1.5\nB,2025-02-29,1\nC,2025-07-01\nD,2025-07-01,1.5.5\nE,2025-07-01,2\n");
  EXPECT_EQ(run({"in.csv"}, with({"", "map.json"})),
            "in.csv[0] A; in.csv[1]:3! ; in.csv[2]:4! ; in.csv[3]:5! ; in.csv[4] E; ");
  EXPECT_EQ(run({"in.csv"}).substr(0, 6), "error:");
  EXPECT_EQ(run({"in.csv"}, with({"", "nothing.json"})).substr(0, 6), "error:");
}

TEST_F(Batch, SaysWhichFormatItCannotTell) {
  folder_.write("in.txt", one("A"));
  EXPECT_NE(run({"in.txt"}).find("give --input"), std::string::npos);
  EXPECT_EQ(run({"in.txt"}, with({"json", ""})), "in.txt[0] A; ");
  EXPECT_EQ(run({"in.txt"}, with({"yaml", ""})).substr(0, 6), "error:");
  folder_.write("empty/x.txt", "");
  EXPECT_NE(run({"empty"}).find("no file that ends in"), std::string::npos);
}

TEST_F(Batch, ScreensAgainstEveryPackInOrder) {
  const Pack low = loaded("true", "low");
  folder_.write("in.json", one("A"));
  std::string packs;
  const auto summary =
      screen_files({folder_.path("in.json")}, {pack_, low}, {}, [&](BatchItem&& item) -> Result<void> {
        packs += std::to_string(item.pack) + std::string(to_string(item.assessment->level)) +
                 (item.assessment->source ? "s " : " ");
        return {};
      });
  ASSERT_TRUE(summary.ok());
  EXPECT_EQ(packs, "0highs 1lows ");
  EXPECT_EQ(summary->screened, 2u);
}

TEST_F(Batch, NamesThePackThatCouldNotBeUsed) {
  // Without a date neither pack can screen; each says so for itself.
  folder_.write("in.json", R"({"format": "greenlane.declaration/1"})");
  std::string packs;
  EXPECT_TRUE(
      screen_files({folder_.path("in.json")}, {pack_, pack_}, {}, [&](BatchItem&& item) -> Result<void> {
        packs += std::to_string(item.pack) + (item.error ? "!" : "") + " ";
        return {};
      }).ok());
  EXPECT_EQ(packs, "0! 1! ");
}

TEST_F(Batch, StopsWhereTheCallerSaysSo) {
  folder_.write("in.ndjson", one("A") + "\n" + one("B") + "\n");
  int seen = 0;
  const auto summary =
      screen_files({folder_.path("in.ndjson")}, {pack_}, {}, [&](BatchItem&&) -> Result<void> {
        ++seen;
        return Error{.code = ErrorCode::io, .message = "full"};
      });
  ASSERT_FALSE(summary.ok());
  EXPECT_EQ(summary.error().message, "full");
  EXPECT_EQ(seen, 1);
}

TEST_F(Batch, NeedsAPack) {
  EXPECT_FALSE(
      screen_files({folder_.path("in.json")}, {}, {}, [](BatchItem&&) -> Result<void> { return {}; }).ok());
}

TEST_F(Batch, CountsDeclarationsWithUndeterminedCriteria) {
  const Pack pack = loaded("declaration.office_id == '2248'");
  folder_.write("in.ndjson", one("A") + "\n" + one("B", R"(, "office_id": "2248")") + "\n" +
                                 one("C", R"(, "office_id": "1")") + "\n");
  run({"in.ndjson"}, {}, {pack});
  EXPECT_EQ(summary_.undetermined, 1u);
  EXPECT_EQ(summary_.by_level[3], 1u);
  EXPECT_EQ(summary_.by_level[0], 2u);
}

TEST(DeclarationText, IsReadAndKnowsItsIdAndDate) {
  const auto made = Declaration::parse(
      R"({"format": "greenlane.declaration/1", "lrn": "L-1", "declared_on": "2025-07-01"})");
  ASSERT_TRUE(made.ok());
  EXPECT_EQ(made->id(), "L-1");
  EXPECT_EQ(made->date()->to_string(), "2025-07-01");
  EXPECT_FALSE(Declaration::parse(R"({"format": "greenlane.declaration/2"})").ok());
  EXPECT_FALSE(Declaration::parse("{}", "greenlane.nothing/1").ok());
}

}  // namespace
}  // namespace greenlane::test
