#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/utc_time.h"
#include "client/durable_files.h"
#include "crypto/private_key.h"
#include "greenlane/keys.h"
#include "tests/support/folders.h"
#include "tests/support/results.h"
#include "tests/support/test_data.h"
#include "trust/key_ring.h"

namespace greenlane {
namespace {

constexpr SignatureAlgorithm algorithms[] = {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256,
                                             SignatureAlgorithm::sm2_sm3};

std::chrono::sys_seconds at(std::string_view text) { return parse_utc(text).value(); }

class Keys : public testing::Test {
 protected:
  Keys() : first_(create_key_store(home(), SignatureAlgorithm::ed25519, "", {.owner = "110000XXXXXX0001"}, now_).value()) {}

  std::string home() const { return folder_.path(); }
  KeyStore store() const { return KeyStore::open(home()).value(); }
  std::string key_file(const KeyInfo& key) const { return folder_.path("keys/" + key.id + ".pem"); }
  static mode_t mode_of(const std::string& path) {
    struct stat found;
    EXPECT_EQ(::stat(path.c_str(), &found), 0) << path;
    return found.st_mode & 07777u;
  }
  static bool verifies(const KeyInfo& key, Signer& signer) {
    return crypto::PublicKey::from_info(key.public_key).value().verify("declaration", signer.sign("declaration").value());
  }

  const std::chrono::sys_seconds now_ = at("2026-06-01T12:00:00Z");
  test::Folder folder_;
  KeyInfo first_;
};

TEST_F(Keys, BeginWithOneForSubmissions) {
  EXPECT_EQ(first_.owner, "110000XXXXXX0001");
  EXPECT_EQ(first_.uses, std::vector{KeyUse::submission});
  EXPECT_EQ(first_.not_before, now_);
  EXPECT_EQ(first_.not_after, at("2028-05-31T12:00:00Z"));
  EXPECT_TRUE(first_.has_private);
  ASSERT_EQ(store().keys().size(), 1u);
  EXPECT_EQ(store().keys()[0].id, first_.id);
  EXPECT_TRUE(verifies(first_, *store().signer(first_.id).value()));
}

TEST_F(Keys, LieInAFolderAndFilesOfTheirOwnerAlone) {
  EXPECT_EQ(mode_of(folder_.path("keys")), 0700u);
  EXPECT_EQ(mode_of(key_file(first_)), 0600u);
  ASSERT_EQ(::chmod(folder_.path("keys").c_str(), 0770), 0);
  const auto opened = KeyStore::open(home());
  ASSERT_FALSE(opened.ok());
  EXPECT_NE(opened.error().message.find("chmod 700"), std::string::npos);
  ASSERT_EQ(::chmod(folder_.path("keys").c_str(), 0700), 0);
  ASSERT_EQ(::chmod(key_file(first_).c_str(), 0640), 0);
  EXPECT_EQ(test::code_of(store().signer(first_.id)), ErrorCode::invalid_key);
  EXPECT_EQ(test::code_of(store().export_private(first_.id, KeyForm::pem, folder_.path("out"))), ErrorCode::invalid_key);
}

TEST_F(Keys, AreNotMadeTwiceNorWithoutAHome) {
  EXPECT_EQ(test::code_of(create_key_store(home(), SignatureAlgorithm::ed25519, "", {.owner = "X"}, now_)), ErrorCode::invalid_argument);
  EXPECT_EQ(test::code_of(create_key_store(folder_.path("none"), SignatureAlgorithm::ed25519, "", {.owner = "X"}, now_)),
            ErrorCode::not_found);
  EXPECT_EQ(test::code_of(KeyStore::open(folder_.path("none"))), ErrorCode::not_found);
}

TEST_F(Keys, AreADocumentThatTheAuthorityReads) {
  store().make(SignatureAlgorithm::sm2_sm3, "", {.uses = {KeyUse::submission, KeyUse::checkpoint}}, now_).value();
  const auto ring = trust::KeyRing::read(test::read_file(folder_.path("keys/keys.json"))).value();
  ASSERT_EQ(ring.records().size(), 2u);
  EXPECT_EQ(ring.records()[1].owner, "110000XXXXXX0001");
  EXPECT_EQ(ring.records()[1].key.sm2_user_id(), sm2_default_user_id);
  EXPECT_EQ(ring.usable(KeyUse::submission, "", now_).size(), 2u);
}

TEST_F(Keys, ComeBackFromEveryForm) {
  for (const auto algorithm : algorithms) {
    const KeyInfo key = store().make(algorithm, "", {}, now_).value();
    for (const KeyForm form : {KeyForm::pem, KeyForm::der}) {
      const std::string public_bytes = store().export_public(key.id, form).value();
      test::Folder other;
      store().export_private(key.id, form, other.path("private")).value();
      EXPECT_EQ(mode_of(other.path("private")), 0600u);
      const std::string private_bytes = test::read_file(other.path("private"));
      create_key_store(other.path(), SignatureAlgorithm::ed25519, "", {.owner = "X"}, now_).value();
      KeyStore there = KeyStore::open(other.path()).value();
      const KeyInfo known = there.import_key(public_bytes, "", {}, now_).value();
      EXPECT_EQ(known.id, key.id);
      EXPECT_FALSE(known.has_private);
      EXPECT_EQ(test::code_of(there.signer(key.id)), ErrorCode::not_found);
      EXPECT_EQ(test::code_of(there.export_private(key.id, form, other.path("out"))), ErrorCode::not_found);
      EXPECT_EQ(test::code_of(there.import_key(public_bytes, "", {}, now_)), ErrorCode::invalid_argument);
      EXPECT_TRUE(there.import_key(private_bytes, "", {}, now_).value().has_private);
      EXPECT_TRUE(verifies(key, *there.signer(key.id).value()));
      EXPECT_EQ(test::code_of(there.import_key(private_bytes, "", {}, now_)), ErrorCode::invalid_argument);
    }
  }
}

TEST_F(Keys, AreFoundByTheBeginningOfTheirId) {
  EXPECT_EQ(store().find(first_.id.substr(0, 8)).value().id, first_.id);
  EXPECT_EQ(test::code_of(store().find(first_.id.substr(0, 7))), ErrorCode::invalid_argument);
  EXPECT_EQ(test::code_of(store().find("00000000")), ErrorCode::not_found);
  EXPECT_EQ(test::code_of(store().find("../../../../etc/passwd")), ErrorCode::not_found);
}

TEST_F(Keys, AreRotatedSoThatBothHoldForATime) {
  const auto later = at("2027-06-01T00:00:00Z");
  const auto ends = at("2027-07-01T00:00:00Z");
  const KeyInfo next = store().rotate(first_.id, later, ends).value();
  EXPECT_NE(next.id, first_.id);
  EXPECT_EQ(next.owner, first_.owner);
  EXPECT_EQ(next.uses, first_.uses);
  EXPECT_EQ(next.not_after - next.not_before, first_.not_after - first_.not_before);
  EXPECT_EQ(store().find(first_.id).value().not_after, ends);
  EXPECT_EQ(store().usable(KeyUse::submission, at("2027-05-31T00:00:00Z")).value().id, first_.id);
  EXPECT_EQ(store().usable(KeyUse::submission, later).value().id, next.id);
  EXPECT_EQ(test::code_of(store().rotate(first_.id, later, later - std::chrono::seconds{1})), ErrorCode::invalid_argument);
}

TEST_F(Keys, InHardwareAreRotatedByTheirPublicKey) {
  const auto made = [](SignatureAlgorithm algorithm) { return crypto::PrivateKey::generate(algorithm).value().public_key().der; };
  const KeyInfo card = store().import_key(made(SignatureAlgorithm::ecdsa_p256_sha256), "", {}, now_).value();
  EXPECT_EQ(test::code_of(store().rotate(card.id, now_, now_)), ErrorCode::invalid_argument);
  EXPECT_EQ(test::code_of(store().rotate(card.id, now_, now_, made(SignatureAlgorithm::ed25519))), ErrorCode::invalid_argument);
  EXPECT_EQ(test::code_of(store().rotate(card.id, now_, now_, card.public_key.der)), ErrorCode::invalid_argument);
  EXPECT_FALSE(store().rotate(card.id, now_, now_, made(SignatureAlgorithm::ecdsa_p256_sha256)).value().has_private);
}

TEST_F(Keys, ThatAreRevokedSignNoMore) {
  const KeyInfo revoked = store().revoke(first_.id, now_).value();
  EXPECT_EQ(revoked.revoked_at, now_);
  EXPECT_FALSE(revoked.compromised_at);
  EXPECT_EQ(test::code_of(store().signer(first_.id)), ErrorCode::invalid_key);
  EXPECT_EQ(test::code_of(store().usable(KeyUse::submission, now_)), ErrorCode::not_found);
  EXPECT_EQ(test::code_of(store().rotate(first_.id, now_, now_)), ErrorCode::invalid_argument);
}

TEST_F(Keys, AreRevokedAgainOnlyToSayMore) {
  const auto day = std::chrono::hours{24};
  store().revoke(first_.id, now_).value();
  EXPECT_EQ(test::code_of(store().revoke(first_.id, now_ + day)), ErrorCode::invalid_argument);
  EXPECT_EQ(store().revoke(first_.id, now_ + day, now_ - day).value().revoked_at, now_);
  EXPECT_EQ(test::code_of(store().revoke(first_.id, now_ + day, now_)), ErrorCode::invalid_argument);
  EXPECT_EQ(store().revoke(first_.id, now_ + day, now_ - 2 * day).value().compromised_at, now_ - 2 * day);
  EXPECT_EQ(test::code_of(store().revoke(first_.id, now_, now_ + day)), ErrorCode::invalid_argument);
}

TEST_F(Keys, DoNotBeginAfterTheyEnd) {
  EXPECT_EQ(test::code_of(store().make(SignatureAlgorithm::ed25519, "", {.not_after = now_ - std::chrono::seconds{1}}, now_)),
            ErrorCode::invalid_argument);
  EXPECT_FALSE(store().make(SignatureAlgorithm::ed25519, "", {.owner = "with blank"}, now_).ok());
  EXPECT_EQ(store().keys().size(), 1u);
}

TEST_F(Keys, ThatCannotBeListedLeaveNothingBehind) {
  EXPECT_FALSE(store().make(SignatureAlgorithm::sm2_sm3, std::string(100, 'x'), {}, now_).ok());
  EXPECT_FALSE(store().make(SignatureAlgorithm::ed25519, "", {.owner = std::string(100, 'x')}, now_).ok());
  std::size_t files = 0;
  for (const auto& each : std::filesystem::directory_iterator(folder_.path("keys"))) files += each.path().extension() == ".pem" ? 1u : 0u;
  EXPECT_EQ(files, 1u);
}

TEST_F(Keys, AreNotChangedByTwoProcessesAtOnce) {
  const auto lock = client::FolderLock::take(folder_.path("keys/.lock")).value();
  const auto made = store().make(SignatureAlgorithm::ed25519, "", {}, now_);
  ASSERT_FALSE(made.ok());
  EXPECT_TRUE(made.error().retryable);
  EXPECT_EQ(store().keys().size(), 1u);
}

TEST_F(Keys, OfAnotherProcessAreSeenBeforeAChange) {
  KeyStore early = store();
  const KeyInfo other = store().make(SignatureAlgorithm::ed25519, "", {}, now_).value();
  early.make(SignatureAlgorithm::ed25519, "", {}, now_).value();
  EXPECT_EQ(early.keys().size(), 3u);
  EXPECT_TRUE(store().find(other.id).ok());
}

TEST_F(Keys, WhoseFileWasSwappedDoNotSign) {
  const KeyInfo other = store().make(SignatureAlgorithm::ed25519, "", {}, now_).value();
  std::filesystem::copy_file(key_file(other), key_file(first_), std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(test::code_of(store().signer(first_.id)), ErrorCode::invalid_key);
}

TEST_F(Keys, OfAnImportThatWasStoppedAreTakenUpAgain) {
  const std::string pem = test::read_file(key_file(first_));
  test::Folder other;
  create_key_store(other.path(), SignatureAlgorithm::ed25519, "", {.owner = "X"}, now_).value();
  // The file came to the disk, the index did not.
  std::filesystem::copy_file(key_file(first_), other.path("keys/" + first_.id + ".pem"));
  EXPECT_TRUE(KeyStore::open(other.path()).value().import_key(pem, "", {}, now_).ok());
}

TEST_F(Keys, WithADamagedIndexGiveAnErrorThatNamesIt) {
  const std::string index = folder_.path("keys/keys.json");
  std::string text = test::read_file(index);
  text.replace(text.find("submission"), 10, "submissioN");
  folder_.write("keys/keys.json", text);
  const auto opened = KeyStore::open(home());
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().source, index);
  EXPECT_EQ(opened.error().pointer, "/keys/0/use/0");
}

TEST_F(Keys, AreShownAsADocumentWithoutThePrivateKey) {
  const std::string document = keys_json(store().keys()).value();
  EXPECT_EQ(document, test::read_file(folder_.path("keys/keys.json")));
  EXPECT_EQ(document.find("PRIVATE"), std::string::npos);
}

}  // namespace
}  // namespace greenlane
