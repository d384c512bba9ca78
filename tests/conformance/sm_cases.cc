#include <openssl/evp.h>
#include <openssl/x509.h>

#include <map>
#include <memory>
#include <ostream>
#include <string>

#include "base/hex.h"
#include "base/text.h"
#include "case_file.h"
#include "cases.h"
#include "crypto/aead.h"
#include "crypto/digest.h"
#include "crypto/mac.h"
#include "crypto/public_key.h"

namespace greenlane::conformance {
namespace {

/// The cases sign a given digest, which the library never does: OpenSSL verifies with the key that the library has read.
bool verifies_digest(const crypto::PublicKey& key, std::string_view digest, std::string_view signature) {
  const auto data = [](std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); };
  const unsigned char* at = data(key.der());
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> decoded(d2i_PUBKEY(nullptr, &at, static_cast<long>(key.der().size())),
                                                                    &EVP_PKEY_free);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(EVP_PKEY_CTX_new(decoded.get(), nullptr), &EVP_PKEY_CTX_free);
  return context != nullptr && EVP_PKEY_verify_init(context.get()) == 1 &&
         EVP_PKEY_verify(context.get(), data(signature), signature.size(), data(digest), digest.size()) == 1;
}

bool run_sm2(const json::Value& suite, std::ostream& out, Tally& tally) {
  const auto key =
      crypto::PublicKey::from_point(from_hex(suite.text("public_key")).value_or(""), crypto::Scheme::sm2_sm3, sm2_default_user_id);
  const json::Value* const tests = suite.find("tests");
  if (!key.ok() || tests == nullptr || !tests->is_array()) return false;
  for (const json::Value& test : tests->array()) {
    const bool accepted =
        verifies_digest(*key, from_hex(test.text("digest")).value_or(""), from_hex(test.text("signature_der")).value_or(""));
    const bool passed = accepted == (test.text("result") == "valid");
    ++(passed ? tally.passed : tally.failed);
    if (!passed) out << "failed: " << (accepted ? "accepted" : "refused") << ": " << test.text("source") << '\n';
  }
  return true;
}

using Stanza = std::map<std::string, std::string, std::less<>>;

/// A value of OpenSSL's evp_test: text in quotation marks, or hexadecimal digits.
std::string value_of(const Stanza& stanza, std::string_view name) {
  const auto found = stanza.find(name);
  if (found == stanza.end()) return "";
  const std::string& value = found->second;
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') return value.substr(1, value.size() - 2);
  return from_hex(value).value_or("");
}

enum class Outcome { passed, failed, not_supported };

Outcome outcome_of(const Stanza& stanza) {
  const auto is = [&](std::string_view name, std::string_view value) {
    return stanza.contains(name) && stanza.find(name)->second == value;
  };
  const auto compared = [&](const std::string& made, std::string_view name) {
    return made == value_of(stanza, name) && !made.empty() ? Outcome::passed : Outcome::failed;
  };
  if (is("Digest", "SM3")) return compared(from_hex(crypto::sm3_hex(value_of(stanza, "Input"))).value_or(""), "Output");
  if (is("MAC", "HMAC") && is("Algorithm", "SM3")) {
    return compared(crypto::hmac(crypto::DigestAlgorithm::sm3, value_of(stanza, "Key"), value_of(stanza, "Input")), "Output");
  }
  if (is("Cipher", "SM4-CTR")) {
    const auto made = crypto::sm4_ctr(value_of(stanza, "Key"), value_of(stanza, "IV"), value_of(stanza, "Plaintext"));
    return made.ok() ? compared(*made, "Ciphertext") : Outcome::failed;
  }
  return Outcome::not_supported;
}

void run_stanza(const Stanza& stanza, std::ostream& out, Tally& tally) {
  if (stanza.empty() || (stanza.size() == 1 && stanza.contains("Title"))) return;
  const auto name = stanza.find("Cipher") != stanza.end() ? stanza.find("Cipher") : stanza.begin();
  const Outcome outcome = outcome_of(stanza);
  if (outcome == Outcome::not_supported) {
    ++tally.skipped;
    ++tally.skipped_by[name->second + " (not used by the library)"];
    return;
  }
  ++(outcome == Outcome::passed ? tally.passed : tally.failed);
  if (outcome == Outcome::failed) {
    out << "failed: " << name->second << ": " << (stanza.contains("Input") ? stanza.find("Input")->second : "") << '\n';
  }
}

bool run_evp_test(std::string_view text, std::ostream& out, Tally& tally) {
  Stanza stanza;
  for (const std::string_view line : text::split(text, '\n')) {
    if (line.starts_with('#')) continue;
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos) {
      stanza.emplace(text::trim(line.substr(0, equals)), text::trim(line.substr(equals + 1)));
      continue;
    }
    run_stanza(stanza, out, tally);
    stanza.clear();
  }
  run_stanza(stanza, out, tally);
  return tally.passed + tally.failed + tally.skipped != 0;
}

}  // namespace

bool run_sm(const std::string& path, std::ostream& out, Tally& tally) {
  if (const auto suite = read_json(path)) return run_sm2(*suite, out, tally);
  const auto text = read_text(path);
  return text && run_evp_test(*text, out, tally);
}

}  // namespace greenlane::conformance
