// Vendors' PKCS #11 libraries, loaded through libp11.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "greenlane/result.h"

struct PKCS11_ctx_st;
struct PKCS11_slot_st;

namespace greenlane::crypto {

struct Pkcs11Functions;

/// A loaded library with the slots that it had when it was loaded. All signers of one library share it, since unloading it would
/// end the sessions of all of them. Any thread.
class Pkcs11Module {
 public:
  /// Error: not_found, where there is no such library or it is none of PKCS #11.
  static Result<std::shared_ptr<Pkcs11Module>> load(const std::string& path);
  ~Pkcs11Module();
  Pkcs11Module(const Pkcs11Module&) = delete;
  Pkcs11Module& operator=(const Pkcs11Module&) = delete;

  /// The slot with the only token of that label. Errors: unreachable, invalid_argument.
  Result<PKCS11_slot_st*> slot_of(const std::string& token) const;
  PKCS11_ctx_st* context() const noexcept { return context_; }
  /// Whether the token in `slot` opens a session. libp11 before 0.4.14 waits for ever for one that cannot be opened, so that this is
  /// asked first. `has_session`: one is open already, so that it need not be another. Error: unreachable.
  Result<void> reach(PKCS11_slot_st& slot, bool has_session) const;
  /// Held while something is asked of the library.
  std::mutex& mutex() noexcept { return mutex_; }

 private:
  Pkcs11Module() = default;
  PKCS11_ctx_st* context_ = nullptr;
  PKCS11_slot_st* slots_ = nullptr;
  unsigned slot_count_ = 0;
  bool loaded_ = false;
  void* library_ = nullptr;  ///< of dlopen()
  const Pkcs11Functions* functions_ = nullptr;
  std::string path_;
  std::mutex mutex_;
};

/// The last error that PKCS #11 or libp11 has reported, which is taken from OpenSSL's list.
struct Pkcs11Failure {
  unsigned long code = 0;  ///< CKR_... of PKCS #11, or 0
  std::string text;
};
Pkcs11Failure last_pkcs11_failure();

}  // namespace greenlane::crypto
