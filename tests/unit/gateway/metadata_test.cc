#include "metadata.h"

#include <gtest/gtest.h>

#include "crypto/private_key.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

using crypto::PrivateKey;
using crypto::PublicKey;

PublicKey public_part(const PrivateKey& key) { return PublicKey::from_info(key.public_key()).value(); }

/// A root whose roles are all signed by `keys`.
Metadata root_with(const std::vector<PublicKey>& keys, int threshold) {
  Metadata root = Metadata::empty(root_role);
  root.set_version(1);
  json::Object listed;
  json::Array ids;
  for (const PublicKey& key : keys) {
    listed.push_back({tuf_key_id(key), tuf_key(key)});
    ids.push_back(tuf_key_id(key));
  }
  json::Object roles;
  for (const std::string_view role : {root_role, targets_role, snapshot_role, timestamp_role}) {
    roles.push_back({std::string(role), json::Object{{"keyids", ids}, {"threshold", threshold}}});
  }
  root.content().set("keys", std::move(listed));
  root.content().set("roles", std::move(roles));
  root.content().set("consistent_snapshot", true);
  return root;
}

TEST(TufKey, HasTheIdThatTheSpecificationCounts) {
  // SHA-256 of {"keytype":"ed25519","keyval":{"public":"d75a98…"},"scheme":"ed25519"}, the first public key of RFC 8032, section 7.1.
  const std::string key =
      "\xd7\x5a\x98\x01\x82\xb1\x0a\xb7\xd5\x4b\xfe\xd3\xc9\x64\x07\x3a\x0e\xe1\x72\xf3\xda\xa6\x23\x25\xaf\x02\x1a\x68\xf7\x07\x51\x1a";
  EXPECT_EQ(tuf_key_id(PublicKey::from_ed25519(key).value()), "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916");
}

TEST(Metadata, IsReadAndWrittenBitByBitTheSame) {
  auto key = PrivateKey::generate(SignatureAlgorithm::ecdsa_p256_sha256).value();
  Metadata root = root_with({public_part(key)}, 1);
  ASSERT_TRUE(root.sign(key).ok());
  const std::string bytes = root.bytes();
  const auto again = Metadata::read(bytes, root_role, "root.json");
  ASSERT_TRUE(again.ok()) << again.error().to_text();
  EXPECT_EQ(again->bytes(), bytes);
  EXPECT_EQ(again->signed_bytes(), root.signed_bytes());
}

TEST(Metadata, CountsEachHolderOnce) {
  auto first = PrivateKey::generate(SignatureAlgorithm::ed25519).value();
  auto second = PrivateKey::generate(SignatureAlgorithm::sm2_sm3).value();
  Metadata root = root_with({public_part(first), public_part(second)}, 2);
  ASSERT_TRUE(root.sign(first).ok());
  ASSERT_TRUE(root.sign(first).ok());
  EXPECT_EQ(root.signature_count(), 1u);
  EXPECT_FALSE(is_signed(root, role_keys(root, root_role)));
  ASSERT_TRUE(root.sign(second).ok());
  EXPECT_TRUE(is_signed(root, role_keys(root, root_role)));
  root.set_version(2);
  EXPECT_TRUE(signers(root, role_keys(root, root_role)).empty());
}

TEST(Metadata, CountsNoStrangers) {
  auto first = PrivateKey::generate(SignatureAlgorithm::ed25519).value();
  auto stranger = PrivateKey::generate(SignatureAlgorithm::ed25519).value();
  Metadata root = root_with({public_part(first)}, 1);
  ASSERT_TRUE(root.sign(stranger).ok());
  EXPECT_FALSE(is_signed(root, role_keys(root, root_role)));
  // A stranger's signature under the name of a holder.
  root.add_signature(tuf_key_id(public_part(first)), root.signature_of(tuf_key_id(public_part(stranger))));
  EXPECT_FALSE(is_signed(root, role_keys(root, root_role)));
}

TEST(Metadata, IsRefusedWhereAClientWouldRefuseIt) {
  for (const char* bytes : {"", "{}", R"({"signatures":[],"signed":{}})", R"({"signatures":{},"signed":{"_type":"root"}})"}) {
    const auto read = Metadata::read(bytes, root_role, "root.json");
    ASSERT_FALSE(read.ok()) << bytes;
    EXPECT_EQ(read.error().source, "root.json");
  }
}

}  // namespace
}  // namespace greenlane::gateway
