#include "trust/envelope.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/base64.h"
#include "base/json.h"
#include "tests/support/results.h"
#include "tests/support/signature_forms.h"
#include "tests/support/trust_keys.h"

namespace greenlane::trust {
namespace {

using test::code_of;
using test::message_of;
using test::new_key;
using test::record_of;
using test::time;

constexpr const char* receipt_type = "application/vnd.greenlane.receipt.v1+json";

EnvelopePolicy receipts() { return {.type = receipt_type, .use = KeyUse::receipt, .owner = "", .at = time("2026-06-01T00:00:00Z")}; }

TEST(Envelope, GivesBackTheBytesThatWereSignedWithEachAlgorithm) {
  const std::string bytes("{\"a\":1}\r\n\0\xFF", 11);
  for (const auto algorithm : {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256, SignatureAlgorithm::sm2_sm3}) {
    auto key = new_key(algorithm);
    const KeyRing ring({record_of(key)});
    const std::string envelope = sign_envelope({receipt_type, bytes}, {&key}).value();
    const auto payload = EnvelopeVerifier(ring).verify(envelope, receipts());
    ASSERT_TRUE(payload.ok()) << payload.error().to_text();
    EXPECT_EQ((*payload)->bytes, bytes);
    EXPECT_EQ((*payload)->type, receipt_type);
    EXPECT_EQ((*payload)->signed_by, std::vector{test::public_key(key).id()});
  }
}

// DSSE protocol.md, "Test Vectors".
TEST(Envelope, EncodesAsTheProtocolShows) {
  EXPECT_EQ(pre_authentication_encoding("http://example.com/HelloWorld", "hello world"),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  EXPECT_EQ(pre_authentication_encoding("", ""), "DSSEv1 0  0 ");
}

TEST(Envelope, OfThePublicVectorVerifies) {
  const std::string point = from_hex("0467cd390f77aa359cb08c2235f652270493a9ed832b0abcc01f70954c0390d2380c782bd54e269125a44f4433aff1432ce94e12bca73aa"
                                     "67ac80cea12608ddf74").value();
  const std::string raw = decode_base64("A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==").value();
  KeyRecord record = record_of(new_key());
  record.key = crypto::PublicKey::from_point(point, crypto::Scheme::ecdsa_p256_sha256).value();
  const KeyRing ring({record});
  // The vector has r and s side by side; here they are in DER.
  const std::string sig = encode_base64(test::der_signature(raw.substr(0, 32), raw.substr(32)));
  const std::string envelope = R"({"payload": "aGVsbG8gd29ybGQ=", "payloadType": "http://example.com/HelloWorld", "signatures": [{"sig": ")" + sig + "\"}]}";
  EnvelopePolicy policy = receipts();
  policy.type = "http://example.com/HelloWorld";
  const auto payload = EnvelopeVerifier(ring).verify(envelope, policy);
  ASSERT_TRUE(payload.ok()) << payload.error().to_text();
  EXPECT_EQ((*payload)->bytes, "hello world");
}

TEST(Envelope, HasTheFormOfTheStandard) {
  auto key = new_key();
  const json::Value envelope = json::parse(sign_envelope({receipt_type, "hello world"}, {&key}).value()).value();
  ASSERT_EQ(envelope.object().size(), 3u);
  EXPECT_EQ(envelope.text("payload"), "aGVsbG8gd29ybGQ=");
  EXPECT_EQ(envelope.text("payloadType"), receipt_type);
  const json::Value& signature = envelope.find("signatures")->array().at(0);
  EXPECT_EQ(signature.text("keyid"), test::public_key(key).id());
  EXPECT_EQ(decode_base64(signature.text("sig")).value().size(), 64u);
}

TEST(Envelope, MayHaveMembersOfOthersAndTheUrlSafeAlphabet) {
  auto key = new_key();
  const KeyRing ring({record_of(key)});
  json::Value envelope = json::parse(sign_envelope({receipt_type, "\xFB\xFF\xFE?>"}, {&key}).value()).value();
  envelope.set("payload", "-__-Pz4=");
  envelope.set("note", json::Array{1, "two"});
  envelope.find("signatures")->array()[0].set("cert", nullptr);
  const auto payload = EnvelopeVerifier(ring).verify(json::pretty(envelope), receipts());
  ASSERT_TRUE(payload.ok()) << payload.error().to_text();
  EXPECT_EQ((*payload)->bytes, "\xFB\xFF\xFE?>");
}

TEST(Envelope, IsReadWhateverKeyIdItNames) {
  auto key = new_key(), other = new_key();
  const KeyRing ring({record_of(other), record_of(key)});
  const json::Value good = json::parse(sign_envelope({receipt_type, "x"}, {&key}).value()).value();
  for (const std::string& id : {std::string(), test::public_key(other).id(), std::string("../../etc/passwd"), std::string("' OR 1=1 --"),
                               std::string("http://example.com/key"), std::string("a\0b", 3), std::string(100'000, 'k')}) {
    json::Value envelope = good;
    envelope.find("signatures")->array()[0].set("keyid", id);
    const auto payload = EnvelopeVerifier(ring).verify(json::compact(envelope), receipts());
    ASSERT_TRUE(payload.ok()) << payload.error().to_text();
    EXPECT_EQ((*payload)->signed_by, std::vector{test::public_key(key).id()}) << "the id that is given back is the key's own";
  }
}

TEST(Envelope, NeedsAsManyKeysAsThePolicySays) {
  auto a = new_key(), b = new_key(SignatureAlgorithm::ecdsa_p256_sha256), c = new_key(SignatureAlgorithm::sm2_sm3);
  const KeyRing ring({record_of(a), record_of(b), record_of(c)});
  EnvelopePolicy policy = receipts();
  policy.threshold = 2;
  const EnvelopeVerifier verifier(ring);
  EXPECT_TRUE(verifier.verify(sign_envelope({receipt_type, "x"}, {&a, &c}).value(), policy).ok());
  EXPECT_TRUE(verifier.verify(sign_envelope({receipt_type, "x"}, {&a, &b, &c}).value(), policy).ok());
  const auto one = verifier.verify(sign_envelope({receipt_type, "x"}, {&b}).value(), policy);
  ASSERT_FALSE(one.ok());
  EXPECT_EQ(one.error().code, ErrorCode::not_trusted);
}

TEST(Envelope, OfTheSuiteDualNeedsBothAlgorithms) {
  auto a = new_key(), b = new_key(), c = new_key(SignatureAlgorithm::sm2_sm3);
  const KeyRing ring({record_of(a), record_of(b), record_of(c)});
  EnvelopePolicy policy = receipts();
  policy.each_of = {SignatureAlgorithm::ed25519, SignatureAlgorithm::sm2_sm3};
  const EnvelopeVerifier verifier(ring);
  const auto both = verifier.verify(sign_envelope({receipt_type, "x"}, {&a, &c}).value(), policy);
  ASSERT_TRUE(both.ok()) << both.error().to_text();
  EXPECT_EQ((*both)->signed_by.size(), 2u);
  for (const std::vector<Signer*>& signers : {std::vector<Signer*>{&a}, {&c}, {&a, &b}}) {
    const auto some = verifier.verify(sign_envelope({receipt_type, "x"}, signers).value(), policy);
    ASSERT_FALSE(some.ok());
    EXPECT_EQ(some.error().code, ErrorCode::not_trusted);
  }
}

TEST(Envelope, IsSignedBySomebodyAndByEachKeyOnce) {
  auto key = new_key();
  EXPECT_EQ(code_of(sign_envelope({receipt_type, "x"}, {})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(sign_envelope({receipt_type, "x"}, {&key, &key})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(sign_envelope({receipt_type, std::string(800'000, 'x')}, {&key})), ErrorCode::limit_exceeded);
}

class FaultySigner final : public Signer {
 public:
  FaultySigner(crypto::PrivateKey& key, std::string signature) : key_(key), signature_(std::move(signature)) {}
  const PublicKeyInfo& public_key() const noexcept override { return key_.public_key(); }
  Result<std::string> sign(std::string_view) override { return signature_; }

 private:
  crypto::PrivateKey& key_;
  std::string signature_;
};

TEST(Envelope, IsNotMadeOfASignatureThatDoesNotVerify) {
  auto key = new_key(SignatureAlgorithm::ecdsa_p256_sha256);
  FaultySigner faulty(key, std::string(64, 'r'));
  const auto envelope = sign_envelope({receipt_type, "x"}, {&faulty});
  ASSERT_FALSE(envelope.ok());
  EXPECT_EQ(envelope.error().code, ErrorCode::invalid_key);
}

TEST(Envelope, PassesOnWhatASignerSays) {
  class Broken final : public Signer {
   public:
    explicit Broken(const PublicKeyInfo& info) : info_(info) {}
    const PublicKeyInfo& public_key() const noexcept override { return info_; }
    Result<std::string> sign(std::string_view) override { return Error{.code = ErrorCode::io, .message = "the card is not there"}; }

   private:
    PublicKeyInfo info_;
  };
  Broken broken(new_key().public_key());
  EXPECT_EQ(message_of(sign_envelope({receipt_type, "x"}, {&broken})), "the card is not there");
}

}  // namespace
}  // namespace greenlane::trust
