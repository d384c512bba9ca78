#include "crypto/schemes.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>

#include "base/hex.h"

namespace greenlane {

std::string_view to_string(SignatureAlgorithm algorithm) noexcept {
  switch (algorithm) {
    case SignatureAlgorithm::ed25519:
      return "ed25519";
    case SignatureAlgorithm::ecdsa_p256_sha256:
      return "ecdsa_p256_sha256";
    case SignatureAlgorithm::sm2_sm3:
      return "sm2_sm3";
  }
  return "";
}

std::optional<SignatureAlgorithm> signature_algorithm(std::string_view name) noexcept {
  for (const auto algorithm : crypto::signature_algorithms) {
    if (name == to_string(algorithm)) return algorithm;
  }
  return std::nullopt;
}

Signer::~Signer() = default;

namespace crypto {
namespace {

struct SchemeFacts {
  const char* name;
  const char* key_type;
  const char* group;   ///< curve, or none
  const char* digest;  ///< none: the scheme has its own
};

constexpr std::array<SchemeFacts, 6> facts{{
    {"Ed25519", "ED25519", nullptr, nullptr},
    {"ECDSA P-256", "EC", "prime256v1", "SHA256"},
    {"SM2", "SM2", "SM2", "SM3"},
    {"ECDSA P-384", "EC", "secp384r1", "SHA384"},
    {"RSA-PSS", "RSA", nullptr, "SHA256"},
    {"RSA PKCS #1 v1.5", "RSA", nullptr, "SHA256"},
}};

const SchemeFacts& facts_of(Scheme scheme) noexcept { return facts[static_cast<std::size_t>(scheme)]; }

bool is_on_curve(const evp_pkey_st& key, const char* group) {
  std::array<char, 64> name{};
  std::size_t length = 0;
  return EVP_PKEY_get_group_name(&key, name.data(), name.size(), &length) == 1 && std::string_view(name.data(), length) == group;
}

/// The y coordinates of the points of edwards25519 whose order is 1, 2, 4 or 8, and p and p + 1, which spell 0 and 1 once more;
/// little-endian, with the sign bit clear.
constexpr std::array<std::string_view, 7> small_order_points{
    "0000000000000000000000000000000000000000000000000000000000000000", "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
};

/// Under such a key one signature is good for every message or for every eighth, so that it proves nothing.
bool is_small_order(const evp_pkey_st& key) {
  std::string point(32, '\0');
  std::size_t size = point.size();
  if (EVP_PKEY_get_raw_public_key(&key, reinterpret_cast<unsigned char*>(point.data()), &size) != 1) return true;
  point.back() = static_cast<char>(point.back() & 0x7F);
  return std::find(small_order_points.begin(), small_order_points.end(), to_hex(point)) != small_order_points.end();
}

bool is_rsa(Scheme scheme) noexcept { return scheme == Scheme::rsa_pss_sha256 || scheme == Scheme::rsa_pkcs1v15_sha256; }

bool set_padding(EVP_PKEY_CTX* context, Scheme scheme) noexcept {
  if (scheme == Scheme::rsa_pkcs1v15_sha256) return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1;
  // TUF says no length of the salt; python-tuf signs with the digest's, others with the longest.
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_AUTO) == 1;
}

}  // namespace

std::optional<SignatureAlgorithm> algorithm_of(const evp_pkey_st& key) {
  for (const auto algorithm : signature_algorithms) {
    if (fits(key, scheme_of(algorithm), user_id_for(algorithm, {})).ok()) return algorithm;
  }
  return std::nullopt;
}

std::string_view user_id_for(SignatureAlgorithm algorithm, std::string_view given) noexcept {
  return algorithm == SignatureAlgorithm::sm2_sm3 && given.empty() ? sm2_default_user_id : given;
}

std::string_view display_name(Scheme scheme) noexcept { return facts_of(scheme).name; }

Scheme scheme_of(SignatureAlgorithm algorithm) noexcept {
  switch (algorithm) {
    case SignatureAlgorithm::ed25519:
      return Scheme::ed25519;
    case SignatureAlgorithm::ecdsa_p256_sha256:
      return Scheme::ecdsa_p256_sha256;
    case SignatureAlgorithm::sm2_sm3:
      return Scheme::sm2_sm3;
  }
  return Scheme::ed25519;
}

std::optional<SignatureAlgorithm> algorithm_of(Scheme scheme) noexcept {
  for (const auto algorithm : signature_algorithms) {
    if (scheme_of(algorithm) == scheme) return algorithm;
  }
  return std::nullopt;
}

Result<void> fits(const evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id) {
  const SchemeFacts& wanted = facts_of(scheme);
  const auto refusal = [](std::string message) { return Error{.code = ErrorCode::invalid_key, .message = std::move(message)}; };
  const bool right_type = EVP_PKEY_is_a(&key, wanted.key_type) == 1;
  if (!right_type || (wanted.group != nullptr && !is_on_curve(key, wanted.group))) {
    const char* type = EVP_PKEY_get0_type_name(&key);
    return refusal("the key is not one for " + std::string(wanted.name) +
                   (right_type ? ": its curve is another" : ": its type is " + std::string(type != nullptr ? type : "unknown")));
  }
  if (is_rsa(scheme) && (EVP_PKEY_get_bits(&key) < 2048 || EVP_PKEY_get_bits(&key) > 8192)) {
    return refusal("the RSA key has " + std::to_string(EVP_PKEY_get_bits(&key)) + " bits; 2048 to 8192 are taken");
  }
  if (scheme == Scheme::ed25519 && is_small_order(key)) {
    return refusal("the Ed25519 key is a point of small order, whose signatures prove nothing");
  }
  if (scheme == Scheme::sm2_sm3 && sm2_user_id.empty()) return refusal("an SM2 key needs the user id of its owner");
  if (scheme != Scheme::sm2_sm3 && !sm2_user_id.empty()) return refusal("a user id belongs to SM2 keys only");
  if (sm2_user_id.size() > 256) {
    return refusal("the SM2 user id has " + std::to_string(sm2_user_id.size()) + " bytes; at most 256 are taken");
  }
  return {};
}

bool prepare(evp_md_ctx_st& context, evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id, Direction direction) noexcept {
  const SchemeFacts& wanted = facts_of(scheme);
  std::array<OSSL_PARAM, 2> parameters{OSSL_PARAM_construct_end(), OSSL_PARAM_construct_end()};
  // GB/T 32918.2: without the id another digest is signed, and OpenSSL would take an empty one silently.
  if (scheme == Scheme::sm2_sm3) {
    parameters[0] = OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_DIST_ID, const_cast<char*>(sm2_user_id.data()), sm2_user_id.size());
  }
  EVP_PKEY_CTX* key_context = nullptr;
  const auto begin = direction == Direction::sign ? EVP_DigestSignInit_ex : EVP_DigestVerifyInit_ex;
  if (begin(&context, &key_context, wanted.digest, nullptr, nullptr, &key, parameters.data()) != 1) return false;
  return !is_rsa(scheme) || set_padding(key_context, scheme);
}

std::optional<std::string> signed_with(evp_pkey_st& key, Scheme scheme, std::string_view sm2_user_id, std::string_view message) {
  const DigestHandle context(EVP_MD_CTX_new());
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  std::size_t size = 0;
  if (context == nullptr || !prepare(*context, key, scheme, sm2_user_id, Direction::sign)) return std::nullopt;
  if (EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size()) != 1) return std::nullopt;
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, message.size()) != 1) {
    return std::nullopt;
  }
  signature.resize(size);
  return signature;
}

}  // namespace crypto
}  // namespace greenlane
