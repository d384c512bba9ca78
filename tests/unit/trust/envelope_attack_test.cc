// What somebody tries who has no key that may sign.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "base/base64.h"
#include "base/json.h"
#include "tests/support/damage.h"
#include "tests/support/long_form.h"
#include "tests/support/signature_forms.h"
#include "tests/support/trust_keys.h"
#include "trust/envelope.h"

namespace greenlane::trust {
namespace {

using test::new_key;
using test::record_of;
using test::time;

constexpr const char* receipt_type = "application/vnd.greenlane.receipt.v1+json";
constexpr const char* warning_type = "application/vnd.greenlane.warning.v1+json";
constexpr const char* body = R"({"message_id":"01J1","outcome":"accepted"})";

/// Of the authority: keys for receipts of each algorithm, and one for warnings. Of an enterprise: one for submissions.
class EnvelopeAttack : public testing::Test {
 protected:
  crypto::PrivateKey ed = new_key(), p256 = new_key(SignatureAlgorithm::ecdsa_p256_sha256), sm2 = new_key(SignatureAlgorithm::sm2_sm3),
                     warner = new_key(), enterprise = new_key(), stranger = new_key();
  KeyRing ring{{record_of(ed), record_of(p256), record_of(sm2), record_of(warner, {KeyUse::warning}),
                record_of(enterprise, {KeyUse::submission, KeyUse::receipt}, "enterprise")}};
  EnvelopePolicy policy{.type = receipt_type, .use = KeyUse::receipt, .owner = "customs.example", .at = time("2026-06-01T00:00:00Z")};

  std::string signed_by(std::vector<Signer*> signers, std::string type = receipt_type) const {
    return sign_envelope({std::move(type), body}, signers).value();
  }
  Result<Verified<Payload>> verify(std::string_view envelope) const { return EnvelopeVerifier(ring).verify(envelope, policy); }

  void expect_refused(std::string_view envelope, ErrorCode code = ErrorCode::not_trusted) const {
    const auto payload = verify(envelope);
    ASSERT_FALSE(payload.ok()) << envelope;
    EXPECT_EQ(payload.error().code, code) << payload.error().to_text() << "\n" << envelope;
  }
};

/// `envelope` with something else in it.
std::string with(const std::string& envelope, const std::function<void(json::Value&)>& change) {
  json::Value value = json::parse(envelope).value();
  change(value);
  return json::compact(value);
}

json::Array& signatures(json::Value& envelope) { return envelope.find("signatures")->array(); }

std::string replaced(std::string text, std::string_view old, std::string_view by) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return text.replace(at, old.size(), by);
}

TEST_F(EnvelopeAttack, UnsignedIsRefused) {
  const std::string good = signed_by({&ed});
  expect_refused(with(good, [](json::Value& e) { signatures(e).clear(); }));
  expect_refused(with(good, [](json::Value& e) { e.set("signatures", nullptr); }), ErrorCode::invalid_document);
  expect_refused(with(good, [](json::Value& e) { e.object().pop_back(); }), ErrorCode::invalid_document);
  expect_refused(with(good, [](json::Value& e) { signatures(e)[0].set("sig", ""); }));
  expect_refused(with(good, [](json::Value& e) { signatures(e)[0].object().pop_back(); }), ErrorCode::invalid_document);
  expect_refused(with(good, [](json::Value& e) { signatures(e)[0] = nullptr; }), ErrorCode::invalid_document);
  expect_refused(body, ErrorCode::invalid_document);
  for (const char* text : {"", "null", "[]", "{}", "\"\"", "0"}) EXPECT_FALSE(verify(text).ok()) << text;
}

TEST_F(EnvelopeAttack, APolicyThatAsksForNothingIsRefused) {
  policy.threshold = 0;
  expect_refused(signed_by({&ed}), ErrorCode::invalid_argument);
  policy.threshold = 1;
  policy.type = "";
  expect_refused(signed_by({&ed}), ErrorCode::invalid_argument);
}

TEST_F(EnvelopeAttack, AnotherPayloadTypeIsRefused) {
  expect_refused(signed_by({&ed}, warning_type));
  expect_refused(signed_by({&ed}, "application/vnd.greenlane.receipt.v1+JSON"));
  // Given the name of a receipt, it is no longer what was signed.
  expect_refused(with(signed_by({&ed}, warning_type), [](json::Value& e) { e.set("payloadType", receipt_type); }));
}

TEST_F(EnvelopeAttack, BytesCannotMoveBetweenTypeAndPayload) {
  struct Move {
    const char *type, *bytes, *other_type, *other_bytes;
  };
  for (const Move& move : {Move{"receipt 3 abc", "payload", "receipt", "abc 7 payload"}, {"receipt x", "y", "receipt", "x y"},
                           {"receiptx", "y", "receipt", "xy"}, {"receipt 5 x", "y", "receipt", "x 1 y"}}) {
    policy.type = move.other_type;
    expect_refused(with(sign_envelope({move.type, move.bytes}, {&ed}).value(), [&](json::Value& e) {
      e.set("payloadType", move.other_type);
      e.set("payload", encode_base64(move.other_bytes));
    }));
  }
}

TEST_F(EnvelopeAttack, AnotherPayloadIsRefused) {
  for (const auto& key : std::vector<Signer*>{&ed, &p256, &sm2}) {
    expect_refused(with(signed_by({key}), [](json::Value& e) { e.set("payload", encode_base64(std::string(body) + '\n')); }));
    expect_refused(with(signed_by({key}), [](json::Value& e) { e.set("payload", ""); }));
  }
}

TEST_F(EnvelopeAttack, AStrangersKeyIsRefusedWhateverIdItGives) {
  const std::string envelope = signed_by({&stranger});
  expect_refused(envelope);
  for (const KeyRecord& record : ring.records()) {
    expect_refused(with(envelope, [&](json::Value& e) { signatures(e)[0].set("keyid", record.key.id()); }));
  }
}

TEST_F(EnvelopeAttack, TheMessageChoosesNoAlgorithmAndBringsNoKey) {
  expect_refused(with(signed_by({&stranger}), [&](json::Value& e) {
    for (const char* name : {"alg", "algorithm", "scheme"}) {
      e.set(name, "none");
      signatures(e)[0].set(name, "none");
    }
    signatures(e)[0].set("public_key", test::public_key(stranger).pem());
    signatures(e)[0].set("cert", test::public_key(stranger).pem());
    signatures(e)[0].set("jwk", json::Object{{"kty", "oct"}});
  }));
}

TEST_F(EnvelopeAttack, ASignatureIsNotTakenForThatOfAKeyOfAnotherAlgorithm) {
  for (Signer* signer : std::vector<Signer*>{&ed, &p256, &sm2}) {
    const std::string envelope = signed_by({signer});
    std::vector<KeyRecord> others;
    for (const KeyRecord& record : ring.records()) {
      if (!(record.key == test::public_key(*signer))) others.push_back(record);
    }
    const KeyRing without(others);
    for (const KeyRecord& record : others) {
      const auto payload = EnvelopeVerifier(without).verify(
          with(envelope, [&](json::Value& e) { signatures(e)[0].set("keyid", record.key.id()); }), policy);
      ASSERT_FALSE(payload.ok());
      EXPECT_EQ(payload.error().code, ErrorCode::not_trusted);
    }
  }
}

TEST_F(EnvelopeAttack, OneKeyDoesNotCountTwice) {
  policy.threshold = 2;
  for (Signer* signer : std::vector<Signer*>{&ed, &p256, &sm2}) {
    const std::string once = signed_by({signer}), again = signed_by({signer});
    const std::string two = with(once, [&](json::Value& e) { signatures(e).push_back(json::parse(again).value().find("signatures")->array()[0]); });
    expect_refused(two);
    // Nor under two ids, nor under none.
    expect_refused(with(two, [&](json::Value& e) { signatures(e)[1].set("keyid", test::public_key(stranger).id()); }));
    expect_refused(with(two, [&](json::Value& e) { signatures(e)[1].set("keyid", ""); }));
    expect_refused(with(two, [&](json::Value& e) { signatures(e)[0].set("keyid", "a"); signatures(e)[1].set("keyid", "b"); }));
  }
}

TEST_F(EnvelopeAttack, AKeyThatIsListedTwiceDoesNotCountTwice) {
  policy.threshold = 2;
  std::vector<KeyRecord> records{record_of(ed), record_of(ed)};
  records[1].not_after = time("2030-01-01T00:00:00Z");
  ring = KeyRing(records);
  const std::string once = signed_by({&ed});
  expect_refused(with(once, [](json::Value& e) { signatures(e).push_back(signatures(e)[0]); }));
}

TEST_F(EnvelopeAttack, ASecondValidSignatureMadeOfTheFirstIsNoSecondSigner) {
  const json::Value good = json::parse(signed_by({&p256})).value();
  const std::string first = decode_base64(good.find("signatures")->array()[0].text("sig")).value();
  const std::string second = encode_base64(test::malleated(first));
  const std::string other = with(json::compact(good), [&](json::Value& e) { signatures(e)[0].set("sig", second); });
  ASSERT_TRUE(verify(other).ok()) << "the attack is none if the other signature is not valid";
  policy.threshold = 2;
  expect_refused(with(json::compact(good), [&](json::Value& e) { signatures(e).push_back(json::Object{{"keyid", "x"}, {"sig", second}}); }));
}

TEST_F(EnvelopeAttack, OfTenThousandSignaturesNoneIsTried) {
  std::string envelope = R"({"payload":"eA==","payloadType":")" + std::string(receipt_type) + R"(","signatures":[)";
  for (int i = 0; i < 10'000; ++i) envelope += R"({"sig":"AA=="},)";
  envelope.back() = ']';
  expect_refused(envelope + '}', ErrorCode::limit_exceeded);
  const std::string one = signed_by({&ed});
  const auto times = [&](std::size_t count) {
    return with(one, [&](json::Value& e) { signatures(e).resize(count, signatures(e)[0]); });
  };
  EXPECT_TRUE(verify(times(16)).ok());
  expect_refused(times(17), ErrorCode::limit_exceeded);
}

TEST_F(EnvelopeAttack, AStrangersEnvelopeIsNotTriedForEver) {
  std::vector<KeyRecord> records;
  for (int i = 0; i < 100; ++i) records.push_back(record_of(new_key()));
  records.push_back(record_of(ed));
  ring = KeyRing(records);
  const json::Value bad = json::Object{{"keyid", "?"}, {"sig", encode_base64(std::string(64, 'x'))}};
  const auto behind_bad_ones = [&](const std::string& envelope) {
    return with(envelope, [&](json::Value& e) { signatures(e).insert(signatures(e).begin(), 15, bad); });
  };
  expect_refused(behind_bad_ones(signed_by({&stranger})), ErrorCode::limit_exceeded);
  EXPECT_TRUE(verify(behind_bad_ones(signed_by({&ed}))).ok()) << "an envelope that names its key is found at once";
}

TEST_F(EnvelopeAttack, ATooLongEnvelopeIsRefused) {
  const std::string long_one = with(signed_by({&ed}), [](json::Value& e) { e.set("note", std::string(max_envelope_bytes, 'x')); });
  expect_refused(long_one, ErrorCode::limit_exceeded);
  expect_refused(R"({"payload":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}", ErrorCode::limit_exceeded);
}

TEST_F(EnvelopeAttack, Base64HasOneSpelling) {
  const std::string good = sign_envelope({receipt_type, "hello world"}, {&ed}).value();
  for (const char* payload : {"aGVsbG8gd29ybGQ", "aGVsbG8gd29ybGQ==", "aGVsbG8gd29ybGR=", "aGVsbG8gd29ybGQ=\\n", " aGVsbG8gd29ybGQ=", "aGVsbG8g d29ybGQ=",
                              "aGVs\\r\\nbG8gd29ybGQ=", "aGVsbG8gd29ybGQ=\\u0000", "aGVsbG8gd29ybGQ=AA==", "=aGVsbG8gd29ybGQ=", "aGVsbG8*d29ybGQ=", "YQ==YQ==",
                              "\xEF\xBC\xA1GVsbG8gd29ybGQ=", "a"}) {
    expect_refused(replaced(good, "aGVsbG8gd29ybGQ=", payload), ErrorCode::invalid_encoding);
  }
  const std::string sig(json::parse(good).value().find("signatures")->array()[0].text("sig"));
  for (const std::string& other : {sig + "\\n", sig.substr(0, sig.size() - 1), sig.substr(0, sig.size() - 2), sig + "=", "\\t" + sig,
                                   sig.substr(0, 4) + " " + sig.substr(4), "-_" + sig.substr(0, 2) + "+/" + sig.substr(2)}) {
    expect_refused(replaced(good, sig, other), ErrorCode::invalid_encoding);
  }
  // 64 bytes leave four unused bits in the last digit, which is A, Q, g or w.
  std::string bits = sig;
  ++bits[sig.size() - 3];
  expect_refused(replaced(good, sig, bits), ErrorCode::invalid_encoding);
}

TEST_F(EnvelopeAttack, AMemberThatStandsThereTwiceIsRefused) {
  const std::string good = signed_by({&ed});
  for (const auto& [old, by] : std::vector<std::pair<std::string, std::string>>{
           {"{\"payload\"", "{\"payload\":\"eA==\",\"payload\""},
           {"{\"payload\"", "{\"p\\u0061yload\":\"eA==\",\"payload\""},
           {"\"payloadType\"", "\"payloadType\":\"x\",\"payloadType\""},
           {"\"signatures\"", "\"signatures\":[],\"signatures\""},
           {"\"sig\"", "\"sig\":\"eA==\",\"sig\""},
           {"\"keyid\"", "\"keyid\":\"\",\"keyid\""},
           {"{\"payload\"", "{\"x\":1,\"x\":2,\"payload\""}}) {
    expect_refused(replaced(good, old, by), ErrorCode::invalid_json);
  }
}

TEST_F(EnvelopeAttack, TrailingBytesAreRefused) {
  const std::string good = signed_by({&ed});
  for (const char* more : {"{}", "x", ",", "\xEF\xBB\xBF"}) EXPECT_FALSE(verify(good + more).ok()) << more;
  EXPECT_FALSE(verify(good + '\0').ok());
  EXPECT_FALSE(verify("\xEF\xBB\xBF" + good).ok());
  for (Signer* signer : std::vector<Signer*>{&ed, &p256, &sm2}) {
    for (const std::string& more : {std::string(1, '\0'), std::string("\x30\x00", 2), std::string(64, 'x')}) {
      expect_refused(with(signed_by({signer}), [&](json::Value& e) {
        signatures(e)[0].set("sig", encode_base64(decode_base64(signatures(e)[0].text("sig")).value() + more));
      }));
    }
  }
}

TEST_F(EnvelopeAttack, AnEcdsaSignatureInAnotherFormIsRefused) {
  for (Signer* signer : std::vector<Signer*>{&p256, &sm2}) {
    const std::string good = signed_by({signer});
    const std::string der = decode_base64(json::parse(good).value().find("signatures")->array()[0].text("sig")).value();
    const auto [r, s] = test::numbers_of(der);
    std::string long_length = der;
    long_length.insert(1, "\x81");
    for (const std::string& other : {r + s, long_length, test::der_signature(std::string(32, '\0'), std::string(32, '\0')),
                                     test::der_signature(s, r)}) {
      expect_refused(with(good, [&](json::Value& e) { signatures(e)[0].set("sig", encode_base64(other)); }));
    }
  }
}

TEST_F(EnvelopeAttack, KeysOfAnotherUseOrOwnerMayNotSign) {
  expect_refused(signed_by({&warner}));
  expect_refused(signed_by({&enterprise}));
  policy.owner = "";
  EXPECT_TRUE(verify(signed_by({&enterprise})).ok());
  policy.use = KeyUse::criteria;
  for (Signer* signer : std::vector<Signer*>{&ed, &warner, &enterprise}) expect_refused(signed_by({signer}));
}

TEST_F(EnvelopeAttack, KeysThatMayNotBeUsedThenMayNotSign) {
  const std::string good = signed_by({&ed});
  ASSERT_TRUE(verify(good).ok());
  const auto refused_with = [&](const std::function<void(KeyRecord&)>& change) {
    KeyRecord record = record_of(ed);
    change(record);
    ring = KeyRing({record, record_of(p256)});
    expect_refused(good);
  };
  refused_with([](KeyRecord& record) { record.revoked_at = time("2026-05-31T00:00:00Z"); });
  refused_with([](KeyRecord& record) { record.compromised_at = time("2026-05-31T00:00:00Z"); });
  refused_with([](KeyRecord& record) { record.not_before = time("2026-06-01T00:00:01Z"); });
  refused_with([](KeyRecord& record) { record.not_after = time("2026-05-31T23:59:59Z"); });
  refused_with([](KeyRecord& record) { record.uses = {KeyUse::warning}; });
  refused_with([](KeyRecord& record) { record.owner = "customs.example2"; });
}

TEST_F(EnvelopeAttack, DamageIsNeverTakenForWhatWasSigned) {
  const unsigned rounds = test::rounds(2'000, 200'000);
  const std::string envelopes[] = {signed_by({&ed}), signed_by({&p256}), signed_by({&sm2}), signed_by({&ed, &sm2})};
  test::Damage damage(20260601);
  unsigned taken = 0;
  for (unsigned i = 0; i < rounds; ++i) {
    const std::string changed = damage.of(envelopes[i % 4]);
    const auto payload = verify(changed);
    if (!payload.ok()) continue;
    ++taken;
    ASSERT_EQ((*payload)->bytes, body) << changed;
    ASSERT_EQ((*payload)->type, receipt_type) << changed;
  }
  EXPECT_LT(taken, rounds / 2) << "key ids, which nobody signs, are a part of an envelope only";
}

}  // namespace
}  // namespace greenlane::trust
