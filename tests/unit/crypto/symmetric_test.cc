#include <gtest/gtest.h>

#include <string>

#include "base/hex.h"
#include "crypto/aead.h"
#include "crypto/mac.h"
#include "crypto/suite.h"
#include "tests/support/results.h"

namespace greenlane::crypto {
namespace {

constexpr Suite suites[] = {Suite::intl, Suite::gm, Suite::dual};

std::string bytes(std::string_view digits) { return from_hex(digits).value(); }
Secret key_of(char c) { return Secret(std::string(sealing_key_bytes, c)); }

TEST(Mac, GivesThePublishedCodes) {
  // RFC 4231, test case 2, and GM/T 0042-2015, D.3.
  EXPECT_EQ(to_hex(hmac(DigestAlgorithm::sha256, "Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(to_hex(hmac(DigestAlgorithm::sm3, "Jefe", "what do ya want for nothing?")),
            "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882");
  // RFC 2104 fills an empty key up with zeros, like one zero.
  EXPECT_EQ(hmac(DigestAlgorithm::sha256, "", "message"), hmac(DigestAlgorithm::sha256, std::string_view("\0", 1), "message"));
}

TEST(Mac, IsTakenWholeOnly) {
  const std::string mac = hmac(DigestAlgorithm::sm3, "key", "message");
  EXPECT_TRUE(is_hmac(DigestAlgorithm::sm3, "key", "message", mac));
  EXPECT_FALSE(is_hmac(DigestAlgorithm::sha256, "key", "message", mac));
  EXPECT_FALSE(is_hmac(DigestAlgorithm::sm3, "Key", "message", mac));
  for (std::size_t size = 0; size < mac.size(); ++size) EXPECT_FALSE(is_hmac(DigestAlgorithm::sm3, "key", "message", mac.substr(0, size)));
  EXPECT_FALSE(is_hmac(DigestAlgorithm::sm3, "key", "message", mac + '\0'));
}

TEST(DerivedKeys, AreThoseOfHkdfAndDifferByPurpose) {
  // RFC 5869, test case 3: no salt, no purpose.
  EXPECT_EQ(to_hex(derived_key(DigestAlgorithm::sha256, std::string(22, '\x0b'), "", 42).bytes()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
  EXPECT_NE(derived_key(DigestAlgorithm::sm3, "key", "one", 32).bytes(), derived_key(DigestAlgorithm::sm3, "key", "other", 32).bytes());
}

TEST(Sm3, GivesThePublishedDigest) { EXPECT_EQ(sm3_hex("abc"), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"); }

TEST(Sm4, GivesThePublishedText) {
  const std::string key = bytes("0123456789abcdeffedcba9876543210");
  const std::string plain = bytes("aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd");
  const std::string cipher = sm4_ctr(key, key, plain).value();
  EXPECT_EQ(to_hex(cipher), "c2b4759e78ac3cf43d0852f4e8d5f9fd7256e8a5fcb65a350ee00630912e4449");
  EXPECT_EQ(sm4_ctr(key, key, cipher).value(), plain);
  EXPECT_FALSE(sm4_ctr(key + key, key, plain).ok());
}

TEST(Gcm, TakesNoShortTagAndNoEmptyNonce) {
  const std::string key(32, 'k');
  const GcmText made = encrypt_gcm(key, "123456789012", "", "plain").value();
  EXPECT_EQ(decrypt_gcm(key, "123456789012", "", made.cipher, made.tag).value().bytes(), "plain");
  for (std::size_t size = 0; size < gcm_tag_bytes; ++size) {
    EXPECT_FALSE(decrypt_gcm(key, "123456789012", "", made.cipher, made.tag.substr(0, size)).ok());
  }
  EXPECT_FALSE(encrypt_gcm(key, "", "", "plain").ok());
  EXPECT_FALSE(encrypt_gcm(std::string(31, 'k'), "123456789012", "", "plain").ok());
}

TEST(Gcm, IsTheSameWithLongNonces) {
  // Nonces over 128 bytes take another way through OpenSSL; both ways meet at 128 in Wycheproof's vectors.
  const std::string key(32, 'k');
  for (const std::size_t size : {128u, 129u, 4'096u}) {
    const std::string nonce(size, 'n');
    const GcmText made = encrypt_gcm(key, nonce, "associated", "plain").value();
    EXPECT_EQ(decrypt_gcm(key, nonce, "associated", made.cipher, made.tag).value().bytes(), "plain");
    EXPECT_EQ(test::code_of(decrypt_gcm(key, nonce, "Associated", made.cipher, made.tag)), ErrorCode::not_trusted);
  }
  EXPECT_FALSE(encrypt_gcm(key, std::string(4'097, 'n'), "", "plain").ok());
}

TEST(Seal, OpensWithTheSameKeySuiteAndPlaceOnly) {
  for (const Suite suite : suites) {
    for (const std::size_t size : {0u, 1u, 16u, 1'000u}) {
      const std::string plain(size, 'p');
      const std::string sealed = seal(suite, key_of('k'), "submission/42", plain).value();
      EXPECT_EQ(open(suite, key_of('k'), "submission/42", sealed).value().bytes(), plain);
      EXPECT_EQ(test::code_of(open(suite, key_of('K'), "submission/42", sealed)), ErrorCode::not_trusted);
      EXPECT_EQ(test::code_of(open(suite, key_of('k'), "submission/43", sealed)), ErrorCode::not_trusted);
      EXPECT_EQ(test::code_of(open(suite == Suite::intl ? Suite::gm : Suite::intl, key_of('k'), "submission/42", sealed)),
                ErrorCode::not_trusted);
    }
  }
}

TEST(Seal, IsBrokenByEveryFlippedBitAndEveryLostByte) {
  for (const Suite suite : suites) {
    const std::string sealed = seal(suite, key_of('k'), "a", "declaration").value();
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
      std::string changed = sealed;
      changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
      ASSERT_EQ(test::code_of(open(suite, key_of('k'), "a", changed)), ErrorCode::not_trusted) << bit;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
      ASSERT_FALSE(open(suite, key_of('k'), "a", sealed.substr(0, size)).ok()) << size;
    }
    EXPECT_FALSE(open(suite, key_of('k'), "a", sealed + '\0').ok());
  }
}

TEST(Seal, KeepsTheBordersBetweenItsParts) {
  const std::string sealed = seal(Suite::gm, key_of('k'), "ab", "plain").value();
  // The first byte of the counter as the last of the place, and the other way round.
  EXPECT_FALSE(open(Suite::gm, key_of('k'), "ab" + sealed.substr(0, 1), sealed.substr(1)).ok());
  EXPECT_FALSE(open(Suite::gm, key_of('k'), "a", "b" + sealed).ok());
}

TEST(Seal, NeverGivesTheSameBytesTwice) {
  for (const Suite suite : suites) EXPECT_NE(seal(suite, key_of('k'), "", "plain").value(), seal(suite, key_of('k'), "", "plain").value());
}

TEST(Seal, NeedsAKeyOf32Bytes) {
  for (const Suite suite : suites) {
    EXPECT_EQ(test::code_of(seal(suite, Secret(std::string(31, 'k')), "", "")), ErrorCode::invalid_argument);
    EXPECT_EQ(test::code_of(open(suite, Secret(), "", std::string(64, 'x'))), ErrorCode::invalid_argument);
  }
}

TEST(Suites, HaveNames) {
  for (const Suite each : suites) EXPECT_EQ(suite(to_string(each)), each);
  EXPECT_FALSE(suite("none"));
  EXPECT_EQ(digests(Suite::gm, "abc").sha256, "");
  EXPECT_EQ(digests(Suite::intl, "abc").sm3, "");
  EXPECT_EQ(digests(Suite::dual, "abc").sm3, sm3_hex("abc"));
  EXPECT_EQ(digests(Suite::dual, "abc").sha256, sha256_hex("abc"));
}

TEST(Suites, AskForTheirOwnSignatures) {
  using enum SignatureAlgorithm;
  const auto enough = [](Suite each, std::vector<SignatureAlgorithm> keys, std::size_t threshold = 1) {
    return is_signed_enough(each, keys, threshold);
  };
  EXPECT_TRUE(enough(Suite::intl, {ed25519}));
  EXPECT_TRUE(enough(Suite::intl, {ecdsa_p256_sha256, sm2_sm3}));
  EXPECT_FALSE(enough(Suite::intl, {sm2_sm3}));
  EXPECT_TRUE(enough(Suite::gm, {sm2_sm3}));
  EXPECT_FALSE(enough(Suite::gm, {ed25519, ecdsa_p256_sha256}));
  EXPECT_TRUE(enough(Suite::dual, {ecdsa_p256_sha256, sm2_sm3}));
  EXPECT_FALSE(enough(Suite::dual, {ecdsa_p256_sha256, ed25519}));
  EXPECT_FALSE(enough(Suite::dual, {sm2_sm3, sm2_sm3}));
  EXPECT_FALSE(enough(Suite::dual, {ed25519, ecdsa_p256_sha256, sm2_sm3}, 2));
  EXPECT_TRUE(enough(Suite::dual, {ed25519, ecdsa_p256_sha256, sm2_sm3, sm2_sm3}, 2));
  for (const Suite each : suites) {
    EXPECT_FALSE(enough(each, {}));
    EXPECT_FALSE(enough(each, {}, 0));
  }
}

}  // namespace
}  // namespace greenlane::crypto
