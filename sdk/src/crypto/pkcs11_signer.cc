#include <libp11.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ui.h>

#include <vector>

#include "base/hex.h"
#include "base/text.h"
#include "crypto/handles.h"
#include "crypto/pkcs11_module.h"
#include "crypto/public_key.h"
#include "crypto/schemes.h"
#include "crypto/secret.h"
#include "crypto/spki.h"

namespace greenlane {
namespace {

using crypto::KeyHandle;
using crypto::Pkcs11Module;

// Return values of PKCS #11 2.20, 11.1.5.
constexpr unsigned long pin_incorrect = 0xA0;
constexpr unsigned long pin_length = 0xA2;
constexpr unsigned long pin_locked = 0xA4;

Error device_error(ErrorCode code, std::string message, const Pkcs11Key& key) {
  return {.code = code, .message = std::move(message), .source = key.module, .retryable = code == ErrorCode::unreachable};
}

Result<crypto::Secret> ask_pin(const Pkcs11Key& key) {
  if (!key.pin) {
    return device_error(ErrorCode::invalid_argument, "the token \"" + key.token + "\" needs a PIN, and there is nobody to ask for it", key);
  }
  auto pin = key.pin(key.token);
  if (!pin.ok()) return pin.error();
  crypto::Secret secret(*std::move(pin));
  crypto::erase(*pin);  // a short text is copied, not moved
  return secret;
}

Result<void> log_in(PKCS11_SLOT& slot, const Pkcs11Key& key) {
  if (slot.token->loginRequired == 0) return {};
  crypto::Secret pin;
  const bool own_keys = slot.token->secureLogin != 0;
  if (!own_keys) {
    auto asked = ask_pin(key);
    if (!asked.ok()) return asked.error();
    pin = *std::move(asked);
  }
  if (PKCS11_login(&slot, 0, own_keys ? nullptr : pin.c_str()) == 0) return {};
  const crypto::Pkcs11Failure failure = crypto::last_pkcs11_failure();
  const std::string token = "the token \"" + key.token + "\"";
  if (failure.code == pin_locked) {
    return device_error(ErrorCode::invalid_key, token + " is locked after too many wrong PINs; its administrator unlocks it", key);
  }
  if (failure.code >= pin_incorrect && failure.code <= pin_length) {
    return device_error(ErrorCode::invalid_key, "the PIN of " + token + " is wrong; too many wrong ones lock it", key);
  }
  return device_error(ErrorCode::unreachable, token + " does not let greenlane in: " + failure.text, key);
}

std::string id_of(const PKCS11_KEY& key) { return to_hex({reinterpret_cast<const char*>(key.id), key.id_len}); }

std::string name_of(const PKCS11_KEY& key) {
  return "\"" + std::string(key.label != nullptr ? key.label : "") + "\" (id " + id_of(key) + ")";
}

Result<PKCS11_KEY*> find_key(PKCS11_SLOT& slot, const Pkcs11Key& wanted) {
  PKCS11_KEY* keys = nullptr;
  unsigned count = 0;
  if (PKCS11_enumerate_keys(slot.token, &keys, &count) != 0) {
    return device_error(ErrorCode::unreachable,
                        "the token \"" + wanted.token + "\" does not list its keys: " + crypto::last_pkcs11_failure().text, wanted);
  }
  const auto id = from_hex(wanted.id);
  if (!id) return device_error(ErrorCode::invalid_argument, "the id of the key is not hexadecimal digits", wanted);
  PKCS11_KEY* found = nullptr;
  std::vector<std::string> names;
  for (unsigned i = 0; i < count; ++i) {
    names.push_back(name_of(keys[i]));
    const bool label_fits = wanted.label.empty() || (keys[i].label != nullptr && keys[i].label == wanted.label);
    if (!label_fits || (!id->empty() && id_of(keys[i]) != to_hex(*id))) continue;
    if (found != nullptr) {
      return device_error(ErrorCode::invalid_argument,
                          "two keys of the token fit: " + name_of(*found) + " and " + names.back() + "; say the id", wanted);
    }
    found = &keys[i];
  }
  if (found != nullptr) return found;
  return device_error(ErrorCode::not_found,
                      "the token \"" + wanted.token +
                          "\" has no private key of that label or id; it has: " + (names.empty() ? "none" : text::join(names, ", ")),
                      wanted);
}

/// PINs that a key asks for at each signature come from the same callback; OpenSSL would ask at the terminal.
int answer_pin(UI* ui, UI_STRING* question) {
  const auto* const key = static_cast<const Pkcs11Key*>(UI_get0_user_data(ui));
  if (key == nullptr || UI_get_string_type(question) != UIT_PROMPT) return 1;
  const auto pin = ask_pin(*key);
  return pin.ok() && UI_set_result(ui, question, pin->c_str()) == 0 ? 1 : 0;
}

UI_METHOD* pin_questions() {
  static UI_METHOD* const method = [] {
    UI_METHOD* const made = UI_create_method("greenlane");
    if (made != nullptr) UI_method_set_reader(made, answer_pin);
    return made;
  }();
  return method;
}

class Pkcs11Device {
 public:
  Pkcs11Device(std::shared_ptr<Pkcs11Module> module, PKCS11_SLOT& slot, KeyHandle key, Pkcs11Key where)
      : module_(std::move(module)), slot_(slot), key_(std::move(key)), where_(std::move(where)) {}

  Result<std::string> sign(std::string_view message) {
    const std::scoped_lock lock(module_->mutex());
    if (auto there = module_->reach(slot_, true); !there.ok()) return there.error();
    PKCS11_set_ui_method(module_->context(), pin_questions(), &where_);
    auto made = crypto::signed_with(*key_, crypto::Scheme::ecdsa_p256_sha256, {}, message);
    PKCS11_set_ui_method(module_->context(), pin_questions(), nullptr);
    if (made) return *std::move(made);
    return device_error(
        ErrorCode::unreachable,
        "the token \"" + where_.token + "\" does not sign (" + crypto::last_pkcs11_failure().text + "); is it still plugged in?", where_);
  }

 private:
  std::shared_ptr<Pkcs11Module> module_;  // outlives the slot and the key
  PKCS11_SLOT& slot_;
  KeyHandle key_;
  Pkcs11Key where_;
};

}  // namespace

Result<std::unique_ptr<Signer>> pkcs11_signer(const Pkcs11Key& key) {
  if (key.label.empty() && key.id.empty()) return device_error(ErrorCode::invalid_argument, "say the label or the id of the key", key);
  auto module = Pkcs11Module::load(key.module);
  if (!module.ok()) return module.error();
  std::unique_lock lock((*module)->mutex());
  const auto slot = (*module)->slot_of(key.token);
  if (!slot.ok()) return slot.error();
  if (auto there = (*module)->reach(**slot, false); !there.ok()) return there.error();
  if (auto in = log_in(**slot, key); !in.ok()) return in.error();
  const auto found = find_key(**slot, key);
  if (!found.ok()) return found.error();
  const std::string name = name_of(**found);
  // It has the public part as well. PKCS11_get_public_key() of libp11 0.4.12 never lets the slot go again, nor the PIN that it keeps.
  KeyHandle private_key(PKCS11_get_private_key(*found));
  lock.unlock();
  const std::string der = private_key == nullptr ? "" : crypto::encoded_public_key(*private_key);
  if (der.empty()) {
    return device_error(ErrorCode::invalid_key,
                        "the key " + name + " cannot be used, or has no public key beside it: " + crypto::last_pkcs11_failure().text, key);
  }
  PublicKeyInfo info{SignatureAlgorithm::ecdsa_p256_sha256, der, ""};
  if (const auto fit = crypto::PublicKey::from_info(info); !fit.ok()) {
    return device_error(ErrorCode::invalid_key, "the key " + name + " is not ECDSA P-256; others of hardware go through a callback", key);
  }
  const auto device = std::make_shared<Pkcs11Device>(*std::move(module), **slot, std::move(private_key), key);
  return callback_signer(std::move(info), [device](std::string_view message) { return device->sign(message); });
}

}  // namespace greenlane
