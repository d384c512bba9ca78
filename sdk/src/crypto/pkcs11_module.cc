#include "crypto/pkcs11_module.h"

#include <dlfcn.h>
#include <libp11.h>
#include <openssl/err.h>

#include <map>
#include <vector>

#include "base/text.h"

namespace greenlane::crypto {

/// The beginning of CK_FUNCTION_LIST (PKCS #11 2.20, 9.6), as far as it is used.
struct Pkcs11Functions {
  unsigned char version[2];
  void (*before[12])();
  unsigned long (*open_session)(unsigned long slot, unsigned long flags, void* application, void* notify, unsigned long* session);
  unsigned long (*close_session)(unsigned long session);
};

namespace {

struct Loaded {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<Pkcs11Module>> by_path;
};

/// Never destroyed: signers may outlive everything that has a destructor.
Loaded& loaded() {
  static auto* const all = new Loaded;
  return *all;
}

constexpr unsigned long serial_session = 4;     // CKF_SERIAL_SESSION
constexpr unsigned long session_count = 0xB1;  // CKR_SESSION_COUNT

/// A library and its functions; no functions where it is none of PKCS #11, and then why.
struct Opened {
  void* library = nullptr;
  const Pkcs11Functions* functions = nullptr;
  std::string obstacle;
};

/// libp11 would find the same obstacles, and print them on the standard error.
Opened open_library(const std::string& path) {
  Opened opened;
  opened.library = path.empty() ? nullptr : ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (opened.library == nullptr) {
    const char* const reason = path.empty() ? nullptr : ::dlerror();
    opened.obstacle = reason != nullptr ? reason : "no path was given";
    return opened;
  }
  using GetFunctions = unsigned long (*)(const Pkcs11Functions**);
  const auto get = reinterpret_cast<GetFunctions>(::dlsym(opened.library, "C_GetFunctionList"));
  if (get == nullptr || get(&opened.functions) != 0 || opened.functions == nullptr) {
    opened.functions = nullptr;
    opened.obstacle = "it has no function C_GetFunctionList";
  }
  return opened;
}

Error not_loaded(const std::string& path, const std::string& why) {
  return {.code = ErrorCode::not_found,
          .message = "the PKCS #11 module cannot be loaded (" + why +
                     "); give the path of the vendor's library, such as /usr/lib/softhsm/libsofthsm2.so",
          .source = path};
}

}  // namespace

Pkcs11Failure last_pkcs11_failure() {
  const unsigned long error = ERR_peek_last_error();
  Pkcs11Failure failure;
  if (error != 0 && ERR_GET_LIB(error) == ERR_get_CKR_code()) failure.code = static_cast<unsigned long>(ERR_GET_REASON(error));
  const char* const reason = ERR_reason_error_string(error);
  failure.text = reason != nullptr ? reason : "no reason given";
  ERR_clear_error();
  return failure;
}

Result<std::shared_ptr<Pkcs11Module>> Pkcs11Module::load(const std::string& path) {
  const std::scoped_lock lock(loaded().mutex);
  std::weak_ptr<Pkcs11Module>& known = loaded().by_path[path];
  if (auto module = known.lock()) return module;
  const std::shared_ptr<Pkcs11Module> module(new Pkcs11Module);
  const Opened opened = open_library(path);
  module->path_ = path;
  module->library_ = opened.library;
  module->functions_ = opened.functions;
  if (opened.functions == nullptr) return not_loaded(path, opened.obstacle);
  module->context_ = PKCS11_CTX_new();
  module->loaded_ = module->context_ != nullptr && PKCS11_CTX_load(module->context_, path.c_str()) == 0;
  if (!module->loaded_) return not_loaded(path, last_pkcs11_failure().text);
  if (PKCS11_enumerate_slots(module->context_, &module->slots_, &module->slot_count_) != 0) {
    return Error{.code = ErrorCode::unreachable,
                 .message = "the PKCS #11 module does not list its slots: " + last_pkcs11_failure().text,
                 .source = path,
                 .retryable = true};
  }
  known = module;
  return module;
}

Pkcs11Module::~Pkcs11Module() {
  if (slots_ != nullptr) PKCS11_release_all_slots(context_, slots_, slot_count_);
  if (loaded_) PKCS11_CTX_unload(context_);
  if (context_ != nullptr) PKCS11_CTX_free(context_);
  if (library_ != nullptr) ::dlclose(library_);
}

Result<void> Pkcs11Module::reach(PKCS11_slot_st& slot, bool has_session) const {
  unsigned long session = 0;
  const unsigned long code = functions_->open_session(PKCS11_get_slotid_from_slot(&slot), serial_session, nullptr, nullptr, &session);
  if (code == 0) functions_->close_session(session);
  if (code == 0 || (code == session_count && has_session)) return {};
  return Error{.code = ErrorCode::unreachable,
               .message = "the token does not answer (PKCS #11 error " + std::to_string(code) + "); plug it in, and open the key anew",
               .source = path_,
               .retryable = true};
}

Result<PKCS11_slot_st*> Pkcs11Module::slot_of(const std::string& token) const {
  PKCS11_SLOT* found = nullptr;
  std::vector<std::string> labels;
  for (unsigned i = 0; i < slot_count_; ++i) {
    const PKCS11_TOKEN* const there = slots_[i].token;
    if (there == nullptr || there->initialized == 0 || there->label == nullptr) continue;
    labels.emplace_back(there->label);
    if (there->label != token) continue;
    if (found != nullptr) {
      return Error{.code = ErrorCode::invalid_argument,
                   .message = "two tokens are called \"" + token + "\"; take one of them away",
                   .source = path_};
    }
    found = &slots_[i];
  }
  if (found != nullptr) return found;
  const std::string others = labels.empty() ? "no token is there" : "there are: " + text::join(labels, ", ");
  return Error{.code = ErrorCode::unreachable,
               .message = "there is no token \"" + token + "\"; is it plugged in? (" + others + ")",
               .source = path_,
               .retryable = true};
}

}  // namespace greenlane::crypto
