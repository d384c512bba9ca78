#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "crypto/private_key.h"
#include "crypto/public_key.h"

namespace greenlane::crypto {
namespace {

constexpr SignatureAlgorithm algorithms[] = {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256,
                                             SignatureAlgorithm::sm2_sm3};

PublicKey public_key_of(const PrivateKey& key) { return PublicKey::from_info(key.public_key()).value(); }

TEST(Keys, VerifyWhatTheySigned) {
  for (const auto algorithm : algorithms) {
    PrivateKey key = PrivateKey::generate(algorithm).value();
    const std::string signature = key.sign("declaration").value();
    EXPECT_TRUE(public_key_of(key).verify("declaration", signature)) << to_string(algorithm);
    EXPECT_FALSE(public_key_of(key).verify("declaratioN", signature)) << to_string(algorithm);
    EXPECT_FALSE(public_key_of(key).verify("declaration", signature + '\0')) << to_string(algorithm);
    EXPECT_FALSE(public_key_of(key).verify("declaration", "")) << to_string(algorithm);
    EXPECT_FALSE(public_key_of(PrivateKey::generate(algorithm).value()).verify("declaration", signature)) << to_string(algorithm);
  }
}

TEST(Keys, VerifyOnManyThreadsAtOnce) {
  for (const auto algorithm : algorithms) {
    PrivateKey own = PrivateKey::generate(algorithm).value();
    const PublicKey key = public_key_of(own);
    const std::string signature = own.sign("declaration").value();
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
      threads.emplace_back([&] {
        for (int round = 0; round < 50; ++round) {
          if (!key.verify("declaration", signature) || key.verify("declaratioN", signature)) ++wrong;
        }
      });
    }
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(wrong, 0) << to_string(algorithm);
  }
}

TEST(Keys, ComeBackFromPemAndDer) {
  for (const auto algorithm : algorithms) {
    PrivateKey key = PrivateKey::generate(algorithm).value();
    const PrivateKey again = PrivateKey::from_pem(key.pem()).value();
    EXPECT_EQ(public_key_of(again), public_key_of(key));
    const PublicKey shown = public_key_of(key);
    EXPECT_EQ(PublicKey::from_pem(shown.pem(), shown.scheme(), shown.sm2_user_id()).value(), shown);
    EXPECT_EQ(shown.id().size(), 64u);
  }
}

TEST(Keys, OfOneKindAreNotTakenForAnother) {
  for (const auto algorithm : algorithms) {
    const PublicKey key = public_key_of(PrivateKey::generate(algorithm).value());
    for (const Scheme scheme :
         {Scheme::ed25519, Scheme::ecdsa_p256_sha256, Scheme::sm2_sm3, Scheme::ecdsa_p384_sha384, Scheme::rsa_pss_sha256}) {
      if (scheme == key.scheme()) continue;
      const auto other = PublicKey::from_der(key.der(), scheme, scheme == Scheme::sm2_sm3 ? sm2_default_user_id : "");
      ASSERT_FALSE(other.ok());
      EXPECT_EQ(other.error().code, ErrorCode::invalid_key);
    }
  }
}

TEST(Keys, OfSm2NeedTheUserIdAndOthersRefuseOne) {
  const PublicKey key = public_key_of(PrivateKey::generate(SignatureAlgorithm::sm2_sm3).value());
  EXPECT_FALSE(PublicKey::from_der(key.der(), Scheme::sm2_sm3).ok());
  const PublicKey other = public_key_of(PrivateKey::generate(SignatureAlgorithm::ed25519).value());
  EXPECT_FALSE(PublicKey::from_der(other.der(), Scheme::ed25519, "somebody").ok());
}

TEST(Keys, OfSm2SignForOneUserIdOnly) {
  PrivateKey key = PrivateKey::generate(SignatureAlgorithm::sm2_sm3, "ALICE123@YAHOO.COM").value();
  const std::string signature = key.sign("declaration").value();
  EXPECT_TRUE(public_key_of(key).verify("declaration", signature));
  EXPECT_FALSE(PublicKey::from_der(key.public_key().der, Scheme::sm2_sm3, sm2_default_user_id).value().verify("declaration", signature));
}

TEST(Keys, RefuseTrailingBytesAndWhatIsNoKey) {
  const PublicKey key = public_key_of(PrivateKey::generate(SignatureAlgorithm::ed25519).value());
  EXPECT_FALSE(PublicKey::from_der(key.der() + '\0', Scheme::ed25519).ok());
  EXPECT_FALSE(PublicKey::from_der("", Scheme::ed25519).ok());
  EXPECT_FALSE(PublicKey::from_pem("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", Scheme::ed25519).ok());
  EXPECT_FALSE(PrivateKey::from_pem(key.pem()).ok());
}

}  // namespace
}  // namespace greenlane::crypto
