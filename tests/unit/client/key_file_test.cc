#include "client/key_file.h"

#include <gtest/gtest.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/public_key.h"
#include "greenlane/signer.h"
#include "tests/support/folders.h"
#include "tests/support/results.h"

namespace greenlane {
namespace {

mode_t mode_of(const std::string& path) {
  struct stat found;
  EXPECT_EQ(::stat(path.c_str(), &found), 0);
  return found.st_mode & 07777u;
}

class KeyFile : public testing::Test {
 protected:
  /// A file with a key, of that mode.
  std::string key_of_mode(mode_t mode) {
    const std::string path = folder_.path("key-" + std::to_string(++number_) + ".pem");
    EXPECT_TRUE(make_key_file(path, SignatureAlgorithm::ed25519).ok());
    EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    return path;
  }

  test::Folder folder_;
  int number_ = 0;
};

TEST_F(KeyFile, SignsWithTheKeyThatWasMade) {
  for (const auto algorithm : {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256, SignatureAlgorithm::sm2_sm3}) {
    const std::string path = folder_.path(std::string(to_string(algorithm)) + ".pem");
    const PublicKeyInfo made = make_key_file(path, algorithm).value();
    EXPECT_EQ(mode_of(path), 0600u);
    const auto signer = key_file_signer(path).value();
    EXPECT_EQ(signer->public_key().der, made.der);
    EXPECT_TRUE(crypto::PublicKey::from_info(made).value().verify("declaration", signer->sign("declaration").value()));
  }
}

TEST_F(KeyFile, IsItsOwnersAloneFromTheFirstMomentWhateverTheMask) {
  const mode_t before = ::umask(0);
  const std::string path = folder_.path("key.pem");
  const int changes = ::inotify_init1(IN_NONBLOCK);
  ASSERT_GE(::inotify_add_watch(changes, folder_.path().c_str(), IN_ATTRIB), 0);
  EXPECT_TRUE(make_key_file(path, SignatureAlgorithm::ed25519).ok());
  ::umask(before);
  EXPECT_EQ(mode_of(path), 0600u);
  // Whose mode was never changed had it from the first moment.
  char event[4096];
  EXPECT_LT(::read(changes, event, sizeof event), 0);
  ::close(changes);
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_F(KeyFile, OfAWiderModeIsRefusedWithWhatToDo) {
  for (const mode_t mode : {0601u, 0602u, 0604u, 0610u, 0620u, 0640u, 0644u, 0660u, 0666u, 0700u, 0755u, 01600u, 02600u, 04600u}) {
    const std::string path = key_of_mode(mode);
    const auto signer = key_file_signer(path);
    ASSERT_FALSE(signer.ok()) << std::oct << mode;
    EXPECT_EQ(signer.error().code, ErrorCode::invalid_key);
    EXPECT_NE(signer.error().message.find("chmod 600 " + path), std::string::npos) << signer.error().message;
    EXPECT_EQ(signer.error().source, path);
  }
}

TEST_F(KeyFile, OfANarrowerModeIsTaken) {
  for (const mode_t mode : {0600u, 0400u}) EXPECT_TRUE(key_file_signer(key_of_mode(mode)).ok()) << std::oct << mode;
}

TEST_F(KeyFile, IsNotReachedThroughASymbolicLink) {
  const std::string link = folder_.path("link.pem");
  ASSERT_EQ(::symlink(key_of_mode(0600).c_str(), link.c_str()), 0);
  const auto signer = key_file_signer(link);
  ASSERT_FALSE(signer.ok());
  EXPECT_EQ(signer.error().code, ErrorCode::invalid_key);
  EXPECT_NE(signer.error().message.find("symbolic link"), std::string::npos);
}

TEST_F(KeyFile, IsNotWrittenThroughASymbolicLink) {
  const std::string elsewhere = folder_.write("elsewhere", "");
  ASSERT_EQ(::symlink(elsewhere.c_str(), folder_.path("key.pem").c_str()), 0);
  ASSERT_EQ(::symlink(elsewhere.c_str(), folder_.path("other.pem.part").c_str()), 0);
  EXPECT_FALSE(make_key_file(folder_.path("key.pem"), SignatureAlgorithm::ed25519).ok());
  EXPECT_TRUE(make_key_file(folder_.path("other.pem"), SignatureAlgorithm::ed25519).ok());
  EXPECT_EQ(std::filesystem::file_size(elsewhere), 0u);
}

TEST_F(KeyFile, IsNeverOverwritten) {
  const std::string path = key_of_mode(0600);
  const std::string before = key_file_signer(path).value()->public_key().der;
  const auto again = make_key_file(path, SignatureAlgorithm::ed25519);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(key_file_signer(path).value()->public_key().der, before);
  EXPECT_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_F(KeyFile, OfAnotherUserIsRefused) {
  const std::string path = key_of_mode(0600);
  if (::geteuid() != 0 || ::chown(path.c_str(), 65534, 65534) != 0) GTEST_SKIP() << "only root may give a file away";
  const auto signer = key_file_signer(path);
  ASSERT_FALSE(signer.ok());
  EXPECT_NE(signer.error().message.find("another user"), std::string::npos);
}

TEST_F(KeyFile, ThatIsNoFileOrNoKeyGivesAnErrorWithoutItsContent) {
  EXPECT_EQ(test::code_of(key_file_signer(folder_.path("none"))), ErrorCode::not_found);
  EXPECT_EQ(test::code_of(key_file_signer(folder_.path())), ErrorCode::invalid_key);
  const std::string pipe = folder_.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(test::code_of(key_file_signer(pipe)), ErrorCode::invalid_key);
  const std::string large = folder_.write("large", std::string(40'000, 'x'));
  ASSERT_EQ(::chmod(large.c_str(), 0600), 0);
  EXPECT_EQ(test::code_of(key_file_signer(large)), ErrorCode::limit_exceeded);
  const std::string broken = folder_.write("broken", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
  ASSERT_EQ(::chmod(broken.c_str(), 0600), 0);
  const auto signer = key_file_signer(broken);
  ASSERT_FALSE(signer.ok());
  EXPECT_EQ(signer.error().to_text().find("c2VjcmV0"), std::string::npos);
  EXPECT_EQ(signer.error().to_text().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace greenlane
