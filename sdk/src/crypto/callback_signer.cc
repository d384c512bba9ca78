#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "crypto/handles.h"
#include "crypto/pem.h"
#include "crypto/public_key.h"
#include "crypto/schemes.h"
#include "crypto/signature_form.h"

namespace greenlane {
namespace {

using Sign = std::function<Result<std::string>(std::string_view)>;

class CallbackSigner final : public Signer {
 public:
  CallbackSigner(crypto::PublicKey key, PublicKeyInfo info, Sign sign, SignatureForm form)
      : key_(std::move(key)), info_(std::move(info)), sign_(std::move(sign)), form_(form) {}

  const PublicKeyInfo& public_key() const noexcept override { return info_; }

  Result<std::string> sign(std::string_view message) override {
    auto made = sign_(message);
    if (!made.ok()) return made;
    if (form_ == SignatureForm::raw && info_.algorithm != SignatureAlgorithm::ed25519) made = crypto::der_from_raw(*made);
    if (!made.ok()) return made;
    if (key_.verify(message, *made)) return made;
    const bool looks_raw = form_ == SignatureForm::der && made->size() == crypto::raw_signature_bytes && crypto::der_from_raw(*made).ok() &&
                           key_.verify(message, *crypto::der_from_raw(*made));
    return Error{.code = ErrorCode::invalid_key,
                 .message = looks_raw ? "the device gives r and s of the signature one after the other; say so (SignatureForm::raw)"
                                      : "the signature of the device does not verify with the public key " + key_.id().substr(0, 16) +
                                            "…; is it another device, another key, another digest or another user id?"};
  }

 private:
  crypto::PublicKey key_;
  PublicKeyInfo info_;
  Sign sign_;
  SignatureForm form_;
};

}  // namespace

Result<std::unique_ptr<Signer>> callback_signer(PublicKeyInfo key, Sign sign, SignatureForm form) {
  if (!sign) return Error{.code = ErrorCode::invalid_argument, .message = "the signer was given no function that signs"};
  auto decoded = crypto::PublicKey::from_info(key);
  if (!decoded.ok()) return decoded.error();
  key.der = decoded->der();
  return std::unique_ptr<Signer>(std::make_unique<CallbackSigner>(*std::move(decoded), std::move(key), std::move(sign), form));
}

Result<PublicKeyInfo> read_public_key(std::string_view bytes, std::string_view sm2_user_id) {
  std::string der(bytes);
  if (crypto::looks_like_pem(bytes)) {
    const auto block = crypto::pem_block(bytes, "PUBLIC KEY");
    if (!block.ok()) return block.error();
    der = block->bytes();
  }
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const crypto::KeyHandle key(der.size() > crypto::max_key_bytes ? nullptr : d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (key == nullptr) return Error{.code = ErrorCode::invalid_key, .message = "not a public key (SubjectPublicKeyInfo in PEM or DER)"};
  const auto algorithm = crypto::algorithm_of(*key);
  if (!algorithm) return Error{.code = ErrorCode::invalid_key, .message = "the public key is neither Ed25519 nor ECDSA P-256 nor SM2"};
  const auto read = crypto::PublicKey::from_der(der, crypto::scheme_of(*algorithm), crypto::user_id_for(*algorithm, sm2_user_id));
  if (!read.ok()) return read.error();
  return PublicKeyInfo{*algorithm, read->der(), read->sm2_user_id()};
}

}  // namespace greenlane
