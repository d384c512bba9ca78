// The hot folder: what is taken and when, how it is answered, and what happens when something gets in the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "client/durable_files.h"
#include "client/hot_folder_journal.h"
#include "client/hot_folder_listing.h"
#include "client/hot_folder_names.h"
#include "greenlane/watch.h"
#include "tests/support/folders.h"
#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

namespace fs = std::filesystem;

class HotFolder : public testing::Test {
 protected:
  HotFolder() {
    for (const char* name : {"in", "out", "done", "failed"}) fs::create_directory(root_.path(name));
    packs_.push_back(load_local_pack(root_.write("pack.json", json::compact(pack_json({{.when = "declaration.lrn == 'hit'"}})))).value());
    options_.interval = std::chrono::milliseconds(1);
    options_.once = true;
    options_.on_trouble = [this](const Error& error) { troubles_.push_back(error.to_text()); };
  }

  static std::string one(const std::string& lrn) { return R"({"format": "greenlane.declaration/1", "declared_on": "2025-07-01", "lrn": ")" + lrn + "\"}"; }
  void send(const std::string& name, std::string_view text) { root_.write("in/" + name, text); }

  /// "ok" or the error.
  std::string watch() {
    const auto summary = watch_folder(folders_, packs_, options_);
    if (!summary.ok()) return summary.error().to_text();
    summary_ = *summary;
    return "ok";
  }

  /// Names in a folder that are not hidden, in byte order.
  std::string names(const std::string& folder) const {
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(root_.path(folder))) {
      if (!entry.path().filename().string().starts_with('.')) found.insert(entry.path().filename().string());
    }
    std::string out;
    for (const std::string& name : found) out += (out.empty() ? "" : " ") + name;
    return out;
  }
  std::string text(const std::string& name) const {
    std::ifstream file(root_.path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::string first_line(const std::string& name) const {
    const std::string all = text(name);
    return all.substr(0, all.find('\n'));
  }

  /// As a run would have recorded it before it was interrupted.
  client::JournalEntry entry(const std::string& name, WatchOutcome outcome) const {
    client::JournalEntry made;
    made.input.name = made.label = name;
    made.input.stamp = *client::stamp_of(root_.path("in/" + name));
    made.outcome = outcome;
    return made;
  }
  void record(const std::vector<client::JournalEntry>& entries) const { ASSERT_TRUE(client::Journal(folders_.in).record(entries).ok()); }

  Folder root_;
  WatchFolders folders_{root_.path("in"), root_.path("out"), root_.path("done"), root_.path("failed")};
  std::vector<Pack> packs_;
  WatchOptions options_;
  WatchSummary summary_;
  std::vector<std::string> troubles_;
};

TEST_F(HotFolder, AnswersEachInputAndMovesIt) {
  send("a.json", one("hit"));
  send("b.json", one("clear"));
  send("c.json", R"({"format": "greenlane.declaration/1", "declared_on": "2025-07-01"})");
  send("d.json", "{");
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("in"), "");
  EXPECT_EQ(names("done"), "a.json b.json c.json");
  EXPECT_EQ(names("failed"), "d.json");
  EXPECT_EQ(names("out"), "Failed_d.json Findings_a.json NoFindings_b.json Undecided_c.json a.json.json b.json.json c.json.json d.json.json");
  EXPECT_EQ(first_line("out/Findings_a.json"), "GREENLANE RESULT 1 FINDINGS high 1 sha256:" + crypto::sha256_hex(one("hit")) + " a.json");
  EXPECT_EQ(first_line("out/Undecided_c.json").substr(0, 40), "GREENLANE RESULT 1 UNDECIDED none 0 sha2");
  EXPECT_NE(text("out/Failed_d.json").find("\nerror: d.json:"), std::string::npos) << text("out/Failed_d.json");
  EXPECT_TRUE(text("out/a.json.json").starts_with(R"({"format":"greenlane.assessment/1",)"));
  EXPECT_TRUE(text("out/d.json.json").starts_with(R"({"source":{"file":"d.json","index":0},"error":)")) << text("out/d.json.json");
}

TEST_F(HotFolder, WritesTheReadableTextThatItIsGiven) {
  std::size_t items = 0;
  options_.report = [&] {
    return FileReport{.add = [&](const BatchItem&) { ++items; }, .text = [](const BatchSummary& summary) { return "screened " + std::to_string(summary.screened) + "\n"; }};
  };
  send("two.ndjson", one("a") + "\n" + one("b") + "\n");
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(items, 2U);
  EXPECT_EQ(text("out/two.ndjson.txt"), "screened 2\n");
}

TEST_F(HotFolder, FailsAFileOfWhichOneLineIsBadAndAnswersTheOthers) {
  send("lines.ndjson", one("hit") + "\n{\n" + one("clear") + "\n");
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("failed"), "lines.ndjson");
  EXPECT_TRUE(first_line("out/Failed_lines.ndjson").starts_with("GREENLANE RESULT 1 FAILED high 1 "));
  EXPECT_NE(text("out/Failed_lines.ndjson").find("error: lines.ndjson:2:"), std::string::npos);
  const std::string lines = text("out/lines.ndjson.json");
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
}

TEST_F(HotFolder, FailsAFileWithoutAnyDeclaration) {
  send("empty.ndjson", "");
  send("empty.json", "");
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("failed"), "empty.json empty.ndjson");
  EXPECT_NE(text("out/Failed_empty.ndjson").find("has no declaration in it"), std::string::npos);
}

TEST_F(HotFolder, KeepsFilesOfTheSameNameApart) {
  for (const char* lrn : {"first", "hit", "third", "fourth"}) {
    send("same.json", one(lrn));
    ASSERT_EQ(watch(), "ok");
  }
  EXPECT_EQ(names("done"), "same.json same~2.json same~3.json same~4.json");
  EXPECT_EQ(text("done/same~2.json"), one("hit"));
  EXPECT_TRUE(first_line("out/Findings_same~2.json").ends_with(" same.json")) << "the sender knows the file by the name it has given";
  EXPECT_EQ(text("done/same~3.json"), one("third"));
}

TEST_F(HotFolder, AnswersTheSameBytesAgainWhenTheyAreSentAgain) {
  send("again.json", one("hit"));
  ASSERT_EQ(watch(), "ok");
  fs::remove(root_.path("done/again.json"));
  fs::remove(root_.path("out/Findings_again.json"));
  send("again.json", one("hit"));
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("out"), "Findings_again~2.json again.json.json again~2.json.json");
}

TEST_F(HotFolder, TellsAnAnswerFromTheAssessmentsOfAnotherFile) {
  // The answer to x.json is called as the assessments of Findings_x would be.
  send("x.json", one("hit"));
  send("Findings_x", one("hit"));
  options_.input.format = "json";
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(summary_.by_outcome[2], 2U);
  EXPECT_EQ(names("done").find('~') == std::string::npos, false) << names("done");
}

TEST_F(HotFolder, LeavesWhatIsHiddenUnfinishedOrNoFile) {
  send(".hidden.json", one("a"));
  send("a.json.tmp", one("a"));
  send("b.PART", one("a"));
  send("c.filepart", one("a"));
  fs::create_directory(root_.path("in/folder.json"));
  fs::create_symlink(root_.path("pack.json"), root_.path("in/link.json"));
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("out"), "");
  EXPECT_EQ(names("in"), "a.json.tmp b.PART c.filepart folder.json link.json");
}

TEST_F(HotFolder, CopesWithNamesOfAnyBytes) {
  const std::string long_name = std::string(250, 'x') + ".json";
  const std::string chinese = std::string("报关单 1") + ".json";
  for (const std::string& name : {std::string("a\nGREENLANE RESULT.json"), std::string("\xB1\xA8.json"), chinese, long_name, std::string("~2.json")}) {
    send(name, one("hit"));
  }
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(summary_.by_outcome[2], 5U);
  EXPECT_TRUE(first_line("out/Findings_a\nGREENLANE RESULT.json").ends_with(R"( a\x0aGREENLANE RESULT.json)"));
  EXPECT_TRUE(first_line("out/Findings_\xB1\xA8.json").ends_with(R"( \xb1\xa8.json)"));
  EXPECT_TRUE(first_line("out/Findings_" + chinese).ends_with(" " + chinese));
  EXPECT_TRUE(first_line("out/Findings_" + std::string(195, 'x') + ".json").ends_with(" " + long_name));
}

TEST_F(HotFolder, WaitsForAFileThatChangesWhileItIsRead) {
  bool grown = false;
  options_.report = [&] {
    return FileReport{.add = [&](const BatchItem&) {
                        if (!std::exchange(grown, true)) std::ofstream(root_.path("in/a.json"), std::ios::app) << "   ";
                      },
                      .text = {}};
  };
  send("a.json", one("hit"));
  send("b.json", one("clear"));
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("in"), "a.json");
  EXPECT_EQ(names("out"), "NoFindings_b.json b.json.json") << "the rest goes on, and nothing is left of the attempt";
  ASSERT_EQ(troubles_.size(), 1U);
  EXPECT_NE(troubles_[0].find("a.json: the file changed while it was read"), std::string::npos) << troubles_[0];
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(first_line("out/Findings_a.json"), "GREENLANE RESULT 1 FINDINGS high 1 sha256:" + crypto::sha256_hex(one("hit") + "   ") + " a.json");
}

TEST_F(HotFolder, SaysThatAFileDisappearedWhileItWasRead) {
  options_.report = [&] { return FileReport{.add = [&](const BatchItem&) { fs::remove(root_.path("in/a.json")); }, .text = {}}; };
  send("a.json", one("hit"));
  send("b.json", one("clear"));
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("out"), "NoFindings_b.json b.json.json");
  ASSERT_EQ(troubles_.size(), 1U);
  EXPECT_NE(troubles_[0].find("a.json: the file disappeared while it was read"), std::string::npos) << troubles_[0];
}

TEST_F(HotFolder, BringsToItsEndWhatTheJournalHolds) {
  send("a.json", one("hit"));
  send("b.json", one("clear"));
  record({entry("a.json", WatchOutcome::findings), entry("b.json", WatchOutcome::no_findings)});
  // The answer to a is out, and has been fetched; that to b is still under its temporary name.
  root_.write("out/.greenlane-b.json.json", "b\n");
  root_.write("out/.greenlane-NoFindings_b.json", "answer to b\n");
  root_.write("out/.greenlane-NoFindings_other.json", "of nothing that the journal knows");
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(summary_.recovered, 2U);
  EXPECT_EQ(names("done"), "a.json b.json");
  EXPECT_EQ(names("out"), "NoFindings_b.json b.json.json");
  EXPECT_EQ(text("out/NoFindings_b.json"), "answer to b\n");
  EXPECT_FALSE(client::is_taken(root_.path("out/.greenlane-NoFindings_other.json")));
  EXPECT_FALSE(client::is_taken(root_.path("in/.greenlane-journal")));
}

TEST_F(HotFolder, DoesNotMoveAnotherFileThatCameUnderTheNameInTheJournal) {
  send("a.json", one("clear"));
  auto other = entry("a.json", WatchOutcome::findings);
  ++other.input.stamp.inode;
  record({other});
  root_.write("out/Findings_a.json", "answer to the file before\n");
  ASSERT_EQ(watch(), "ok");
  EXPECT_EQ(names("out"), "Findings_a.json NoFindings_a~2.json a~2.json.json");
  EXPECT_EQ(text("out/Findings_a.json"), "answer to the file before\n");
}

TEST_F(HotFolder, RefusesADamagedJournal) {
  send("a.json", one("hit"));
  record({entry("a.json", WatchOutcome::findings)});
  const std::string good = text("in/.greenlane-journal");
  std::string climbing = good;
  climbing.replace(climbing.find("a.json"), 6, "../x/y");
  for (const std::string& damaged : {std::string(), std::string("greenlane journal 2"), good.substr(0, good.size() - 1), good + "a", climbing}) {
    root_.write("in/.greenlane-journal", damaged);
    EXPECT_NE(watch().find("the journal is damaged"), std::string::npos) << damaged;
  }
  EXPECT_EQ(names("in"), "a.json");
}

TEST_F(HotFolder, RefusesFoldersThatCannotBeUsed) {
  const WatchFolders good = folders_;
  folders_.done = root_.path("nothing");
  EXPECT_NE(watch().find("there is no such folder"), std::string::npos);
  folders_ = good;
  folders_.failed = root_.path("in/../done");
  EXPECT_NE(watch().find("the folder is given twice"), std::string::npos);
  folders_ = good;
  options_.status = root_.path("in/status.json");
  EXPECT_NE(watch().find("would be taken for an input"), std::string::npos);
  options_.status.clear();
  EXPECT_EQ(watch(), "ok");
}

TEST_F(HotFolder, RefusesAnotherFileSystem) {
  std::string other = "/dev/shm/greenlane-test-XXXXXX";
  if (mkdtemp(other.data()) == nullptr) GTEST_SKIP() << "no other file system";
  folders_.done = other;
  const std::string outcome = watch();
  fs::remove_all(other);
  if (outcome == "ok") GTEST_SKIP() << "the same file system";
  EXPECT_NE(outcome.find("another file system"), std::string::npos) << outcome;
}

TEST_F(HotFolder, RefusesAWrongMappingBeforeAnyInputIsBlamedForIt) {
  send("a.json", one("hit"));
  options_.input.mapping = root_.write("mapping.json", "{}");
  EXPECT_NE(watch().find("mapping.json"), std::string::npos);
  EXPECT_EQ(names("in"), "a.json");
}

TEST_F(HotFolder, GivesUpWhereAnswersCannotBeWrittenAndLosesNothing) {
  send("a.json", one("hit"));
  options_.report = [&] {
    fs::remove_all(root_.path("out"));
    return FileReport{};
  };
  const auto summary = watch_folder(folders_, packs_, options_);
  ASSERT_FALSE(summary.ok());
  EXPECT_TRUE(summary.error().retryable);
  EXPECT_EQ(troubles_.size(), 2U) << "three tries, the last of which is the error";
  EXPECT_EQ(names("in"), "a.json");
}

TEST_F(HotFolder, EndsWhenItIsAskedTo) {
  options_.once = false;
  std::size_t answered = 0;
  options_.on_file = [&](const WatchedFile&) { ++answered; };
  options_.stop = [&] { return answered == 2; };
  for (const char* name : {"a.json", "b.json"}) send(name, one("hit"));
  EXPECT_EQ(watch(), "ok");
  EXPECT_EQ(names("done"), "a.json b.json");
  EXPECT_NE(text("in/.greenlane-status.json").find(R"("state":"stopped")"), std::string::npos);
}

TEST(FolderListing, TakesFilesThatStayedAsTheyAreForTheIntervalInOrderOfArrival) {
  const Folder root;
  client::FolderListing listing(root.path(), std::chrono::seconds(10));
  const client::FolderListing::Time start{};
  const auto look = [&](int seconds) {
    const auto files = listing.look(start + std::chrono::seconds(seconds)).value();
    std::string out;
    for (const auto& file : files) out += file.name + " ";
    return out;
  };
  root.write("b", "1");
  EXPECT_EQ(look(0), "");
  EXPECT_EQ(look(9), "") << "seen twice, but not for long enough";
  root.write("a", "1");
  EXPECT_EQ(look(10), "b ");
  root.write("b", "12");
  EXPECT_EQ(look(15), "") << "it has grown";
  EXPECT_EQ(listing.size(), 2U);
  EXPECT_NE(listing.oldest(), 0);
  fs::remove(root.path("a"));
  EXPECT_EQ(look(25), "b ");
  fs::remove(root.path("b"));
  EXPECT_EQ(look(35), "");
  EXPECT_EQ(listing.oldest(), 0);
}

TEST(FolderLock, KeepsASecondOneOutUntilTheFirstIsGone) {
  const Folder root;
  {
    const auto first = client::FolderLock::take(root.path("lock"));
    ASSERT_TRUE(first.ok());
    const auto second = client::FolderLock::take(root.path("lock"));
    ASSERT_FALSE(second.ok());
    EXPECT_NE(second.error().message.find("another watcher (process " + std::to_string(::getpid()) + ")"), std::string::npos) << second.error().message;
  }
  EXPECT_TRUE(client::FolderLock::take(root.path("lock")).ok());
}

TEST(HotFolderNames, PutsTheNumberBeforeTheEndingAndKeepsCharactersWhole) {
  EXPECT_EQ(client::numbered("a.json", 1), "a.json");
  EXPECT_EQ(client::numbered("a.b.json", 12), "a.b~12.json");
  EXPECT_EQ(client::numbered("plain", 2), "plain~2");
  EXPECT_EQ(client::numbered(".json", 2), ".json~2");
  std::string chinese;
  for (int i = 0; i < 80; ++i) chinese += "单";
  const std::string cut = client::numbered(chinese + ".json", 2);
  EXPECT_LE(cut.size(), client::max_label_bytes);
  EXPECT_EQ(client::printable(cut), cut) << "no character is cut in two";
  EXPECT_TRUE(cut.ends_with("单~2.json"));
}

}  // namespace
}  // namespace greenlane::test
