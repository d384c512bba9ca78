// DSSE envelopes against a key whose only message is known: no other is ever taken for signed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/utc_time.h"
#include "trust/envelope.h"

namespace {

using namespace greenlane;

/// Nobody has the private key any more; tests/fuzz/inputs/dsse has the envelopes that it signed.
constexpr std::string_view public_key = R"(-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEADZVm+ziCErVuB2zDanyUpmYrdCkFNJ/9yfoRO+QExLU=
-----END PUBLIC KEY-----
)";

const trust::KeyRing& ring() {
  static const trust::KeyRing& made = *new trust::KeyRing({{.key = *crypto::PublicKey::from_pem(public_key, crypto::Scheme::ed25519),
                                                            .owner = "customs.example",
                                                            .uses = {trust::KeyUse::receipt},
                                                            .not_before = *parse_utc("2026-01-01T00:00:00Z"),
                                                            .not_after = *parse_utc("2026-12-31T23:59:59Z"),
                                                            .revoked_at = {},
                                                            .compromised_at = {}}});
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto at = *parse_utc("2026-06-01T00:00:00Z");
  const trust::EnvelopePolicy policy{.type = "text/plain", .use = trust::KeyUse::receipt, .owner = "", .at = at};
  const auto payload = trust::EnvelopeVerifier(ring()).verify({reinterpret_cast<const char*>(data), size}, policy);
  if (payload.ok() && ((*payload)->bytes != "hello world" || (*payload)->type != "text/plain")) std::abort();
  return 0;
}
