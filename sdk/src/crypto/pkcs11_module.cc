#include "crypto/pkcs11_module.h"

#include <dlfcn.h>
#include <libp11.h>
#include <openssl/err.h>

#include <map>
#include <vector>

#include "base/text.h"

namespace greenlane::crypto {
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

/// Why the library cannot be one of PKCS #11, or "". libp11 would find that too, and print it on the standard error.
std::string obstacle(const std::string& path) {
  void* const library = path.empty() ? nullptr : ::dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr) {
    const char* const reason = path.empty() ? nullptr : ::dlerror();
    return reason != nullptr ? reason : "no path was given";
  }
  const bool fits = ::dlsym(library, "C_GetFunctionList") != nullptr;
  ::dlclose(library);
  return fits ? "" : "it has no function C_GetFunctionList";
}

Error not_loaded(const std::string& path, const std::string& why) {
  return {.code = ErrorCode::not_found,
          .message = "the PKCS #11 module cannot be loaded (" + why + "); give the path of the vendor's library, such as /usr/lib/softhsm/libsofthsm2.so",
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
  if (const std::string why = obstacle(path); !why.empty()) return not_loaded(path, why);
  const std::shared_ptr<Pkcs11Module> module(new Pkcs11Module);
  module->path_ = path;
  module->context_ = PKCS11_CTX_new();
  module->loaded_ = module->context_ != nullptr && PKCS11_CTX_load(module->context_, path.c_str()) == 0;
  if (!module->loaded_) return not_loaded(path, last_pkcs11_failure().text);
  if (PKCS11_enumerate_slots(module->context_, &module->slots_, &module->slot_count_) != 0) {
    return Error{.code = ErrorCode::unreachable, .message = "the PKCS #11 module does not list its slots: " + last_pkcs11_failure().text, .source = path, .retryable = true};
  }
  known = module;
  return module;
}

Pkcs11Module::~Pkcs11Module() {
  if (slots_ != nullptr) PKCS11_release_all_slots(context_, slots_, slot_count_);
  if (loaded_) PKCS11_CTX_unload(context_);
  if (context_ != nullptr) PKCS11_CTX_free(context_);
}

Result<PKCS11_slot_st*> Pkcs11Module::slot_of(const std::string& token) const {
  PKCS11_SLOT* found = nullptr;
  std::vector<std::string> labels;
  for (unsigned i = 0; i < slot_count_; ++i) {
    const PKCS11_TOKEN* const there = slots_[i].token;
    if (there == nullptr || there->initialized == 0 || there->label == nullptr) continue;
    labels.emplace_back(there->label);
    if (there->label != token) continue;
    if (found != nullptr) return Error{.code = ErrorCode::invalid_argument, .message = "two tokens are called \"" + token + "\"; take one of them away", .source = path_};
    found = &slots_[i];
  }
  if (found != nullptr) return found;
  const std::string others = labels.empty() ? "no token is there" : "there are: " + text::join(labels, ", ");
  return Error{.code = ErrorCode::unreachable, .message = "there is no token \"" + token + "\"; is it plugged in? (" + others + ")", .source = path_, .retryable = true};
}

}  // namespace greenlane::crypto
