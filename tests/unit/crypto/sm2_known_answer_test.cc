// The example of a signature in GB/T 32918.5-2017, A.2: the curve of the recommended parameters.
#include <gtest/gtest.h>

#include <string>

#include "base/hex.h"
#include "crypto/digest.h"
#include "crypto/public_key.h"
#include "crypto/signature_form.h"

namespace greenlane::crypto {
namespace {

constexpr std::string_view x = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
constexpr std::string_view y = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
constexpr std::string_view r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
constexpr std::string_view s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
constexpr std::string_view message = "message digest";

std::string bytes(std::string_view digits) { return from_hex(digits).value(); }

PublicKey key_for(std::string_view user_id) {
  return PublicKey::from_point("\x04" + bytes(x) + bytes(y), Scheme::sm2_sm3, user_id).value();
}

std::string signature() { return der_from_raw(bytes(r) + bytes(s)).value(); }

TEST(Sm2Example, Verifies) { EXPECT_TRUE(key_for("1234567812345678").verify(message, signature())); }

TEST(Sm2Example, DoesNotVerifyForAnotherUserIdOrMessage) {
  for (const char* user_id : {"1234567812345679", "123456781234567", "8", "1234567812345678 "}) {
    EXPECT_FALSE(key_for(user_id).verify(message, signature())) << user_id;
  }
  EXPECT_FALSE(key_for("1234567812345678").verify("message digesT", signature()));
}

TEST(Sm2Example, DigestsTheUserIdAndTheKeyBeforeTheMessage) {
  // Length of the user id in bits, the id, a and b of the curve, its base point, the key.
  const std::string known =
      "0080" + to_hex("1234567812345678") + "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"
      "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93" "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
      "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0" + std::string(x) + std::string(y);
  const std::string za = sm3_hex(bytes(known));
  EXPECT_EQ(za, "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3");
  EXPECT_EQ(sm3_hex(bytes(za) + std::string(message)), "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
}

}  // namespace
}  // namespace greenlane::crypto
