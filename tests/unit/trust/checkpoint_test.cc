#include "trust/checkpoint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/base64.h"
#include "base/hex.h"
#include "tests/support/damage.h"
#include "tests/support/long_form.h"
#include "tests/support/results.h"
#include "tests/support/trust_keys.h"
#include "trust/note.h"

namespace greenlane::trust {
namespace {

using test::code_of;
using test::new_key;
using test::public_key;

constexpr const char* origin = "customs.example/criteria";

Checkpoint example() {
  crypto::MerkleTree tree;
  tree.append("a");
  tree.append("b");
  return {origin, 2, tree.root()};
}

std::string text_of(const Checkpoint& checkpoint) {
  return checkpoint.origin + '\n' + std::to_string(checkpoint.size) + '\n' + encode_base64(crypto::bytes_of(checkpoint.root)) + '\n';
}

/// A note of any text, signed as a checkpoint is.
std::string note_of(const std::string& text, crypto::PrivateKey& key, std::string_view name = origin) {
  return to_note(text, name, {{public_key(key), key.sign(text).value()}});
}

// golang.org/x/mod/sumdb/note, the example of its documentation.
TEST(Note, OfTheDocumentationOfItsInventorsIsOpenedAndMade) {
  const std::string text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const std::string note = text +
                           "\n\xE2\x80\x94 PeterNeumann "
                           "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  const auto key = crypto::PublicKey::from_ed25519(decode_base64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").value().substr(1)).value();
  EXPECT_EQ(to_hex(note_key_hash("PeterNeumann", key)), "c74f20a3");
  EXPECT_EQ(open_note(note, "PeterNeumann", {key}).value(), text);
  // Ed25519 has one signature for a text, so that the same note comes out.
  const std::string seed = decode_base64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").value().substr(1);
  auto signer = crypto::PrivateKey::from_pem("-----BEGIN PRIVATE KEY-----\n" +
                                             encode_base64(from_hex("302e020100300506032b657004220420").value() + seed) +
                                             "\n-----END PRIVATE KEY-----\n").value();
  EXPECT_EQ(note_of(text, signer, "PeterNeumann"), note);
}

// A checkpoint of the test log of transparency-dev/tessera.
TEST(Checkpoint, OfAnotherImplementationVerifies) {
  const auto key = crypto::PublicKey::from_ed25519(decode_base64("AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx").value().substr(1)).value();
  const std::string note =
      "example.com/log/testdata\n100270\nGRV1O0dCqmjjPvYi7CtOT79zb/fPwLNsMFWsynwU8Ac=\n\n\xE2\x80\x94 example.com/log/testdata "
      "M9e0lkcvy5bAe7rrC8tCyAP+my+CLzswA91zOpBNWVU7qCojkUOHnfdQzDImoYeYH8G8PJSwOqsx0RkSa261OmKVwwM=\n";
  const auto checkpoint = verify_checkpoint(note, "example.com/log/testdata", {key});
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().to_text();
  EXPECT_EQ(checkpoint->size, 100'270u);
  EXPECT_EQ(encode_base64(crypto::bytes_of(checkpoint->root)), "GRV1O0dCqmjjPvYi7CtOT79zb/fPwLNsMFWsynwU8Ac=");
}

TEST(Checkpoint, ComesBackWithEachAlgorithm) {
  for (const auto algorithm : {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256, SignatureAlgorithm::sm2_sm3}) {
    auto key = new_key(algorithm);
    const std::string note = sign_checkpoint(example(), {&key}).value();
    EXPECT_TRUE(note.starts_with(text_of(example()) + "\n\xE2\x80\x94 customs.example/criteria "));
    const auto checkpoint = verify_checkpoint(note, origin, {public_key(key)});
    ASSERT_TRUE(checkpoint.ok()) << checkpoint.error().to_text();
    EXPECT_EQ(*checkpoint, example());
  }
}

TEST(Checkpoint, OfTheEmptyLogIsOne) {
  auto key = new_key();
  const Checkpoint empty{origin, 0, crypto::MerkleTree().root()};
  EXPECT_EQ(verify_checkpoint(sign_checkpoint(empty, {&key}).value(), origin, {public_key(key)}).value(), empty);
}

// The key hash of types without a byte of their own, as docs/adr/0016-envelopes-and-log.md says it.
TEST(Note, KeyHashesOfOtherAlgorithmsNameThem) {
  const auto key = public_key(new_key(SignatureAlgorithm::sm2_sm3));
  const std::string hashed = std::string("a.example\n\xFFgreenlane/sm2_sm3\n") + key.der();
  EXPECT_EQ(to_hex(note_key_hash("a.example", key)), crypto::sha256_hex(hashed).substr(0, 8));
}

TEST(Checkpoint, MayBeSignedByOthersAsWell) {
  auto mine = new_key(), second = new_key(SignatureAlgorithm::sm2_sm3), stranger = new_key(), witness = new_key();
  std::string note = sign_checkpoint(example(), {&stranger, &mine, &second}).value();
  note += note_of(text_of(example()), witness, "witness.example/w").substr(text_of(example()).size() + 1);
  note += "\xE2\x80\x94 \xE6\xB5\xB7\xE5\x85\xB3.example AAAAAAA=\n";
  EXPECT_TRUE(verify_checkpoint(note, origin, {public_key(mine)}).ok());
  EXPECT_TRUE(verify_checkpoint(note, origin, {public_key(second)}).ok());
  EXPECT_TRUE(verify_checkpoint(note, origin, {public_key(new_key()), public_key(second), public_key(mine)}).ok());
  // A witness has signed, under its own name, but is not the log.
  for (const auto& keys : {std::vector<crypto::PublicKey>{}, {public_key(witness)}, {public_key(new_key())}}) {
    const auto checkpoint = verify_checkpoint(note, origin, keys);
    ASSERT_FALSE(checkpoint.ok());
    EXPECT_EQ(checkpoint.error().code, ErrorCode::not_trusted);
  }
}

TEST(Checkpoint, IsRefusedWhereAKnownKeyHasSignedSomethingElse) {
  auto a = new_key(), b = new_key();
  const std::string text = text_of(example());
  const std::string other = a.sign("something else").value();
  const std::string note = to_note(text, origin, {{public_key(a), other}, {public_key(b), b.sign(text).value()}});
  const auto checkpoint = verify_checkpoint(note, origin, {public_key(a), public_key(b)});
  ASSERT_FALSE(checkpoint.ok());
  EXPECT_EQ(checkpoint.error().code, ErrorCode::not_trusted);
  EXPECT_TRUE(verify_checkpoint(note, origin, {public_key(b)}).ok()) << "to who does not know the first key, its signature says nothing";
}

TEST(Checkpoint, OfAnotherLogIsRefused) {
  auto key = new_key();
  const Checkpoint other{"customs.example/other", 2, example().root};
  const std::string note = sign_checkpoint(other, {&key}).value();
  EXPECT_EQ(code_of(verify_checkpoint(note, origin, {public_key(key)})), ErrorCode::not_trusted);
  // Signed under the name of this log, but saying that it is the other.
  EXPECT_EQ(code_of(verify_checkpoint(note_of(text_of(other), key), origin, {public_key(key)})), ErrorCode::not_trusted);
}

TEST(Checkpoint, IsNotMadeWithoutANameOrASigner) {
  auto key = new_key();
  for (const char* name : {"", "customs example", "a+b", "a\nb", "\xE6\xB5\xB7"}) {
    EXPECT_EQ(code_of(sign_checkpoint({name, 0, {}}, {&key})), ErrorCode::invalid_argument) << name;
  }
  EXPECT_EQ(code_of(sign_checkpoint(example(), {})), ErrorCode::invalid_argument);
}

TEST(Checkpoint, OfAnotherTextIsRefusedEvenIfItIsSigned) {
  auto key = new_key();
  const std::string root = encode_base64(crypto::bytes_of(example().root));
  const std::string head = std::string(origin) + '\n';
  ASSERT_TRUE(verify_checkpoint(note_of(head + "2\n" + root + "\nmore\n", key), origin, {public_key(key)}).ok());
  for (const std::string& text :
       {head + "02\n" + root + '\n', head + "+2\n" + root + '\n', head + "-2\n" + root + '\n', head + " 2\n" + root + '\n', head + "2 \n" + root + '\n',
        head + "\n" + root + '\n', head + "0x2\n" + root + '\n', head + "2.0\n" + root + '\n', head + "18446744073709551616\n" + root + '\n',
        head + "2\n" + root.substr(4) + '\n', head + "2\n" + root + "AAAA\n", head + "2\n" + root.substr(0, 43) + '\n', head + "2\n" + root + " \n",
        head + "2\n", head, std::string("\n"), head + "2\n" + root + "\n\nmore\n", head + "2\n" + root + "\n\n", '\n' + head + "2\n" + root + '\n',
        head + "2\n\n" + root + '\n', head + root + "\n2\n", head + "2\n" + root + "\na\tb\n"}) {
    const auto checkpoint = verify_checkpoint(note_of(text, key), origin, {public_key(key)});
    ASSERT_FALSE(checkpoint.ok()) << text;
    EXPECT_EQ(checkpoint.error().code, ErrorCode::invalid_document) << text;
  }
}

TEST(Note, OfAnotherFormIsRefused) {
  auto key = new_key();
  const std::string good = sign_checkpoint(example(), {&key}).value();
  const auto replaced = [&](std::string_view old, std::string_view by) {
    std::string note = good;
    return note.replace(note.rfind(old), old.size(), by);
  };
  const std::string dash = "\xE2\x80\x94 ", name = std::string(origin) + ' ';
  for (const std::string& note :
       {std::string(), std::string("\n"), good.substr(0, good.size() - 1), good + "\n", good + " ", replaced("\n\n", "\n"), replaced("\n\n", "\r\n\r\n"),
        replaced("\n\n", "\n\t\n"), good + dash + "\n", good + dash + name + "\n", good + dash + name + "AAAA\n", good + dash + name + "AAAAA\n",
        good + dash + name + "AAAAAA==\n", good + dash + name + "AAAAAAB=\n", good + dash + name + " AAAAAAA=\n", good + dash + name + "AAAAAAA= \n",
        good + dash + name + "AAAAAAA\n", good + dash + name + "AAAA_-A=\n", good + dash + " AAAAAAA=\n", good + dash + "a+b AAAAAAA=\n",
        good + dash + "a\xC2\xA0" "b AAAAAAA=\n", good + dash + "a\xE3\x80\x80" "b AAAAAAA=\n", good + "- " + name + "AAAAAAA=\n",
        good + ' ' + dash + name + "AAAAAAA=\n", good + "more\n", good + dash + name + "AAAAAAA=\r\n", good + std::string(1, '\0') + "\n",
        replaced(dash, "\xE2\x80"), good + dash + "\xFF AAAAAAA=\n", "\xEF\xBB\xBF" + good}) {
    const auto checkpoint = verify_checkpoint(note, origin, {public_key(key)});
    ASSERT_FALSE(checkpoint.ok()) << note;
    EXPECT_TRUE(checkpoint.error().code == ErrorCode::invalid_document || note.starts_with("\xEF")) << checkpoint.error().to_text() << "\n" << note;
  }
  EXPECT_TRUE(verify_checkpoint(good + dash + "other.example AAAAAAA=\n", origin, {public_key(key)}).ok());
}

TEST(Note, HasItsBounds) {
  auto key = new_key();
  const std::string good = sign_checkpoint(example(), {&key}).value();
  const auto with_more = [&](std::size_t lines) {
    std::string note = good;
    for (std::size_t i = 0; i < lines; ++i) note += "\xE2\x80\x94 other.example AAAAAAA=\n";
    return verify_checkpoint(note, origin, {public_key(key)});
  };
  EXPECT_TRUE(with_more(99).ok());
  EXPECT_EQ(code_of(with_more(100)), ErrorCode::limit_exceeded);
  EXPECT_EQ(code_of(verify_checkpoint(std::string(max_note_bytes + 1, 'x'), origin, {public_key(key)})), ErrorCode::limit_exceeded);
}

TEST(Checkpoint, DamageIsNeverTakenForWhatWasSigned) {
  auto ed = new_key(), p256 = new_key(SignatureAlgorithm::ecdsa_p256_sha256), sm2 = new_key(SignatureAlgorithm::sm2_sm3);
  const std::vector<crypto::PublicKey> keys{public_key(ed), public_key(p256), public_key(sm2)};
  const std::string notes[] = {sign_checkpoint(example(), {&ed}).value(), sign_checkpoint(example(), {&p256, &sm2}).value()};
  test::Damage damage(6962);
  const unsigned rounds = test::rounds(2'000, 200'000);
  for (unsigned i = 0; i < rounds; ++i) {
    const std::string changed = damage.of(notes[i % 2]);
    const auto checkpoint = verify_checkpoint(changed, origin, keys);
    ASSERT_TRUE(!checkpoint.ok() || *checkpoint == example()) << changed;
  }
}

}  // namespace
}  // namespace greenlane::trust
