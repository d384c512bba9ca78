// Criteria in one file: what an authority or another home writes, and what somebody on the way makes of it.
#include <gtest/gtest.h>

#include "client/export_criteria.h"
#include "tests/support/damage.h"
#include "tests/support/long_form.h"
#include "tests/support/test_authority.h"

namespace greenlane::test {
namespace {

constexpr std::string_view jan_2 = "2026-01-02T00:00:00Z", jan_3 = "2026-01-03T00:00:00Z";

class CriteriaBundle : public testing::Test {
 protected:
  CriteriaBundle() : home_(authority_), other_(authority_) {
    authority_.publish("goods", 1);
    authority_.publish("tax", 1);
    EXPECT_EQ(home_.updated(authority_), "goods@1 activated, tax@1 activated");
  }

  std::string path(const char* name = "criteria.tar") const { return home_.folder().path(name); }
  /// As Home::import_criteria() at a fixed time.
  std::string imported(TestHome& home, std::string_view now = jan_3) {
    const auto update = home.home->import_criteria(path(), {.now = time(now), .on_step = {}});
    if (!update.ok()) return "error: " + update.error().to_text();
    std::string text;
    for (const PackChange& change : update->packs) text += (text.empty() ? "" : ", ") + change.id + "@" + std::to_string(change.revision) + " " + change.outcome;
    return text;
  }
  void export_all(const std::vector<std::string>& ids = {}) {
    const auto files = client::files_to_export(home_.paths(), time(jan_2), ids);
    ASSERT_TRUE(files.ok()) << files.error().to_text();
    expect_done(client::write_bundle(path(), *files));
  }
  std::string bytes() const { return client::read_file(path(), std::size_t{64} << 20).value(); }

  TestAuthority authority_;
  TestHome home_;
  TestHome other_;
};

TEST_F(CriteriaBundle, CarriesCriteriaToAMachineWithoutANetwork) {
  export_all();
  EXPECT_EQ(imported(other_), "goods@1 activated, tax@1 activated");
  EXPECT_EQ(other_.in_use(jan_3), "goods@1 fresh, tax@1 fresh");
  EXPECT_TRUE(other_.home->compare_checkpoint(*home_.home->checkpoint()).ok());
  // And on from there.
  const auto files = client::files_to_export(other_.paths(), time(jan_3), {});
  ASSERT_TRUE(files.ok());
  expect_done(client::write_bundle(path("second.tar"), *files));
  EXPECT_EQ(client::read_file(path("second.tar"), 1u << 24).value(), bytes());
}

TEST_F(CriteriaBundle, OfTheAuthorityItselfIsTheSame) {
  expect_done(client::write_bundle(path(), authority_.files()));
  EXPECT_EQ(imported(other_), "goods@1 activated, tax@1 activated");
}

TEST_F(CriteriaBundle, MayHaveOnePackOnly) {
  export_all({"tax"});
  EXPECT_EQ(imported(other_), "goods@1 missing, tax@1 activated");
  expect_error(client::files_to_export(home_.paths(), time(jan_2), {"wine"}), ErrorCode::not_found, "it has goods@1, tax@1");
}

TEST_F(CriteriaBundle, BringsEveryRootFromThePinnedOneOn) {
  for (int key = 10; key < 13; ++key) {
    authority_.repository.authorize("root", tuf_keys({key}), 1);
    authority_.repository.signers["root"] = tuf_keys({key == 10 ? 1 : key - 1, key});
    authority_.repository.publish({"root"});
    authority_.release();
    ASSERT_EQ(home_.updated(authority_), "goods@1 unchanged, tax@1 unchanged");
  }
  export_all();
  EXPECT_EQ(imported(other_), "goods@1 activated, tax@1 activated");
  EXPECT_TRUE(other_.home->criteria_status(time(jan_3))->roles.front().version == 4);
}

TEST_F(CriteriaBundle, ThatHasExpiredIsRefused) {
  export_all();
  const std::string outcome = imported(other_, "2026-02-01T00:00:00Z");
  EXPECT_NE(outcome.find("expired"), std::string::npos) << outcome;
  EXPECT_EQ(other_.in_use(jan_3).substr(0, 6), "error:");
}

TEST_F(CriteriaBundle, OlderThanWhatIsHereIsRefused) {
  export_all();
  authority_.publish("goods", 2);
  ASSERT_EQ(other_.updated(authority_), "goods@2 activated, tax@1 activated");
  const std::string outcome = imported(other_);
  EXPECT_EQ(outcome.substr(0, 6), "error:") << outcome;
  EXPECT_EQ(other_.in_use(jan_3), "goods@2 fresh, tax@1 fresh");
}

TEST_F(CriteriaBundle, ThatIsNotWholeSaysSo) {
  auto files = client::files_to_export(home_.paths(), time(jan_2), {}).value();
  std::erase_if(files, [](const auto& file) { return file.path == "metadata/timestamp.json"; });
  expect_done(client::write_bundle(path(), files));
  const auto update = other_.home->import_criteria(path(), {.now = time(jan_3), .on_step = {}});
  expect_error(update, ErrorCode::invalid_document, "the bundle is not whole");
}

TEST_F(CriteriaBundle, WithoutATarInItIsRefused) {
  for (const std::string& text : {std::string(), std::string("no archive"), std::string(20'000, '\0'), std::string("\x1f\x8b\x08\0\0\0\0\0", 8)}) {
    home_.folder().write("criteria.tar", text);
    expect_error(client::Bundle::open(path()), ErrorCode::invalid_document);
  }
  expect_error(client::Bundle::open(path("none.tar")), ErrorCode::not_found);
}

TEST_F(CriteriaBundle, WithNamesThatNoAuthorityHasIsRefused) {
  for (const char* name : {"../metadata/timestamp.json", "/metadata/timestamp.json", "metadata/../timestamp.json", "metadata//timestamp.json", "metadata/", "home.json",
                           "trust/root.json", "metadata/.hidden", "metadata/a b", "targets/a\nb", "keys/x.pem"}) {
    EXPECT_FALSE(client::is_bundled_path(name)) << name;
  }
  for (const char* name : {"metadata/timestamp.json", "metadata/1.root.json", "log/tile/entries/000.p/2", "targets/criteria/goods/aa.1.json", "metadata/a%2Fb.json"}) {
    EXPECT_TRUE(client::is_bundled_path(name)) << name;
  }
  for (const char* name : {"metadata/../../escape", "/tmp/escape", "home.json"}) {
    expect_done(client::write_bundle(path(), {{"metadata/timestamp.json", "{}"}, {name, "{}"}}));
    expect_error(client::Bundle::open(path()), ErrorCode::invalid_document, "has a name that no file of an authority has");
  }
}

TEST_F(CriteriaBundle, WithAFileTwiceIsRefused) {
  expect_done(client::write_bundle(path(), {{"metadata/timestamp.json", "{}"}, {"metadata/timestamp.json", "[]"}}));
  expect_error(client::Bundle::open(path()), ErrorCode::invalid_document, "twice");
}

/// A header of a ustar archive, its checksum made right.
std::string header(std::string name, char type, std::string_view size = "00000000000") {
  std::string block(512, '\0');
  block.replace(0, name.size(), name);
  block.replace(100, 7, "0000644");
  block.replace(124, size.size(), size);
  block.replace(136, 11, "00000000000");
  block[156] = type;
  block.replace(157, 11, "/etc/passwd");
  block.replace(257, 8, std::string_view("ustar\00000", 8));
  block.replace(148, 8, "        ");
  unsigned sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  char digits[8];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  block.replace(148, 7, std::string_view(digits, 7));
  return block;
}

TEST_F(CriteriaBundle, WithLinksOrDevicesIsRefused) {
  for (const char type : {'1', '2', '3', '4', '6'}) {
    home_.folder().write("criteria.tar", header("metadata/timestamp.json", type) + std::string(1024, '\0'));
    expect_error(client::Bundle::open(path()), ErrorCode::invalid_document, "is no plain file");
  }
}

TEST_F(CriteriaBundle, MayHaveFoldersWhichSayNothing) {
  home_.folder().write("criteria.tar", header("metadata/", '5') + header("metadata/timestamp.json", '0') + std::string(1024, '\0'));
  const auto bundle = client::Bundle::open(path());
  ASSERT_TRUE(bundle.ok()) << bundle.error().to_text();
}

TEST_F(CriteriaBundle, ThatClaimsMoreThanThereMayBeIsRefused) {
  home_.folder().write("criteria.tar", header("metadata/timestamp.json", '0', "04000000001") + std::string(1024, '\0'));
  expect_error(client::Bundle::open(path()), ErrorCode::limit_exceeded, "bytes of files");
  home_.folder().write("criteria.tar", header("metadata/timestamp.json", '0', "00000010000") + std::string(1024, '\0'));
  expect_error(client::Bundle::open(path()), ErrorCode::invalid_document, "ends in the middle");
  std::string many;
  for (std::size_t i = 0; i <= client::max_bundle_files; ++i) many += header("metadata/" + std::to_string(i), '0');
  home_.folder().write("criteria.tar", many + std::string(1024, '\0'));
  expect_error(client::Bundle::open(path()), ErrorCode::limit_exceeded, "files");
}

TEST_F(CriteriaBundle, DamageIsNeverTakenForCriteria) {
  export_all();
  const std::string good = bytes();
  Damage damage(20'260'104);
  const auto pinned = client::read_file(other_.path("trust/root.json"), 1u << 20).value();
  for (unsigned round = 0; round < rounds(800, 140'000); ++round) {
    home_.folder().write("criteria.tar", damage.of(good));
    auto bundle = client::Bundle::open(path());
    if (!bundle.ok()) continue;
    const auto update = client::CriteriaUpdater(other_.paths(), *bundle, {.now = time(jan_3), .on_step = {}}).run();
    const auto packs = other_.home->packs(time(jan_3));
    if (update.ok() && packs.ok()) {
      for (const Pack& pack : *packs) EXPECT_EQ(pack.identity().digest, "sha256:" + crypto::sha256_hex(built_pack(pack.identity().id, 1))) << "round " << round;
    }
    if (!update.ok()) {
      EXPECT_NE(update.error().code, ErrorCode::internal) << update.error().to_text();
    }
    if (round % 50 != 0) continue;
    for (const char* name : {"packs", "trusted", "log", "trust"}) std::filesystem::remove_all(other_.path(name));
    for (const char* name : {"packs", "trusted", "log", "trust", "trust/roots"}) std::filesystem::create_directory(other_.path(name));
    other_.write("trust/root.json", pinned);
  }
}

}  // namespace
}  // namespace greenlane::test
