#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "crypto/signature_form.h"
#include "greenlane/signer.h"
#include "tests/support/results.h"

namespace greenlane {
namespace {

using crypto::PrivateKey;

constexpr SignatureAlgorithm algorithms[] = {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256,
                                             SignatureAlgorithm::sm2_sm3};

/// A device that holds `key`; SM2 tokens, which SoftHSM has none of, are played by it.
auto device(PrivateKey& key) {
  return [&key](std::string_view message) { return key.sign(message); };
}

TEST(CallbackSigner, HandsOnWhatTheDeviceSigns) {
  for (const auto algorithm : algorithms) {
    PrivateKey key = PrivateKey::generate(algorithm).value();
    const auto signer = callback_signer(key.public_key(), device(key)).value();
    EXPECT_EQ(signer->public_key().der, key.public_key().der);
    EXPECT_TRUE(crypto::PublicKey::from_info(key.public_key()).value().verify("declaration", signer->sign("declaration").value()));
  }
}

TEST(CallbackSigner, TurnsRawSignaturesIntoDer) {
  for (const auto algorithm : algorithms) {
    PrivateKey key = PrivateKey::generate(algorithm).value();
    const auto raw = [&](std::string_view message) -> Result<std::string> {
      const auto made = key.sign(message);
      return algorithm == SignatureAlgorithm::ed25519 ? made : crypto::raw_from_der(*made);
    };
    const auto signer = callback_signer(key.public_key(), raw, SignatureForm::raw).value();
    EXPECT_TRUE(crypto::PublicKey::from_info(key.public_key()).value().verify("declaration", signer->sign("declaration").value()));
    if (algorithm == SignatureAlgorithm::ed25519) continue;
    const auto told_wrong = callback_signer(key.public_key(), raw).value()->sign("declaration");
    ASSERT_FALSE(told_wrong.ok());
    EXPECT_NE(told_wrong.error().message.find("SignatureForm::raw"), std::string::npos);
  }
}

TEST(CallbackSigner, FindsThatItIsAnotherDevice) {
  for (const auto algorithm : algorithms) {
    PrivateKey key = PrivateKey::generate(algorithm).value();
    PrivateKey other = PrivateKey::generate(algorithm).value();
    const auto signature = callback_signer(key.public_key(), device(other)).value()->sign("declaration");
    ASSERT_FALSE(signature.ok());
    EXPECT_EQ(signature.error().code, ErrorCode::invalid_key);
    EXPECT_NE(signature.error().message.find("does not verify"), std::string::npos);
  }
}

TEST(CallbackSigner, FindsAnotherUserIdOfSm2) {
  PrivateKey key = PrivateKey::generate(SignatureAlgorithm::sm2_sm3, "somebody").value();
  PublicKeyInfo told = key.public_key();
  told.sm2_user_id = sm2_default_user_id;
  EXPECT_FALSE(callback_signer(told, device(key)).value()->sign("declaration").ok());
}

TEST(CallbackSigner, HandsOnTheErrorsOfTheDevice) {
  PrivateKey key = PrivateKey::generate(SignatureAlgorithm::ed25519).value();
  const auto broken = [](std::string_view) -> Result<std::string> {
    return Error{.code = ErrorCode::unreachable, .message = "card removed", .retryable = true};
  };
  const auto signature = callback_signer(key.public_key(), broken).value()->sign("declaration");
  ASSERT_FALSE(signature.ok());
  EXPECT_EQ(signature.error().message, "card removed");
  EXPECT_TRUE(signature.error().retryable);
}

TEST(CallbackSigner, NeedsAKeyAndAFunction) {
  PrivateKey key = PrivateKey::generate(SignatureAlgorithm::sm2_sm3).value();
  EXPECT_EQ(test::code_of(callback_signer(key.public_key(), nullptr)), ErrorCode::invalid_argument);
  PublicKeyInfo without_id = key.public_key();
  without_id.sm2_user_id.clear();
  EXPECT_EQ(test::code_of(callback_signer(without_id, device(key))), ErrorCode::invalid_key);
  PublicKeyInfo other_algorithm = key.public_key();
  other_algorithm.algorithm = SignatureAlgorithm::ecdsa_p256_sha256;
  other_algorithm.sm2_user_id.clear();
  EXPECT_EQ(test::code_of(callback_signer(other_algorithm, device(key))), ErrorCode::invalid_key);
}

TEST(PublicKeys, AreReadInPemAndDerWithTheirAlgorithm) {
  for (const auto algorithm : algorithms) {
    const PrivateKey key = PrivateKey::generate(algorithm).value();
    const std::string pem = crypto::PublicKey::from_info(key.public_key()).value().pem();
    for (const std::string& bytes : {key.public_key().der, pem}) {
      const PublicKeyInfo read = read_public_key(bytes).value();
      EXPECT_EQ(read.algorithm, algorithm);
      EXPECT_EQ(read.der, key.public_key().der);
      EXPECT_EQ(read.sm2_user_id, algorithm == SignatureAlgorithm::sm2_sm3 ? sm2_default_user_id : "");
    }
  }
  EXPECT_FALSE(read_public_key("").ok());
  EXPECT_FALSE(read_public_key(PrivateKey::generate(SignatureAlgorithm::ed25519).value().pem()).ok());
}

}  // namespace
}  // namespace greenlane
