// Keys as metadata spells them, and whether enough of them have signed.
#include "trust/role_keys.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/support/rsa_key.h"
#include "tests/support/tuf_repository.h"

namespace greenlane::trust {
namespace {

using test::tuf_key;
using test::tuf_key_entry;

constexpr std::string_view message = "{\"_type\":\"snapshot\"}";

/// The key under the id "k", if it is one that can be used.
RoleKeys role_of(const json::Value& entry) {
  const json::Value owner = json::Object{{"keys", json::Object{{"k", entry}}}};
  const json::Value role = json::Object{{"keyids", json::Array{"k"}}, {"threshold", 1}};
  JsonFields fields("root");
  RoleKeys keys = read_role_keys(fields, {&role, ""}, read_keys(fields, {&owner, ""}));
  EXPECT_TRUE(fields.ok()) << fields.error().to_text();
  return keys;
}

bool verifies(const json::Value& entry, std::string signature) {
  return verify_signatures({std::string(message), {{"k", std::move(signature)}}}, role_of(entry), "root").ok();
}

const std::string& pem_of(const test::TufKey& key) { return key.entry.find("keyval")->find("public")->string(); }

constexpr SignatureAlgorithm p256 = SignatureAlgorithm::ecdsa_p256_sha256;
constexpr SignatureAlgorithm sm2 = SignatureAlgorithm::sm2_sm3;

TEST(TufKeys, OfEachKindVerifyWhatTheySigned) {
  for (const auto algorithm : {SignatureAlgorithm::ed25519, p256, sm2}) {
    const test::TufKey& key = tuf_key(1, algorithm);
    EXPECT_TRUE(verifies(key.entry, key.sign(message))) << to_string(algorithm);
    EXPECT_FALSE(verifies(key.entry, key.sign("something else"))) << to_string(algorithm);
    EXPECT_FALSE(verifies(key.entry, tuf_key(2, algorithm).sign(message))) << to_string(algorithm);
    EXPECT_FALSE(verifies(key.entry, key.sign(message) + '\0')) << to_string(algorithm);
  }
}

TEST(TufKeys, OfRsaAndP384AreVerified) {
  const auto rsa = test::ForeignKey::rsa();
  const std::string pss = rsa.sign(message, "SHA256", RSA_PKCS1_PSS_PADDING);
  const std::string plain = rsa.sign(message, "SHA256", RSA_PKCS1_PADDING);
  const json::Value pss_entry = tuf_key_entry("rsa", "rsassa-pss-sha256", rsa.pem());
  const json::Value plain_entry = tuf_key_entry("rsa", "rsa-pkcs1v15-sha256", rsa.pem());
  EXPECT_TRUE(verifies(pss_entry, pss));
  EXPECT_TRUE(verifies(plain_entry, plain));
  // The scheme is the key's: a signature of the other one is none.
  EXPECT_FALSE(verifies(pss_entry, plain));
  EXPECT_FALSE(verifies(plain_entry, pss));
  EXPECT_FALSE(verifies(pss_entry, rsa.sign(message, "SHA1", RSA_PKCS1_PSS_PADDING)));
  const auto p384 = test::ForeignKey::p384();
  EXPECT_TRUE(verifies(tuf_key_entry("ecdsa", "ecdsa-sha2-nistp384", p384.pem()), p384.sign(message, "SHA384", 0)));
  EXPECT_FALSE(verifies(tuf_key_entry("ecdsa", "ecdsa-sha2-nistp384", p384.pem()), p384.sign(message, "SHA256", 0)));
}

TEST(TufKeys, OfOlderRepositoriesAreTaken) {
  const test::TufKey& key = tuf_key(1, p256);
  EXPECT_TRUE(verifies(tuf_key_entry("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", pem_of(key)), key.sign(message)));
  const auto decoded = crypto::PublicKey::from_pem(pem_of(key), crypto::Scheme::ecdsa_p256_sha256).value();
  const std::string point = to_hex(std::string_view(decoded.der()).substr(decoded.der().size() - 65));
  EXPECT_TRUE(verifies(tuf_key_entry("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", point), key.sign(message)));
}

// A type, a scheme and a key that do not belong together verify nothing, and spoil nothing else.
TEST(TufKeys, WhoseTypeSchemeAndCurveDoNotFitVerifyNothing) {
  const auto rsa = test::ForeignKey::rsa();
  const auto p384 = test::ForeignKey::p384();
  const std::string ed = pem_of(tuf_key(1));
  const std::string ec = pem_of(tuf_key(1, p256));
  const std::string sm = pem_of(tuf_key(1, sm2));
  const std::vector<std::pair<json::Value, std::string>> wrong{
      {tuf_key_entry("ed25519", "ed25519", ec), tuf_key(1, p256).sign(message)},
      {tuf_key_entry("ecdsa", "ecdsa-sha2-nistp256", ed), tuf_key(1).sign(message)},
      {tuf_key_entry("ecdsa", "ecdsa-sha2-nistp256", sm), tuf_key(1, sm2).sign(message)},
      {tuf_key_entry("ecdsa", "ecdsa-sha2-nistp256", p384.pem()), p384.sign(message, "SHA256", 0)},
      {tuf_key_entry("ecdsa", "ecdsa-sha2-nistp384", ec), tuf_key(1, p256).sign(message)},
      {tuf_key_entry("ecdsa", "ed25519", ec), tuf_key(1, p256).sign(message)},
      {tuf_key_entry("ed25519", "ecdsa-sha2-nistp256", ec), tuf_key(1, p256).sign(message)},
      {tuf_key_entry("rsa", "ecdsa-sha2-nistp256", ec), tuf_key(1, p256).sign(message)},
      {tuf_key_entry("ecdsa", "rsassa-pss-sha256", rsa.pem()), rsa.sign(message, "SHA256", RSA_PKCS1_PSS_PADDING)},
      {tuf_key_entry("rsa", "rsassa-pss-sha512", rsa.pem()), rsa.sign(message, "SHA512", RSA_PKCS1_PSS_PADDING)},
      {tuf_key_entry("rsa", "none", rsa.pem()), ""},
      {tuf_key_entry("hmac", "hmac-sha256", "secret"), "secret"},
      {tuf_key_entry("sm2", "sm2-sm3", sm), tuf_key(1, sm2).sign(message)},  // without a user id
      {tuf_key_entry("sm2", "ecdsa-sha2-nistp256", sm), tuf_key(1, sm2).sign(message)},
      {tuf_key_entry("ed25519", "ed25519", ed + "00"), tuf_key(1).sign(message)},
      {tuf_key_entry("ecdsa", "ecdsa-sha2-nistp256", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"), tuf_key(1, p256).sign(message)},
  };
  for (const auto& [entry, signature] : wrong) {
    EXPECT_FALSE(role_of(entry).keys.front().key.has_value()) << json::compact(entry);
    EXPECT_FALSE(verifies(entry, signature)) << json::compact(entry);
  }
}

TEST(TufKeys, OfSm2CountForTheirUserIdOnly) {
  json::Value entry = tuf_key(1, sm2).entry;
  entry.find("keyval")->set("user_id", "ALICE123@YAHOO.COM");
  EXPECT_TRUE(role_of(entry).keys.front().key.has_value());
  EXPECT_FALSE(verifies(entry, tuf_key(1, sm2).sign(message)));
}

TEST(TufKeys, OfTooFewBitsAreNotUsed) {
  const auto weak = test::ForeignKey::rsa(1024);
  EXPECT_FALSE(verifies(tuf_key_entry("rsa", "rsassa-pss-sha256", weak.pem()), weak.sign(message, "SHA256", RSA_PKCS1_PSS_PADDING)));
}

TEST(TufKeys, MayHaveMembersThatNobodyKnows) {
  json::Value entry = tuf_key(1, p256).entry;
  entry.set("keyid_hash_algorithms", "md5");
  entry.find("keyval")->set("user_id", "of no meaning here");
  EXPECT_TRUE(verifies(entry, tuf_key(1, p256).sign(message)));
}

/// A role of the given keys under ids of their own.
RoleKeys role(std::vector<json::Value> entries, int threshold) {
  json::Value owner = json::Object{{"keys", json::Object()}};
  json::Array ids;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    ids.emplace_back("k" + std::to_string(i));
    owner.find("keys")->set("k" + std::to_string(i), entries[i]);
  }
  const json::Value role = json::Object{{"keyids", ids}, {"threshold", threshold}};
  JsonFields fields("root");
  return read_role_keys(fields, {&role, ""}, read_keys(fields, {&owner, ""}));
}

// One holder under many names: by ids, by spelling, by scheme, by user id.
TEST(TufThresholds, CountTheSameKeyOnceHoweverItIsListed) {
  const test::TufKey& ed = tuf_key(1);
  const std::string by_ed = ed.sign(message);
  EXPECT_FALSE(verify_signatures({std::string(message), {{"k0", by_ed}, {"k1", by_ed}}}, role({ed.entry, ed.entry}, 2), "root").ok());

  std::string upper = pem_of(ed);
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_FALSE(verify_signatures({std::string(message), {{"k0", by_ed}, {"k1", by_ed}}}, role({ed.entry, tuf_key_entry("ed25519", "ed25519", upper)}, 2), "root").ok());

  const test::TufKey& ec = tuf_key(1, p256);
  const auto decoded = crypto::PublicKey::from_pem(pem_of(ec), crypto::Scheme::ecdsa_p256_sha256).value();
  const std::string point = decoded.der().substr(decoded.der().size() - 65);
  const std::string compressed = std::string(1, static_cast<char>(2 + (static_cast<unsigned char>(point[64]) & 1u))) + point.substr(1, 32);
  for (const std::string& spelled : {to_hex(point), to_hex(compressed)}) {
    const RoleKeys both = role({ec.entry, tuf_key_entry("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", spelled)}, 2);
    ASSERT_TRUE(both.keys[1].key.has_value());
    // Two different signatures, both valid.
    EXPECT_FALSE(verify_signatures({std::string(message), {{"k0", ec.sign(message)}, {"k1", ec.sign(message)}}}, both, "root").ok());
  }

  const auto rsa = test::ForeignKey::rsa();
  const RoleKeys schemes = role({tuf_key_entry("rsa", "rsassa-pss-sha256", rsa.pem()), tuf_key_entry("rsa", "rsa-pkcs1v15-sha256", rsa.pem())}, 2);
  const SignedText by_both{std::string(message),
                           {{"k0", rsa.sign(message, "SHA256", RSA_PKCS1_PSS_PADDING)}, {"k1", rsa.sign(message, "SHA256", RSA_PKCS1_PADDING)}}};
  EXPECT_FALSE(verify_signatures(by_both, schemes, "root").ok());

  auto alice = crypto::PrivateKey::generate(sm2, "ALICE").value();
  json::Value entry = tuf_key_entry("sm2", "sm2-sm3", test::public_key(alice).pem());
  entry.find("keyval")->set("user_id", "ALICE");
  json::Value other = entry;
  other.find("keyval")->set("user_id", "BOB");
  auto bob = crypto::PrivateKey::from_pem(alice.pem(), "BOB").value();
  const SignedText by_two_names{std::string(message), {{"k0", alice.sign(message).value()}, {"k1", bob.sign(message).value()}}};
  EXPECT_TRUE(verify_signatures(by_two_names, role({entry, other}, 1), "root").ok());
  EXPECT_FALSE(verify_signatures(by_two_names, role({entry, other}, 2), "root").ok());
}

TEST(TufThresholds, CountDifferentKeys) {
  const SignedText both{std::string(message), {{"k0", tuf_key(1).sign(message)}, {"k1", tuf_key(2).sign(message)}}};
  EXPECT_TRUE(verify_signatures(both, role({tuf_key(1).entry, tuf_key(2).entry}, 2), "root").ok());
  EXPECT_FALSE(verify_signatures(both, role({tuf_key(1).entry, tuf_key(3).entry}, 2), "root").ok());
  EXPECT_FALSE(verify_signatures({std::string(message), {}}, role({tuf_key(1).entry}, 1), "root").ok());
}

// The id finds the key and nothing more: a signature under the id of another key is not tried with all of them.
TEST(TufThresholds, TakeASignatureForItsOwnKeyIdOnly) {
  const SignedText swapped{std::string(message), {{"k1", tuf_key(1).sign(message)}, {"k0", tuf_key(2).sign(message)}}};
  EXPECT_FALSE(verify_signatures(swapped, role({tuf_key(1).entry, tuf_key(2).entry}, 1), "root").ok());
}

TEST(TufThresholds, SayWhenKeysAreOfUnknownKinds) {
  const auto refused = verify_signatures({std::string(message), {}}, role({tuf_key(1).entry, tuf_key_entry("dilithium", "ml-dsa-65", "00")}, 2), "targets");
  test::expect_error(refused, ErrorCode::not_trusted, "targets: the metadata is signed by 0 of the 2 keys that may sign it; 2 must have; 1 of the keys are of no kind");
}

}  // namespace
}  // namespace greenlane::trust
