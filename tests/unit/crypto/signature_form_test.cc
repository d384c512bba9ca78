#include "crypto/signature_form.h"

#include <gtest/gtest.h>

#include <random>

#include "base/hex.h"
#include "crypto/private_key.h"
#include "crypto/public_key.h"
#include "tests/support/long_form.h"

namespace greenlane::crypto {
namespace {

std::string bytes(std::string_view digits) { return from_hex(digits).value(); }

TEST(SignatureForm, OfRandomNumbersComesBack) {
  std::mt19937_64 random(20'250'101);
  for (unsigned round = 0; round < test::rounds(20'000, 2'000'000); ++round) {
    std::string raw(raw_signature_bytes, '\0');
    // Also short numbers, whose leading zeros DER leaves out.
    for (std::size_t half : {std::size_t{0}, std::size_t{32}}) {
      for (std::size_t i = random() % 33; i < 32; ++i) raw[half + i] = static_cast<char>(random());
    }
    const std::string der = der_from_raw(raw).value();
    ASSERT_EQ(raw_from_der(der).value(), raw) << to_hex(raw);
    ASSERT_FALSE(raw_from_der(der + '\0').ok());
    ASSERT_FALSE(raw_from_der(der.substr(0, der.size() - 1)).ok());
  }
}

TEST(SignatureForm, OfMadeSignaturesComesBack) {
  for (const auto algorithm : {SignatureAlgorithm::ecdsa_p256_sha256, SignatureAlgorithm::sm2_sm3}) {
    PrivateKey key = PrivateKey::generate(algorithm).value();
    for (int i = 0; i < 200; ++i) {
      const std::string der = key.sign(std::to_string(i)).value();
      EXPECT_EQ(der_from_raw(raw_from_der(der).value()).value(), der);
    }
  }
}

TEST(SignatureForm, InDerOnly) {
  EXPECT_EQ(to_hex(raw_from_der(bytes("3006020101020102")).value()).substr(62, 2), "01");
  for (const char* digits : {
           "",
           "30",
           "3006020101020102ff",        // a byte behind
           "308106020101020102",        // a long form of the length
           "3080020101020102" "0000",   // an indefinite length, as BER has it
           "300702020001020102",        // a zero in front of a number
           "30060201ff020102",          // a negative number
           "3009020101020102020103",    // a third number
           "3003020101",                // one number
           "3106020101020102",          // a SET
           "30050200020102",            // a number without bytes
           "3026022101000000000000000000000000000000000000000000000000000000000000000000020101",  // 2^256
       }) {
    EXPECT_FALSE(raw_from_der(bytes(digits)).ok()) << digits;
  }
  for (const std::size_t size : {0u, 1u, 63u, 65u, 128u}) EXPECT_FALSE(der_from_raw(std::string(size, 'x')).ok());
}

}  // namespace
}  // namespace greenlane::crypto
