// The keys of an enterprise: the folder `keys` of its home, with private keys as files and an index of what each key is for.
//
// The index is a greenlane.keys/1, the format in which an authority publishes the keys that it knows. Nothing here reads a clock:
// the caller says what time it is.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/export.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane {

/// What a key may sign. The names are spelled as in documents.
enum class KeyUse : int { criteria = 1, submission = 2, warning = 3, receipt = 4, checkpoint = 5 };
GREENLANE_EXPORT std::string_view to_string(KeyUse use) noexcept;
GREENLANE_EXPORT std::optional<KeyUse> key_use(std::string_view name) noexcept;

/// A key of the index. Plain data: copy freely, any thread.
struct KeyInfo {
  std::string id;  ///< SHA-256 over public_key.der, 64 hexadecimal digits
  PublicKeyInfo public_key;
  std::string owner;  ///< code of the enterprise or authority
  std::vector<KeyUse> uses;
  std::chrono::sys_seconds not_before;
  std::chrono::sys_seconds not_after;
  std::optional<std::chrono::sys_seconds> revoked_at;      ///< no longer used from then on; what it signed before holds
  std::optional<std::chrono::sys_seconds> compromised_at;  ///< others may have it since
  bool has_private = false;                                ///< the private key lies in the folder
};

/// A greenlane.keys/1 with these keys. Error: invalid_key.
GREENLANE_EXPORT Result<std::string> keys_json(const std::vector<KeyInfo>& keys);

/// What is said of a key that is made or brought in.
struct KeyTerms {
  std::string owner = {};         ///< "": the owner of the newest key of the index
  std::vector<KeyUse> uses = {};  ///< none: submission
  std::optional<std::chrono::sys_seconds> not_before = std::nullopt;  ///< by default now
  std::optional<std::chrono::sys_seconds> not_after = std::nullopt;   ///< by default two years (730 days) after not_before
};

enum class KeyForm { pem, der };

/// The folder `keys` of a home. Every change is durable when the call returns, and whole or not there after a loss of power; a
/// second process that changes it at the same time gets a retryable error. One thread.
class GREENLANE_EXPORT KeyStore {
 public:
  /// Errors: not_found, where `home` has no keys; invalid_json, invalid_document, invalid_key, where the index is damaged.
  static Result<KeyStore> open(const std::string& home);
  KeyStore(KeyStore&&) noexcept;
  KeyStore& operator=(KeyStore&&) noexcept;
  ~KeyStore();

  /// In the order of the index, oldest first.
  const std::vector<KeyInfo>& keys() const noexcept;
  /// By its id, or at least 8 digits that only one id begins with. Error: not_found, invalid_argument.
  Result<KeyInfo> find(std::string_view id) const;

  /// Makes a key pair. `sm2_user_id` is for SM2 only, by default sm2_default_user_id.
  Result<KeyInfo> make(SignatureAlgorithm algorithm, std::string_view sm2_user_id, const KeyTerms& terms, std::chrono::sys_seconds now);
  /// Takes in a key in PEM or DER: a private one (PKCS #8), or a public one (SubjectPublicKeyInfo) of a key that is kept
  /// elsewhere. The private key of a public one that is there comes to it, whose terms stay. Errors: invalid_key; invalid_argument,
  /// where it is there already.
  Result<KeyInfo> import_key(std::string_view bytes, std::string_view sm2_user_id, const KeyTerms& terms, std::chrono::sys_seconds now);

  /// The same from a file, of which no copy stays in memory.
  Result<KeyInfo> import_file(const std::string& path, std::string_view sm2_user_id, const KeyTerms& terms, std::chrono::sys_seconds now);

  Result<std::string> export_public(std::string_view id, KeyForm form) const;
  /// Writes the private key (PKCS #8, not encrypted) into a new file with mode 0600. Errors: not_found, where the folder has the
  /// public key only; invalid_argument, where there is anything at `path`; io.
  Result<void> export_private(std::string_view id, KeyForm form, const std::string& path) const;

  /// Makes a key of the same algorithm, owner and uses, valid from `now` for as long as the old one was, and ends the old one at
  /// `old_ends`, so that both hold between the two. `replacement`: where hardware makes the new key, its public key (PEM or DER).
  /// The new one is returned.
  Result<KeyInfo> rotate(std::string_view id, std::chrono::sys_seconds now, std::chrono::sys_seconds old_ends,
                         std::string_view replacement = {});
  /// From `now` on the key is not used. A second revocation may only add `compromised_at`, which is not after `now`, or set it
  /// earlier.
  Result<KeyInfo> revoke(std::string_view id, std::chrono::sys_seconds now,
                         std::optional<std::chrono::sys_seconds> compromised_at = std::nullopt);

  /// Signs with the private key of that id. Errors: not_found; invalid_key, where it is revoked, the file is damaged or others may
  /// read it.
  Result<std::unique_ptr<Signer>> signer(std::string_view id) const;
  /// The newest key that may be used for `use` at `at` and has its private key here. Error: not_found.
  Result<KeyInfo> usable(KeyUse use, std::chrono::sys_seconds at) const;

 private:
  struct State;
  explicit KeyStore(std::unique_ptr<State> state);
  friend GREENLANE_EXPORT Result<KeyInfo> create_key_store(const std::string&, SignatureAlgorithm, std::string_view, const KeyTerms&,
                                                           std::chrono::sys_seconds);
  std::unique_ptr<State> state_;
};

/// Makes the folder `keys` (0700) in `home`, which must exist, with a first key of `terms.owner`, which must be said. Errors:
/// not_found, where there is no such home; invalid_argument, where there are keys already; io.
GREENLANE_EXPORT Result<KeyInfo> create_key_store(const std::string& home, SignatureAlgorithm algorithm, std::string_view sm2_user_id,
                                                  const KeyTerms& terms, std::chrono::sys_seconds now);

}  // namespace greenlane
