// What somebody tries who has no key that may sign, or a key that he may choose.
#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "base/base64.h"
#include "base/hex.h"
#include "crypto/mac.h"
#include "crypto/pem.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "greenlane/signer.h"
#include "tests/support/damage.h"
#include "tests/support/long_form.h"
#include "tests/support/signature_forms.h"

namespace greenlane::crypto {
namespace {

constexpr SignatureAlgorithm algorithms[] = {SignatureAlgorithm::ed25519, SignatureAlgorithm::ecdsa_p256_sha256,
                                             SignatureAlgorithm::sm2_sm3};
constexpr SignatureAlgorithm algorithms_of_curves[] = {SignatureAlgorithm::ecdsa_p256_sha256, SignatureAlgorithm::sm2_sm3};
constexpr std::string_view message = "declaration 42";

std::string bytes(std::string_view digits) { return from_hex(digits).value(); }

struct Pair {
  explicit Pair(SignatureAlgorithm algorithm)
      : own(PrivateKey::generate(algorithm).value()), known(PublicKey::from_info(own.public_key()).value()) {}
  std::string signature() { return own.sign(message).value(); }
  PrivateKey own;
  PublicKey known;
};

/// A key as OpenSSL writes it, of any kind.
std::string der_of(EVP_PKEY* key) {
  unsigned char* made = nullptr;
  const int size = i2d_PUBKEY(key, &made);
  std::string der(reinterpret_cast<const char*>(made), static_cast<std::size_t>(size));
  OPENSSL_free(made);
  return der;
}

using OpenSslKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

OpenSslKey decoded(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return {d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())), &EVP_PKEY_free};
}

TEST(Attack, ASignatureOfOneAlgorithmIsNoneOfAnother) {
  for (const auto mine : algorithms) {
    for (const auto other : algorithms) {
      if (mine == other) continue;
      Pair record(mine);
      Pair attacker(other);
      EXPECT_FALSE(record.known.verify(message, attacker.signature())) << to_string(mine) << " " << to_string(other);
    }
  }
}

TEST(Attack, AKeyIsNotReadUnderTheLabelOfAnotherAlgorithm) {
  for (const auto mine : algorithms) {
    const Pair pair(mine);
    for (const auto label : algorithms) {
      if (label == mine) continue;
      PublicKeyInfo info = pair.own.public_key();
      info.algorithm = label;
      info.sm2_user_id = label == SignatureAlgorithm::sm2_sm3 ? sm2_default_user_id : "";
      const auto key = PublicKey::from_info(info);
      ASSERT_FALSE(key.ok()) << to_string(mine) << " as " << to_string(label);
      EXPECT_EQ(key.error().code, ErrorCode::invalid_key);
    }
  }
}

TEST(Attack, AKeyOfAnotherCurveIsNotTaken) {
  for (const char* curve : {"secp256k1", "brainpoolP256r1", "P-384", "P-224"}) {
    const OpenSslKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), &EVP_PKEY_free);
    ASSERT_NE(key, nullptr) << curve;
    EXPECT_FALSE(PublicKey::from_der(der_of(key.get()), Scheme::ecdsa_p256_sha256).ok()) << curve;
    EXPECT_FALSE(PublicKey::from_der(der_of(key.get()), Scheme::sm2_sm3, sm2_default_user_id).ok()) << curve;
    EXPECT_FALSE(read_public_key(der_of(key.get())).ok()) << curve;
  }
}

TEST(Attack, APointOfOneCurveIsNoneOfAnother) {
  const std::string p256 = Pair(SignatureAlgorithm::ecdsa_p256_sha256).known.der().substr(26);
  const std::string sm2 = Pair(SignatureAlgorithm::sm2_sm3).known.der().substr(26);
  EXPECT_TRUE(PublicKey::from_point(p256, Scheme::ecdsa_p256_sha256).ok());
  EXPECT_FALSE(PublicKey::from_point(p256, Scheme::sm2_sm3, sm2_default_user_id).ok());
  EXPECT_FALSE(PublicKey::from_point(sm2, Scheme::ecdsa_p256_sha256).ok());
  EXPECT_FALSE(PublicKey::from_point(p256, Scheme::ecdsa_p384_sha384).ok());
  EXPECT_FALSE(PublicKey::from_point(p256, Scheme::ed25519).ok());
  EXPECT_FALSE(PublicKey::from_point(p256, Scheme::rsa_pss_sha256).ok());
}

TEST(Attack, ACodeMadeWithThePublicKeyAsSecretIsNoSignature) {
  for (const auto algorithm : algorithms) {
    const Pair pair(algorithm);
    for (const std::string& secret : {pair.known.der(), pair.known.pem(), pair.known.id(), pair.known.der().substr(26)}) {
      for (const auto digest : {DigestAlgorithm::sha256, DigestAlgorithm::sm3}) {
        const std::string code = hmac(digest, secret, message);
        for (const std::string& signature : {code, code + code, to_hex(code), test::der_signature(code, code)}) {
          EXPECT_FALSE(pair.known.verify(message, signature));
        }
      }
    }
  }
}

TEST(Attack, NothingIsNoSignature) {
  for (const auto algorithm : algorithms) {
    const PublicKey key = Pair(algorithm).known;
    for (const std::size_t size : {0u, 1u, 32u, 63u, 64u, 65u, 70u, 72u, 1'000u, 100'000u}) {
      EXPECT_FALSE(key.verify(message, std::string(size, '\0')));
      EXPECT_FALSE(key.verify("", std::string(size, '\0')));
    }
  }
}

TEST(Attack, NumbersOfSignaturesAreWithinTheirRange) {
  const std::string zero(32, '\0');
  const std::string one = std::string(31, '\0') + '\x01';
  const std::string most(32, '\xff');
  for (const auto algorithm : algorithms_of_curves) {
    Pair pair(algorithm);
    const auto [r, s] = test::numbers_of(pair.signature());
    const std::string order =
        bytes(algorithm == SignatureAlgorithm::sm2_sm3 ? "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123"
                                                       : "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    for (const std::string& number : {zero, one, order, most}) {
      EXPECT_FALSE(pair.known.verify(message, test::der_signature(number, number)));
      EXPECT_FALSE(pair.known.verify(message, test::der_signature(r, number)));
      EXPECT_FALSE(pair.known.verify(message, test::der_signature(number, s)));
    }
    EXPECT_TRUE(pair.known.verify(message, test::der_signature(r, s)));
  }
}

TEST(Attack, SignaturesAreDerAndNothingBehind) {
  for (const auto algorithm : algorithms_of_curves) {
    Pair pair(algorithm);
    for (int i = 0; i < 50; ++i) {
      const std::string good = pair.signature();
      const std::string body = good.substr(2);
      const auto size = static_cast<char>(body.size());
      std::string padded = body;  // a zero before r that DER leaves out
      padded.insert(2, 1, '\0');
      padded[1] = static_cast<char>(padded[1] + 1);
      ASSERT_TRUE(pair.known.verify(message, good));
      for (const std::string& other : {
               good + '\0',
               good + good,
               std::string{'\x30', '\x81', size} + body,                    // length in the long form
               std::string{'\x30', '\x82', '\0', size} + body,              // and longer
               std::string{'\x30', '\x80'} + body + std::string(2, '\0'),   // indefinite length
               std::string{'\x30', static_cast<char>(size + 1)} + padded,
               std::string{'\x30', static_cast<char>(size + 1)} + body + '\0',  // a byte behind s, within
               std::string{'\x31', size} + body,
               good.substr(0, good.size() - 1),
               '\0' + good,
           }) {
        EXPECT_FALSE(pair.known.verify(message, other)) << to_hex(other);
      }
    }
  }
}

// Who has a signature of ECDSA can make another one for the same message, without the key. Therefore nothing may be named or told
// apart by its signature: messages are known by their id and the digest of what was signed.
TEST(Attack, EcdsaIsMalleableSoThatASignatureIsNoIdentity) {
  Pair pair(SignatureAlgorithm::ecdsa_p256_sha256);
  const std::string first = pair.signature();
  const std::string second = test::malleated(first);
  EXPECT_NE(first, second);
  EXPECT_TRUE(pair.known.verify(message, first));
  EXPECT_TRUE(pair.known.verify(message, second));
}

TEST(Attack, Sm2AndEd25519AreNotMalleableThatWay) {
  Pair sm2(SignatureAlgorithm::sm2_sm3);
  EXPECT_FALSE(sm2.known.verify(message, test::malleated(sm2.signature())));
  // RFC 8032, 5.1.7: s must be below the order; s plus the order would be the same number.
  Pair ed(SignatureAlgorithm::ed25519);
  std::string signature = ed.signature();
  const std::string order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  int carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const int sum = static_cast<unsigned char>(signature[32 + i]) + static_cast<unsigned char>(order[i]) + carry;
    signature[32 + i] = static_cast<char>(sum & 0xFF);
    carry = sum >> 8;
  }
  EXPECT_FALSE(ed.known.verify(message, signature));
}

// A threshold counts keys by their ids: one key that could be spelled in several ways would count several times.
TEST(Attack, OneKeyHasOneIdHoweverItIsSpelled) {
  for (const auto algorithm : algorithms_of_curves) {
    const Pair pair(algorithm);
    const std::string user_id = pair.known.sm2_user_id();
    const Scheme scheme = pair.known.scheme();
    const auto spelled = [&](const char* form, const char* encoding) {
      const OpenSslKey key = decoded(pair.known.der());
      EXPECT_EQ(EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, form), 1);
      EXPECT_EQ(EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING, encoding), 1);
      return der_of(key.get());
    };
    const std::string compressed = spelled("compressed", "named_curve");
    EXPECT_NE(compressed, pair.known.der());
    EXPECT_EQ(PublicKey::from_der(compressed, scheme, user_id).value(), pair.known);
    EXPECT_EQ(PublicKey::from_der(compressed, scheme, user_id).value().id(), pair.known.id());
    EXPECT_EQ(PublicKey::from_pem(to_pem(compressed, "PUBLIC KEY"), scheme, user_id).value().id(), pair.known.id());
    EXPECT_EQ(read_public_key(compressed).value().der, pair.known.der());
    EXPECT_EQ(PublicKey::from_point(compressed.substr(26), scheme, user_id).value().id(), pair.known.id());
    EXPECT_EQ(PublicKey::from_point(pair.known.der().substr(26), scheme, user_id).value().id(), pair.known.id());
    for (const std::string& refused :
         {spelled("hybrid", "named_curve"), spelled("uncompressed", "explicit"), spelled("compressed", "explicit")}) {
      EXPECT_FALSE(PublicKey::from_der(refused, scheme, user_id).ok());
      EXPECT_FALSE(read_public_key(refused).ok());
    }
    EXPECT_FALSE(PublicKey::from_point(spelled("hybrid", "named_curve").substr(26), scheme, user_id).ok());
  }
}

TEST(Attack, KeysAreDerAndNothingBehind) {
  for (const auto algorithm : algorithms) {
    const Pair pair(algorithm);
    const std::string& good = pair.known.der();
    const std::string body = good.substr(2);
    const auto size = static_cast<char>(body.size());
    for (const std::string& other : {good + '\0', good + good, good.substr(0, good.size() - 1), std::string{'\x30', '\x81', size} + body,
                                     std::string{'\x30', '\x80'} + body + std::string(2, '\0'), std::string()}) {
      EXPECT_FALSE(PublicKey::from_der(other, pair.known.scheme(), pair.known.sm2_user_id()).ok()) << to_hex(other);
      EXPECT_FALSE(read_public_key(other).ok()) << to_hex(other);
    }
    const std::string own(pair.own.der().bytes());
    EXPECT_TRUE(PrivateKey::from_der(own).ok());
    EXPECT_FALSE(PrivateKey::from_der(own + '\0').ok());
    EXPECT_FALSE(PrivateKey::from_der(own.substr(0, own.size() - 1)).ok());
    EXPECT_FALSE(PrivateKey::from_der(good).ok());
  }
}

TEST(Attack, PemIsOneBlockOfItsKind) {
  const Pair first(SignatureAlgorithm::ed25519);
  const Pair second(SignatureAlgorithm::ed25519);
  const auto read = [](const std::string& pem) { return PublicKey::from_pem(pem, Scheme::ed25519); };
  EXPECT_FALSE(read(first.known.pem() + second.known.pem()).ok());
  EXPECT_FALSE(read(first.own.pem()).ok());
  EXPECT_FALSE(read(to_pem(first.known.der(), "CERTIFICATE")).ok());
  EXPECT_FALSE(PrivateKey::from_pem(first.own.pem() + second.own.pem()).ok());
  EXPECT_FALSE(PrivateKey::from_pem(to_pem(first.own.der().bytes(), "EC PRIVATE KEY")).ok());
  const auto encrypted = PrivateKey::from_pem(to_pem(first.own.der().bytes(), "ENCRYPTED PRIVATE KEY"));
  ASSERT_FALSE(encrypted.ok());
  EXPECT_NE(encrypted.error().message.find("passphrase"), std::string::npos);
  EXPECT_FALSE(read(std::string(100'000, '\n') + first.known.pem()).ok());
}

TEST(Attack, APrivateKeyWithAForeignPublicKeyIsRefused) {
  const PrivateKey own = PrivateKey::generate(SignatureAlgorithm::ecdsa_p256_sha256).value();
  const std::string foreign = PrivateKey::generate(SignatureAlgorithm::ecdsa_p256_sha256).value().public_key().der.substr(26);
  std::string der(own.der().bytes());
  const std::size_t at = der.find(own.public_key().der.substr(26));
  ASSERT_NE(at, std::string::npos);
  der.replace(at, foreign.size(), foreign);
  const auto key = PrivateKey::from_der(der);
  ASSERT_FALSE(key.ok());
  EXPECT_NE(key.error().message.find("do not belong together"), std::string::npos);
}

TEST(Attack, PointsThatAreNotOnTheCurveAreRefused) {
  const std::string good = Pair(SignatureAlgorithm::ecdsa_p256_sha256).known.der();
  std::string off = good;
  off.back() = static_cast<char>(off.back() ^ 1);
  EXPECT_FALSE(PublicKey::from_der(off, Scheme::ecdsa_p256_sha256).ok());
  EXPECT_FALSE(PublicKey::from_point(off.substr(26), Scheme::ecdsa_p256_sha256).ok());
  for (const std::string& point :
       {std::string(1, '\0'), std::string(65, '\0'), "\x04" + std::string(64, '\0'), "\x02" + std::string(32, '\xff')}) {
    EXPECT_FALSE(PublicKey::from_point(point, Scheme::ecdsa_p256_sha256).ok()) << to_hex(point);
  }
}

// With such a key its owner can show one signature for whatever message is asked for.
TEST(Attack, Ed25519KeysOfSmallOrderAreRefused) {
  const std::string identity = '\x01' + std::string(31, '\0');
  const std::string signature_for_everything = identity + std::string(32, '\0');
  const OpenSslKey taken_by_openssl(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(identity.data()), identity.size()),
      &EVP_PKEY_free);
  ASSERT_NE(taken_by_openssl, nullptr);
  for (const char* digits : {"0100000000000000000000000000000000000000000000000000000000000000",
                             "0100000000000000000000000000000000000000000000000000000000000080",
                             "0000000000000000000000000000000000000000000000000000000000000000",
                             "0000000000000000000000000000000000000000000000000000000000000080",
                             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                             "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                             "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"}) {
    const auto key = PublicKey::from_ed25519(bytes(digits));
    EXPECT_FALSE(key.ok()) << digits;
    EXPECT_FALSE(PublicKey::from_der(bytes("302a300506032b6570032100") + bytes(digits), Scheme::ed25519).ok()) << digits;
    EXPECT_FALSE(key.ok() && key->verify(message, signature_for_everything)) << digits;
  }
}

TEST(Attack, RsaKeysAreNeitherSmallNorEnormous) {
  const auto rsa = [](unsigned bits) {
    const OpenSslKey key(EVP_RSA_gen(bits), &EVP_PKEY_free);
    return der_of(key.get());
  };
  for (const Scheme scheme : {Scheme::rsa_pss_sha256, Scheme::rsa_pkcs1v15_sha256}) {
    EXPECT_FALSE(PublicKey::from_der(rsa(1'024), scheme).ok());
    EXPECT_FALSE(PublicKey::from_der(rsa(2'040), scheme).ok());
    EXPECT_TRUE(PublicKey::from_der(rsa(2'048), scheme).ok());
  }
  // Verification grows with the square of the size: 16384 bits, of nobody's.
  const std::string modulus = '\0' + std::string(2'048, '\xff');
  const auto tlv = [](char tag, const std::string& content) {
    const auto high = static_cast<char>(content.size() >> 8);
    return std::string{tag, '\x82', high, static_cast<char>(content.size() & 0xFF)} + content;
  };
  const std::string key = tlv('\x30', tlv('\x02', modulus) + bytes("0203010001"));
  const std::string enormous = tlv('\x30', bytes("300d06092a864886f70d0101010500") + tlv('\x03', '\0' + key));
  ASSERT_NE(decoded(enormous), nullptr);
  const auto refused = PublicKey::from_der(enormous, Scheme::rsa_pss_sha256);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("16384 bits"), std::string::npos) << refused.error().message;
}

TEST(Attack, DamagedSignaturesNeverVerify) {
  test::Damage damage(11);
  for (const auto algorithm : algorithms) {
    Pair pair(algorithm);
    const std::string good = pair.signature();
    for (unsigned i = 0; i < test::rounds(2'000, 200'000); ++i) {
      const std::string changed = damage.of(good);
      ASSERT_FALSE(pair.known.verify(message, changed)) << to_string(algorithm) << " " << to_hex(changed);
    }
  }
}

TEST(Attack, DamagedMessagesNeverVerify) {
  test::Damage damage(12);
  for (const auto algorithm : algorithms) {
    Pair pair(algorithm);
    const std::string signature = pair.signature();
    for (unsigned i = 0; i < test::rounds(2'000, 200'000); ++i) ASSERT_FALSE(pair.known.verify(damage.of(std::string(message)), signature));
  }
}

/// Reads whatever it is given; a key that comes out must be another than `pair`'s and not verify its signature.
void expect_no_key(Pair& pair, const std::string& signature, const Result<PublicKey>& key) {
  if (!key.ok()) return;
  ASSERT_NE(key->id(), pair.known.id());
  ASSERT_FALSE(key->verify(message, signature));
}

TEST(Attack, DamagedKeysAreRefusedOrOthers) {
  test::Damage damage(13);
  for (const auto algorithm : algorithms) {
    Pair pair(algorithm);
    const std::string signature = pair.signature();
    const Scheme scheme = pair.known.scheme();
    for (unsigned i = 0; i < test::rounds(2'000, 200'000); ++i) {
      expect_no_key(pair, signature, PublicKey::from_der(damage.of(pair.known.der()), scheme, pair.known.sm2_user_id()));
      // Damage to the frame of PEM may leave the key whole.
      const std::string pem = damage.of(pair.known.pem());
      const auto key = PublicKey::from_pem(pem, scheme, pair.known.sm2_user_id());
      ASSERT_FALSE(key.ok() && key->id() != pair.known.id() && key->verify(message, signature)) << pem;
    }
  }
}

TEST(Attack, DamagedPrivateKeysNeverCrash) {
  test::Damage damage(14);
  for (const auto algorithm : algorithms) {
    Pair pair(algorithm);
    const std::string der(pair.own.der().bytes());
    const std::string pem = pair.own.pem();
    for (unsigned i = 0; i < test::rounds(500, 50'000); ++i) {
      auto key = PrivateKey::from_der(damage.of(der));
      EXPECT_TRUE(!key.ok() || PublicKey::from_info(key->public_key()).value().verify(message, key->sign(message).value()));
      const auto read = PrivateKey::from_pem(damage.of(pem));
      EXPECT_TRUE(read.ok() || read.error().code == ErrorCode::invalid_key);
    }
  }
}

}  // namespace
}  // namespace greenlane::crypto
