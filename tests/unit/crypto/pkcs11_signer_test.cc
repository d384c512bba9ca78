#include <gtest/gtest.h>

#include "crypto/public_key.h"
#include "greenlane/signer.h"
#include "tests/support/soft_token.h"

namespace greenlane {
namespace {

Result<std::string> right_pin(const std::string&) { return std::string("1234"); }

class Pkcs11 : public testing::Test {
 protected:
  Pkcs11() : token_("customs") { token_.make_key("EC:prime256v1", "filing", "01"); }

  static Pkcs11Key key(const std::string& label = "filing") { return {test::soft_module, "customs", label, "", right_pin}; }
  static Error error_of(const Pkcs11Key& where) {
    auto signer = pkcs11_signer(where);
    EXPECT_FALSE(signer.ok());
    return signer.ok() ? Error{} : signer.error();
  }
  static bool says(const Error& error, std::string_view part) { return error.message.find(part) != std::string::npos; }

  test::SoftToken token_;
};

TEST_F(Pkcs11, SignsInDer) {
  const auto signer = pkcs11_signer(key()).value();
  const auto public_key = crypto::PublicKey::from_info(signer->public_key()).value();
  for (int i = 0; i < 20; ++i) {
    const std::string message = "declaration " + std::to_string(i);
    EXPECT_TRUE(public_key.verify(message, signer->sign(message).value()));
  }
}

TEST_F(Pkcs11, FindsAKeyByItsId) {
  token_.make_key("EC:prime256v1", "other", "a2");
  Pkcs11Key where = key("");
  where.id = "A2";
  const auto other = pkcs11_signer(where).value();
  EXPECT_NE(other->public_key().der, pkcs11_signer(key()).value()->public_key().der);
  EXPECT_TRUE(other->sign("declaration").ok());
}

TEST_F(Pkcs11, SignersOfOneModuleDoNotEndEachOther) {
  auto first = pkcs11_signer(key()).value();
  auto second = pkcs11_signer(key()).value();
  second.reset();
  EXPECT_TRUE(first->sign("declaration").ok());
  first.reset();
  EXPECT_TRUE(pkcs11_signer(key()).value()->sign("declaration").ok());
}

TEST_F(Pkcs11, AsksForThePinAgainWhereTheKeyWantsItForEachSignature) {
  token_.make_key("EC:prime256v1", "careful", "03", "--always-auth");
  int asked = 0;
  Pkcs11Key where = key("careful");
  where.pin = [&asked](const std::string& token) {
    EXPECT_EQ(token, "customs");
    ++asked;
    return right_pin(token);
  };
  const auto signer = pkcs11_signer(where).value();
  EXPECT_EQ(asked, 1);
  EXPECT_TRUE(signer->sign("declaration").ok());
  EXPECT_EQ(asked, 2);
}

TEST_F(Pkcs11, OfATokenThatIsPulledOutEndsWithAnErrorAndNotNever) {
  Pkcs11Key where = key();
  where.module = GREENLANE_UNPLUGGED_TOKEN;
  const auto signer = pkcs11_signer(where).value();
  ASSERT_TRUE(signer->sign("declaration").ok());
  ::setenv("GREENLANE_UNPLUGGED", "", 1);
  const auto signature = signer->sign("declaration");
  const auto other = pkcs11_signer(where);
  ::unsetenv("GREENLANE_UNPLUGGED");
  ASSERT_FALSE(signature.ok());
  EXPECT_EQ(signature.error().code, ErrorCode::unreachable);
  EXPECT_TRUE(signature.error().retryable);
  EXPECT_TRUE(says(signature.error(), "plug it in")) << signature.error().message;
  EXPECT_FALSE(other.ok());
}

TEST_F(Pkcs11, SaysThatThereIsNoSuchModule) {
  for (const char* module : {"/nowhere/libtoken.so", "", "/etc/passwd", "libcrypto.so.3"}) {
    Pkcs11Key where = key();
    where.module = module;
    testing::internal::CaptureStderr();
    const Error error = error_of(where);
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
    EXPECT_EQ(error.code, ErrorCode::not_found);
    EXPECT_EQ(error.source, where.module);
    EXPECT_TRUE(says(error, "cannot be loaded")) << error.message;
  }
}

TEST_F(Pkcs11, SaysWhichTokensAreThere) {
  Pkcs11Key where = key();
  where.token = "bank";
  const Error error = error_of(where);
  EXPECT_EQ(error.code, ErrorCode::unreachable);
  EXPECT_TRUE(error.retryable);
  EXPECT_TRUE(says(error, "\"bank\"") && says(error, "customs")) << error.message;
}

TEST_F(Pkcs11, SaysThatThePinIsWrongAndNeverSaysThePin) {
  Pkcs11Key where = key();
  where.pin = [](const std::string&) -> Result<std::string> { return std::string("98765"); };
  const Error error = error_of(where);
  EXPECT_EQ(error.code, ErrorCode::invalid_key);
  EXPECT_TRUE(says(error, "PIN") && says(error, "wrong")) << error.message;
  EXPECT_EQ(error.to_text().find("98765"), std::string::npos);
}

TEST_F(Pkcs11, HandsOnWhyNobodyGaveAPin) {
  Pkcs11Key where = key();
  where.pin = [](const std::string&) -> Result<std::string> { return Error{.code = ErrorCode::invalid_argument, .message = "cancelled"}; };
  EXPECT_EQ(error_of(where).message, "cancelled");
  where.pin = nullptr;
  EXPECT_TRUE(says(error_of(where), "nobody to ask"));
}

TEST_F(Pkcs11, SaysWhichKeysTheTokenHas) {
  const Error error = error_of(key("warning"));
  EXPECT_EQ(error.code, ErrorCode::not_found);
  EXPECT_TRUE(says(error, "\"filing\" (id 01)")) << error.message;
  EXPECT_EQ(error_of(key("")).code, ErrorCode::invalid_argument);
}

TEST_F(Pkcs11, RefusesToChooseBetweenTwoKeysOfOneLabel) {
  token_.make_key("EC:prime256v1", "filing", "02");
  EXPECT_EQ(error_of(key()).code, ErrorCode::invalid_argument);
  Pkcs11Key where = key();
  where.id = "02";
  EXPECT_TRUE(pkcs11_signer(where).ok());
}

TEST_F(Pkcs11, RefusesKeysOfAnotherKind) {
  token_.make_key("EC:secp384r1", "large", "04");
  token_.make_key("rsa:2048", "rsa", "05");
  for (const char* label : {"large", "rsa"}) {
    const Error error = error_of(key(label));
    EXPECT_EQ(error.code, ErrorCode::invalid_key);
    EXPECT_TRUE(says(error, "not ECDSA P-256")) << error.message;
  }
}

}  // namespace
}  // namespace greenlane
