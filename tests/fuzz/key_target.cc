// Loading of keys: whatever is taken comes back from what is written of it, as the same key, and has one spelling.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "crypto/schemes.h"
#include "greenlane/signer.h"

namespace {

using namespace greenlane;
using crypto::PrivateKey;
using crypto::PublicKey;
using crypto::Scheme;

void expect(bool holds) {
  if (!holds) std::abort();
}

void check(const Result<PublicKey>& key) {
  if (!key.ok()) {
    expect(key.error().code == ErrorCode::invalid_key);
    return;
  }
  const auto again = PublicKey::from_der(key->der(), key->scheme(), key->sm2_user_id());
  expect(again.ok() && *again == *key && again->id() == key->id() && again->der() == key->der());
  const auto from_text = PublicKey::from_pem(key->pem(), key->scheme(), key->sm2_user_id());
  expect(from_text.ok() && from_text->id() == key->id());
  expect(!key->verify("message", std::string(64, '\0')) && !key->verify("message", "0\x06\x02\x01\x01\x02\x01\x01"));
}

void check(Result<PrivateKey> key) {
  if (!key.ok()) {
    expect(key.error().code == ErrorCode::invalid_key);
    return;
  }
  const auto known = PublicKey::from_info(key->public_key());
  const auto signature = key->sign("message");
  expect(known.ok() && signature.ok() && known->verify("message", *signature));
  const auto again = PrivateKey::from_pem(key->pem());
  expect(again.ok() && again->public_key().der == key->public_key().der);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const Scheme scheme :
       {Scheme::ed25519, Scheme::ecdsa_p256_sha256, Scheme::sm2_sm3, Scheme::ecdsa_p384_sha384, Scheme::rsa_pss_sha256}) {
    const std::string_view user_id = scheme == Scheme::sm2_sm3 ? sm2_default_user_id : std::string_view();
    check(PublicKey::from_der(bytes, scheme, user_id));
    check(PublicKey::from_pem(bytes, scheme, user_id));
    check(PublicKey::from_point(bytes, scheme, user_id));
  }
  check(PublicKey::from_ed25519(bytes));
  check(PrivateKey::from_der(bytes));
  check(PrivateKey::from_pem(bytes));
  const auto known = read_public_key(bytes);
  if (known.ok()) check(PublicKey::from_info(*known));
  return 0;
}
