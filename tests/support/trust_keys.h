// Keys and records of keys for tests of trust.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/utc_time.h"
#include "crypto/private_key.h"
#include "trust/key_ring.h"

namespace greenlane::test {

inline std::chrono::sys_seconds time(std::string_view text) { return parse_utc(text).value(); }

inline crypto::PrivateKey new_key(SignatureAlgorithm algorithm = SignatureAlgorithm::ed25519) {
  return crypto::PrivateKey::generate(algorithm).value();
}

inline crypto::PublicKey public_key(const Signer& signer) { return crypto::PublicKey::from_info(signer.public_key()).value(); }

/// Usable in 2026.
inline trust::KeyRecord record_of(const Signer& signer, std::vector<trust::KeyUse> uses = {trust::KeyUse::receipt},
                                  std::string owner = "customs.example") {
  return {.key = public_key(signer),
          .owner = std::move(owner),
          .uses = std::move(uses),
          .not_before = time("2026-01-01T00:00:00Z"),
          .not_after = time("2026-12-31T23:59:59Z"),
          .revoked_at = {},
          .compromised_at = {}};
}

}  // namespace greenlane::test
