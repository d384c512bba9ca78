// How long the verification of a signature takes, against a bare loop over OpenSSL whose key, digest and context are made once.
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/utc_time.h"
#include "crypto/private_key.h"
#include "figures.h"
#include "measure.h"
#include "trust/envelope.h"
#include "trust/key_ring.h"
#include "verify.h"

namespace greenlane::bench {
namespace {

/// A submission of a small declaration.
constexpr std::size_t message_bytes = 1'000;
constexpr std::size_t messages = 32;

struct Signed {
  std::string message;
  std::string signature;
};

std::vector<Signed> signed_messages(crypto::PrivateKey& key) {
  std::vector<Signed> all;
  for (std::size_t i = 0; i < messages; ++i) {
    std::string message(message_bytes, static_cast<char>('a' + i % 26));
    message += std::to_string(i);
    std::string signature = key.sign(message).value();
    all.push_back({std::move(message), std::move(signature)});
  }
  return all;
}

const unsigned char* octets(std::string_view bytes) noexcept { return reinterpret_cast<const unsigned char*>(bytes.data()); }

/// What a program would do that has nothing but OpenSSL, and knows it well.
class BareVerifier {
 public:
  explicit BareVerifier(const PublicKeyInfo& info) : user_id_(info.sm2_user_id) {
    const unsigned char* at = octets(info.der);
    key_.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(info.der.size())));
    if (info.algorithm == SignatureAlgorithm::ecdsa_p256_sha256) digest_ = "SHA256";
    if (info.algorithm == SignatureAlgorithm::sm2_sm3) digest_ = "SM3";
    if (key_ == nullptr || context_ == nullptr) throw std::runtime_error("OpenSSL does not read the key");
  }

  bool verify(std::string_view message, std::string_view signature) {
    std::array<OSSL_PARAM, 2> parameters{OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_DIST_ID, user_id_.data(), user_id_.size()),
                                         OSSL_PARAM_construct_end()};
    EVP_MD_CTX_reset(context_.get());
    return EVP_DigestVerifyInit_ex(context_.get(), nullptr, digest_, nullptr, nullptr, key_.get(),
                                   user_id_.empty() ? nullptr : parameters.data()) == 1 &&
           EVP_DigestVerify(context_.get(), octets(signature), signature.size(), octets(message), message.size()) == 1;
  }

 private:
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_{nullptr, &EVP_PKEY_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
  const char* digest_ = nullptr;
  std::string user_id_;
};

struct Figure {
  std::string name;
  double engine_us = 0, bare_us = 0;
  double ratio = 0;  ///< median of the ratios of rounds that follow each other
};

/// Both verify every message `passes` times a round, in turns; who begins changes.
Figure measure(SignatureAlgorithm algorithm, std::string name, const VerifyPlan& plan) {
  auto own = crypto::PrivateKey::generate(algorithm).value();
  const auto key = crypto::PublicKey::from_info(own.public_key()).value();
  BareVerifier bare(own.public_key());
  const std::vector<Signed> all = signed_messages(own);
  const auto pass = [&](auto&& verify) {
    return seconds_of([&] {
      for (std::size_t i = 0; i < plan.passes; ++i) {
        for (const Signed& each : all) {
          if (!verify(each)) throw Disagreement(name + ": a good signature does not verify");
        }
      }
    });
  };
  const auto ours = [&](const Signed& each) { return key.verify(each.message, each.signature); };
  const auto theirs = [&](const Signed& each) { return bare.verify(each.message, each.signature); };
  pass(ours);
  pass(theirs);
  std::vector<double> ratios, engine, reference;
  for (std::size_t round = 0; round < plan.rounds; ++round) {
    const bool first = round % 2 == 0;
    const double early = first ? pass(ours) : pass(theirs);
    const double late = first ? pass(theirs) : pass(ours);
    engine.push_back(first ? early : late);
    reference.push_back(first ? late : early);
    ratios.push_back(engine.back() / reference.back());
  }
  const double each = 1e6 / static_cast<double>(plan.passes * all.size());
  return {std::move(name), median(std::move(engine)) * each, median(std::move(reference)) * each, median(std::move(ratios))};
}

/// Microseconds to take an envelope with one signature apart and verify it.
double measure_envelope(const VerifyPlan& plan) {
  auto own = crypto::PrivateKey::generate(SignatureAlgorithm::ed25519).value();
  const auto now = parse_utc("2026-06-01T00:00:00Z").value();
  const trust::KeyRing ring({{crypto::PublicKey::from_info(own.public_key()).value(), "bench", {KeyUse::submission}, now, now, {}, {}}});
  const std::string type = "application/vnd.greenlane.submission.v1+json";
  const std::string envelope = trust::sign_envelope({type, std::string(message_bytes, 'a')}, {&own}).value();
  const trust::EnvelopeVerifier verifier(ring);
  const trust::EnvelopePolicy policy{.type = type, .use = KeyUse::submission, .owner = "bench", .at = now};
  const double seconds = median_seconds(plan.rounds, [&] {
    for (std::size_t i = 0; i < plan.passes * messages; ++i) {
      if (!verifier.verify(envelope, policy).ok()) throw Disagreement("a good envelope does not verify");
    }
  });
  return seconds * 1e6 / static_cast<double>(plan.passes * messages);
}

std::string fixed(double value, int digits) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::string padded(std::string text, std::size_t width) { return std::string(text.size() < width ? width - text.size() : 0, ' ') + text; }

std::string table(const std::vector<Figure>& figures, double envelope_us) {
  std::string text = "Verification of a signature over " + std::to_string(message_bytes) + " bytes, in microseconds\n\n";
  text += "algorithm   greenlane   OpenSSL bare   ratio\n";
  for (const Figure& each : figures) {
    text += each.name + std::string(9 - each.name.size(), ' ') + padded(fixed(each.engine_us, 1), 12) + padded(fixed(each.bare_us, 1), 15) +
            padded(fixed(each.ratio, 3), 8) + "\n";
  }
  return text + "\nA DSSE envelope with one Ed25519 signature: " + fixed(envelope_us, 1) + "\n";
}

std::string json_text(const std::vector<Figure>& figures, double envelope_us, bool quick) {
  json::Object object;
  for (const Figure& each : figures) {
    object.push_back({"verify_" + each.name + "_ratio", each.ratio});
    object.push_back({"verify_" + each.name + "_us", each.engine_us});
    object.push_back({"verify_" + each.name + "_bare_us", each.bare_us});
  }
  object.push_back({"verify_dsse_us", envelope_us});
  object.push_back({"quick", quick});
  return json::compact(object);
}

}  // namespace

int run_verify(bool json, bool quick) {
  const VerifyPlan plan = quick ? VerifyPlan{.rounds = 3, .passes = 1} : VerifyPlan{};
  std::vector<Figure> figures;
  for (const auto& [algorithm, name] :
       {std::pair{SignatureAlgorithm::ed25519, "ed25519"}, std::pair{SignatureAlgorithm::ecdsa_p256_sha256, "p256"},
        std::pair{SignatureAlgorithm::sm2_sm3, "sm2"}}) {
    say(std::string("verification of ") + name);
    figures.push_back(measure(algorithm, name, plan));
  }
  const double envelope_us = measure_envelope(plan);
  std::cout << (json ? json_text(figures, envelope_us, quick) + "\n" : table(figures, envelope_us)) << std::flush;
  return 0;
}

}  // namespace greenlane::bench
