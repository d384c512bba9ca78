#include <algorithm>
#include <array>
#include <ostream>
#include <string>

#include "base/hex.h"
#include "base/json.h"
#include "cases.h"
#include "case_file.h"
#include "crypto/aead.h"
#include "crypto/mac.h"
#include "crypto/public_key.h"
#include "crypto/signature_form.h"

namespace greenlane::conformance {
namespace {

using crypto::Scheme;

std::string bytes_of(const json::Value& value, std::string_view name) { return from_hex(value.text(name)).value_or(""); }

bool verifies(const json::Value& group, const json::Value& test, Scheme scheme, bool raw) {
  const auto key = crypto::PublicKey::from_der(bytes_of(group, "publicKeyDer"), scheme);
  std::string signature = bytes_of(test, "sig");
  if (raw) {
    const auto der = crypto::der_from_raw(signature);
    if (!der.ok()) return false;
    signature = *der;
  }
  return key.ok() && key->verify(bytes_of(test, "msg"), signature);
}

bool ecdsa_der(const json::Value& group, const json::Value& test) { return verifies(group, test, Scheme::ecdsa_p256_sha256, false); }
bool ecdsa_raw(const json::Value& group, const json::Value& test) { return verifies(group, test, Scheme::ecdsa_p256_sha256, true); }
bool ed25519(const json::Value& group, const json::Value& test) { return verifies(group, test, Scheme::ed25519, false); }

/// Opens what is given, and where that succeeds makes the same of the plain text.
bool aes_gcm(const json::Value&, const json::Value& test) {
  const std::string key = bytes_of(test, "key");
  const std::string nonce = bytes_of(test, "iv");
  const std::string associated = bytes_of(test, "aad");
  const auto plain = crypto::decrypt_gcm(key, nonce, associated, bytes_of(test, "ct"), bytes_of(test, "tag"));
  if (!plain.ok() || plain->bytes() != bytes_of(test, "msg")) return false;
  const auto made = crypto::encrypt_gcm(key, nonce, associated, plain->bytes());
  return made.ok() && made->cipher == bytes_of(test, "ct") && made->tag == bytes_of(test, "tag");
}

/// The library takes whole codes only; the suite also has the first half of some.
bool has_mac(const json::Value& group, const json::Value& test, crypto::DigestAlgorithm algorithm) {
  const json::Value* const bits = group.find("tagSize");
  if (bits == nullptr || !bits->is(json::Kind::integer)) return false;
  const std::string key = bytes_of(test, "key");
  const std::string message = bytes_of(test, "msg");
  const std::string tag = bytes_of(test, "tag");
  const auto bytes = static_cast<std::size_t>(bits->integer()) / 8;
  if (bytes == crypto::digest_bytes) return crypto::is_hmac(algorithm, key, message, tag);
  return crypto::equal_in_constant_time(crypto::hmac(algorithm, key, message).substr(0, bytes), tag);
}

bool hmac_sha256(const json::Value& group, const json::Value& test) { return has_mac(group, test, crypto::DigestAlgorithm::sha256); }
bool hmac_sm3(const json::Value& group, const json::Value& test) { return has_mac(group, test, crypto::DigestAlgorithm::sm3); }

struct Kind {
  std::string_view algorithm;
  std::string_view schema;
  bool (*accepts)(const json::Value& group, const json::Value& test);
};

constexpr std::array kinds{
    Kind{"ECDSA", "ecdsa_verify_schema_v1.json", ecdsa_der},  Kind{"ECDSA", "ecdsa_p1363_verify_schema_v1.json", ecdsa_raw},
    Kind{"EDDSA", "eddsa_verify_schema_v1.json", ed25519},    Kind{"AES-GCM", "aead_test_schema_v1.json", aes_gcm},
    Kind{"HMACSHA256", "mac_test_schema_v1.json", hmac_sha256}, Kind{"HMACSM3", "mac_test_schema_v1.json", hmac_sm3},
};

std::string need_of(std::string_view algorithm) {
  return std::string(algorithm) + (algorithm == "SM4-GCM" ? " (OpenSSL 3.0 has no such mode)" : " (not used by the library)");
}

void run_case(const Kind& kind, const json::Value& group, const json::Value& test, std::ostream& out, Tally& tally) {
  const bool accepted = kind.accepts(group, test);
  const std::string_view wanted = test.text("result");
  const bool passed = wanted == "acceptable" || accepted == (wanted == "valid");
  ++(passed ? tally.passed : tally.failed);
  if (passed) return;
  const json::Value* const number = test.find("tcId");
  out << "failed: " << (number != nullptr ? number->integer() : 0) << ", " << wanted << ": " << (accepted ? "accepted" : "refused") << ": "
      << test.text("comment") << '\n';
}

}  // namespace

bool run_wycheproof(const std::string& path, std::ostream& out, Tally& tally) {
  const auto suite = read_json(path);
  const json::Value* const groups = suite ? suite->find("testGroups") : nullptr;
  if (groups == nullptr || !groups->is_array()) return false;
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& known) {
    return known.algorithm == suite->text("algorithm") && known.schema == suite->text("schema");
  });
  for (const json::Value& group : groups->array()) {
    const json::Value* const tests = group.find("tests");
    if (tests == nullptr || !tests->is_array()) return false;
    for (const json::Value& test : tests->array()) {
      if (kind != kinds.end()) {
        run_case(*kind, group, test, out, tally);
        continue;
      }
      ++tally.skipped;
      ++tally.skipped_by[need_of(suite->text("algorithm"))];
    }
  }
  return true;
}

}  // namespace greenlane::conformance
