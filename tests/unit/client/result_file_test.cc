// A run that was interrupted anywhere goes on and leaves the file that it would have left.
#include "greenlane/result_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/folders.h"
#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

class ResultFiles : public testing::Test {
 protected:
  ResultFiles() {
    packs_ = {loaded("one", "declaration.lrn == 'L-3'"), loaded("two", "true")};
    std::string lines;
    for (int i = 0; i < 7; ++i) {
      lines += i == 4 ? std::string("{\"bad\n")
                      : R"({"format": "greenlane.declaration/1", "declared_on": "2025-07-01", "lrn": "L-)" + std::to_string(i) + "\"}\n";
    }
    folder_.write("in.ndjson", lines);
    folder_.write("more.ndjson", lines);
    paths_ = {folder_.path("in.ndjson"), folder_.path("more.ndjson")};
  }

  Pack loaded(const std::string& name, std::string when) {
    json::Value pack = pack_json({{.when = std::move(when)}});
    pack.set("id", name + "-pack");
    return load_local_pack(folder_.write(name + ".json", json::compact(pack))).value();
  }

  /// Screens into results.ndjson; "" or the error.
  std::string run(bool resume, unsigned jobs = 1) {
    auto file = resume ? ResultFile::resume(results()) : ResultFile::create(results());
    if (!file.ok()) return file.error().message;
    BatchOptions options{.input = {}, .as_of = {}, .jobs = jobs, .json = true};
    options.resume_at = file->resume_at();
    summary_ = file->earlier();
    const auto made = screen_files_to_lines(paths_, packs_, options,
                                            [&](const BatchLines& lines) { return file->write(lines.text); });
    if (!made.ok()) return made.error().message;
    if (auto closed = file->close(); !closed.ok()) return closed.error().message;
    summary_.screened += made->screened;
    summary_.refused += made->refused;
    for (int level = 0; level < 4; ++level) summary_.by_level[level] += made->by_level[level];
    return "";
  }

  std::string results() const { return folder_.path("results.ndjson"); }
  std::string bytes() const {
    std::ifstream in(results(), std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }
  void cut(std::size_t size) { std::filesystem::resize_file(results(), size); }

  Folder folder_;
  std::vector<std::string> paths_;
  std::vector<Pack> packs_;
  BatchSummary summary_;
};

TEST_F(ResultFiles, AreTheSameWhereverTheRunWasInterrupted) {
  ASSERT_EQ(run(false), "");
  const std::string whole = bytes();
  const BatchSummary all = summary_;
  EXPECT_EQ(std::count(whole.begin(), whole.end(), '\n'), 2 * (6 * 2 + 1));
  for (std::size_t size = 0; size <= whole.size(); size += 97) {
    folder_.write("results.ndjson", whole);
    cut(size);
    ASSERT_EQ(run(true, size % 2 + 1), "") << "cut at " << size;
    ASSERT_EQ(bytes(), whole) << "cut at " << size;
    EXPECT_EQ(summary_.screened, all.screened) << "cut at " << size;
    EXPECT_EQ(summary_.refused, all.refused) << "cut at " << size;
    EXPECT_EQ(summary_.by_level[3], all.by_level[3]) << "cut at " << size;
  }
}

TEST_F(ResultFiles, BeginWhereThereIsNothingToGoOnWith) {
  EXPECT_EQ(run(true), "");
  const std::string fresh = bytes();
  EXPECT_EQ(run(false), "");
  EXPECT_EQ(bytes(), fresh);
}

TEST_F(ResultFiles, AreNotMixedWithThoseOfAnotherPack) {
  ASSERT_EQ(run(false), "");
  const std::string whole = bytes();
  cut(bytes().size() / 2);
  const Pack right = packs_[0];
  packs_[0] = loaded("one", "declaration.lrn == 'L-5'");
  EXPECT_NE(run(true).find("differs from what the file holds"), std::string::npos);
  // The mistake has cost nothing that was whole.
  const std::string kept = bytes();
  EXPECT_NE(run(true), "");
  EXPECT_EQ(bytes(), kept);
  packs_[0] = right;
  EXPECT_EQ(run(true), "");
  EXPECT_EQ(bytes(), whole);
}

TEST_F(ResultFiles, OfOneDeclarationAreGoneOnWith) {
  folder_.write("one.json", R"({"format": "greenlane.declaration/1", "declared_on": "2025-07-01", "lrn": "L-3"})");
  paths_ = {folder_.path("one.json")};
  packs_ = {packs_[0]};
  ASSERT_EQ(run(false), "");
  const std::string whole = bytes();
  EXPECT_EQ(whole.find("\"source\""), std::string::npos);
  for (const std::size_t size : {whole.size(), whole.size() - 1, whole.size() / 2, std::size_t{0}}) {
    folder_.write("results.ndjson", whole);
    cut(size);
    EXPECT_EQ(run(true), "") << "cut at " << size;
    EXPECT_EQ(bytes(), whole) << "cut at " << size;
    EXPECT_EQ(summary_.screened, 1u) << "cut at " << size;
  }
}

TEST_F(ResultFiles, AreNotTakenFromAFileOfSomethingElse) {
  folder_.write("results.ndjson", "id;level\n1;red\n");
  EXPECT_NE(run(true).find("does not hold results"), std::string::npos);
  EXPECT_EQ(bytes(), "id;level\n1;red\n");
}

TEST_F(ResultFiles, SayWhenTheInputsEndBeforeTheirLastResult) {
  ASSERT_EQ(run(false), "");
  std::filesystem::remove(folder_.path("more.ndjson"));
  folder_.write("more.ndjson", "");
  EXPECT_NE(run(true).find("no record 6"), std::string::npos);
}

}  // namespace
}  // namespace greenlane::test
