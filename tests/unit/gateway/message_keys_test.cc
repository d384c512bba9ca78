#include "message_keys.h"

#include <gtest/gtest.h>

#include "crypto/private_key.h"

namespace greenlane::gateway {
namespace {

using trust::KeyRecord;
using trust::KeyRing;
using trust::KeyUse;
using std::chrono::sys_seconds;
using std::chrono::seconds;

crypto::PublicKey new_key() {
  const auto key = crypto::PrivateKey::generate(SignatureAlgorithm::ed25519).value();
  return crypto::PublicKey::from_info(key.public_key()).value();
}

sys_seconds moment(long number) { return sys_seconds(seconds(number)); }

KeyRecord record(const crypto::PublicKey& key, KeyUse use) {
  return {.key = key, .owner = "customs", .uses = {use}, .not_before = moment(1'000), .not_after = moment(9'000), .revoked_at = {},
          .compromised_at = {}};
}

TEST(MessageKeys, TakeMoreUsesOfOneKeyAndOneOwner) {
  const auto key = new_key();
  const KeyRing keys({record(key, KeyUse::receipt)}, "log");
  const auto more = with_key(keys, record(key, KeyUse::warning));
  ASSERT_TRUE(more.ok());
  ASSERT_EQ(more->records().size(), 1u);
  EXPECT_EQ(more->records()[0].uses, (std::vector{KeyUse::receipt, KeyUse::warning}));
  EXPECT_EQ(more->log_origin(), "log");
  KeyRecord other = record(key, KeyUse::warning);
  other.owner = "somebody";
  EXPECT_FALSE(with_key(keys, other).ok());
}

TEST(MessageKeys, AreRevokedOnceAndNeverLater) {
  const auto key = new_key();
  const KeyRing keys({record(key, KeyUse::receipt)});
  const auto revoked = with_revocation(keys, key.id(), moment(5'000), std::nullopt);
  ASSERT_TRUE(revoked.ok());
  EXPECT_FALSE(with_revocation(*revoked, key.id(), moment(6'000), std::nullopt).ok());
  const auto earlier = with_revocation(*revoked, key.id(), moment(4'000), moment(3'000));
  ASSERT_TRUE(earlier.ok());
  EXPECT_EQ(earlier->records()[0].revoked_at, moment(4'000));
  EXPECT_EQ(earlier->records()[0].compromised_at, moment(3'000));
  EXPECT_FALSE(with_revocation(keys, "00", moment(5'000), std::nullopt).ok());
}

TEST(MessageKeys, HandOverToASuccessorOfTheSameKind) {
  const auto old = new_key(), next = new_key();
  const KeyRing keys({record(old, KeyUse::receipt)});
  const auto changed = with_successor(keys, old.id(), next, moment(5'000), moment(6'000));
  ASSERT_TRUE(changed.ok());
  ASSERT_EQ(changed->records().size(), 2u);
  EXPECT_EQ(changed->records()[0].not_after, moment(6'000));
  EXPECT_EQ(changed->records()[1].uses, std::vector{KeyUse::receipt});
  EXPECT_EQ(changed->records()[1].owner, "customs");
  EXPECT_EQ(changed->records()[1].not_before, moment(5'000));
  EXPECT_EQ(changed->records()[1].not_after, moment(13'000));
  EXPECT_FALSE(with_successor(*changed, old.id(), next, moment(5'000), moment(6'000)).ok());
  // A key that has ended already does not live longer for it, and none ends before it begins.
  EXPECT_EQ(with_successor(keys, old.id(), next, moment(20'000), moment(30'000))->records()[0].not_after, moment(9'000));
  EXPECT_EQ(with_successor(keys, old.id(), next, moment(10), moment(20))->records()[0].not_after, moment(1'000));
}

}  // namespace
}  // namespace greenlane::gateway
