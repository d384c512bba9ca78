#include <algorithm>
#include <utility>

#include "base/utc_time.h"
#include "client/key_file.h"
#include "client/key_index.h"
#include "crypto/pem.h"
#include "crypto/private_key.h"
#include "greenlane/keys.h"

namespace greenlane {
namespace {

using client::KeyIndex;
using crypto::PrivateKey;
using std::chrono::sys_seconds;
using trust::KeyRecord;

constexpr std::chrono::days default_validity{730};
constexpr std::size_t least_id_digits = 8;

Error wrong(std::string message) { return {.code = ErrorCode::invalid_argument, .message = std::move(message)}; }

Error is_revoked(const KeyRecord& record) {
  return wrong("the key " + record.key.id() + " is revoked; make another with `greenlane keys new`");
}

/// A key with the terms that were said and the defaults for the others.
Result<KeyRecord> record_with(const PublicKeyInfo& key, const KeyTerms& terms, const std::vector<KeyRecord>& others, sys_seconds now) {
  auto decoded = crypto::PublicKey::from_info(key);
  if (!decoded.ok()) return decoded.error();
  KeyRecord record{.key = *std::move(decoded),
                   .owner = terms.owner,
                   .uses = terms.uses,
                   .not_before = terms.not_before.value_or(now),
                   .not_after = {},
                   .revoked_at = {},
                   .compromised_at = {}};
  record.not_after = terms.not_after.value_or(record.not_before + default_validity);
  if (record.owner.empty() && !others.empty()) record.owner = others.back().owner;
  if (record.owner.empty()) return wrong("say whose key it is: the code of the enterprise");
  if (record.uses.empty()) record.uses = {KeyUse::submission};
  if (record.not_after < record.not_before) return wrong("the key would end before it begins");
  return record;
}

/// Where the only key is whose id begins with `id`.
Result<std::size_t> position_of(const std::vector<KeyRecord>& records, std::string_view id) {
  if (id.size() < least_id_digits) return wrong("the id of a key has 64 digits; at least the first 8 are needed");
  std::optional<std::size_t> only;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (!records[i].key.id().starts_with(id)) continue;
    if (only) return wrong("the ids of several keys begin with " + std::string(id) + "; give more digits");
    only = i;
  }
  if (!only) {
    return Error{.code = ErrorCode::not_found,
                 .message = "there is no key " + std::string(id) + "; `greenlane keys list` shows what there is"};
  }
  return *only;
}

/// A key that was given in bytes; the private one where there is one.
struct GivenKey {
  PublicKeyInfo info;
  std::optional<PrivateKey> own;
};

Result<GivenKey> given_public_key(std::string_view bytes, std::string_view sm2_user_id) {
  auto info = read_public_key(bytes, sm2_user_id);
  if (!info.ok()) return info.error();
  return GivenKey{*std::move(info), std::nullopt};
}

Result<GivenKey> given_key(std::string_view bytes, std::string_view sm2_user_id) {
  const bool pem = crypto::looks_like_pem(bytes);
  if (!pem || bytes.find("PRIVATE KEY-----") != std::string_view::npos) {
    auto own = pem ? PrivateKey::from_pem(bytes, sm2_user_id) : PrivateKey::from_der(bytes, sm2_user_id);
    if (own.ok()) {
      PublicKeyInfo info = own->public_key();
      return GivenKey{std::move(info), *std::move(own)};
    }
    if (pem) return own.error();
  }
  auto known = given_public_key(bytes, sm2_user_id);
  if (!known.ok() && !pem) {
    known.error().message =
        "neither a private key (PKCS #8, not encrypted) nor a public one (SubjectPublicKeyInfo) of Ed25519, ECDSA P-256 or SM2; "
        "older forms are converted with `openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW`";
  }
  return known;
}

/// Writes the private key, unless a stopped process has done so before it came to the index.
Result<void> keep(const KeyIndex& index, const PrivateKey& key, const std::string& id) {
  const std::string path = index.key_file(id);
  const crypto::Secret pem(key.pem());
  auto written = client::write_key_file(path, pem.bytes());
  if (written.ok() || written.error().code != ErrorCode::invalid_argument) return written;
  const auto there = key_file_signer(path, key.public_key().sm2_user_id);
  if (!there.ok()) return there.error();
  return (*there)->public_key().der == key.public_key().der ? Result<void>() : written;
}

/// Puts a key among the records, and says its id. The public key of a key that comes in private may be there.
Result<std::string> put(const GivenKey& key, const KeyTerms& terms, sys_seconds now, const KeyIndex& index,
                        std::vector<KeyRecord>& records) {
  auto record = record_with(key.info, terms, records, now);
  if (!record.ok()) return record.error();
  const std::string id = record->key.id();
  const auto same = std::find_if(records.begin(), records.end(), [&](const KeyRecord& other) { return other.key.id() == id; });
  if (same == records.end()) {
    records.push_back(*std::move(record));
  } else if (!key.own || info_of(*same, index).has_private) {
    return wrong("the key " + id + " is there already");
  } else if (same->key.sm2_user_id() != record->key.sm2_user_id()) {
    return wrong("the key " + id + " is there with another user id");
  }
  return id;
}

Result<GivenKey> new_key(SignatureAlgorithm algorithm, std::string_view sm2_user_id) {
  auto made = PrivateKey::generate(algorithm, sm2_user_id);
  if (!made.ok()) return made.error();
  PublicKeyInfo info = made->public_key();
  return GivenKey{std::move(info), *std::move(made)};
}

}  // namespace

Result<std::string> keys_json(const std::vector<KeyInfo>& keys) {
  std::vector<KeyRecord> records;
  for (const KeyInfo& info : keys) {
    auto key = crypto::PublicKey::from_info(info.public_key);
    if (!key.ok()) return key.error();
    records.push_back({*std::move(key), info.owner, info.uses, info.not_before, info.not_after, info.revoked_at, info.compromised_at});
  }
  return trust::KeyRing(std::move(records)).to_json();
}

struct KeyStore::State {
  KeyIndex index;
  std::vector<KeyInfo> keys = {};

  explicit State(KeyIndex opened) : index(std::move(opened)) { show(); }

  void show() {
    keys.clear();
    for (const KeyRecord& record : index.records()) keys.push_back(info_of(record, index));
  }

  /// Changes the index, and puts the private key of `key`, if any, beside it; `change` says the id of the key that is shown.
  template <typename Change>
  Result<KeyInfo> change(const GivenKey* key, const Change& change) {
    std::string id;
    const auto changed = index.change(
        [&](std::vector<KeyRecord>& records) -> Result<void> {
          auto made = change(records);
          if (!made.ok()) return made.error();
          id = *std::move(made);
          return {};
        },
        [&] { return key != nullptr && key->own ? keep(index, *key->own, id) : Result<void>(); });
    if (!changed.ok()) return changed.error();
    show();
    return keys[*position_of(index.records(), id)];
  }

  Result<KeyInfo> add(const Result<GivenKey>& key, const KeyTerms& terms, sys_seconds now) {
    if (!key.ok()) return key.error();
    return change(&*key, [&](std::vector<KeyRecord>& records) { return put(*key, terms, now, index, records); });
  }
};

KeyStore::KeyStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
KeyStore::KeyStore(KeyStore&&) noexcept = default;
KeyStore& KeyStore::operator=(KeyStore&&) noexcept = default;
KeyStore::~KeyStore() = default;

Result<KeyStore> KeyStore::open(const std::string& home) {
  auto index = KeyIndex::open(home);
  if (!index.ok()) return index.error();
  return KeyStore(std::make_unique<State>(*std::move(index)));
}

const std::vector<KeyInfo>& KeyStore::keys() const noexcept { return state_->keys; }

Result<KeyInfo> KeyStore::find(std::string_view id) const {
  const auto position = position_of(state_->index.records(), id);
  if (!position.ok()) return position.error();
  return state_->keys[*position];
}

Result<KeyInfo> KeyStore::make(SignatureAlgorithm algorithm, std::string_view sm2_user_id, const KeyTerms& terms, sys_seconds now) {
  return state_->add(new_key(algorithm, sm2_user_id), terms, now);
}

Result<KeyInfo> KeyStore::import_key(std::string_view bytes, std::string_view sm2_user_id, const KeyTerms& terms, sys_seconds now) {
  return state_->add(given_key(bytes, sm2_user_id), terms, now);
}

Result<KeyInfo> KeyStore::import_file(const std::string& path, std::string_view sm2_user_id, const KeyTerms& terms, sys_seconds now) {
  const auto bytes = client::read_secret(path);
  if (!bytes.ok()) return bytes.error();
  auto key = import_key(bytes->bytes(), sm2_user_id, terms, now);
  if (!key.ok() && key.error().source.empty()) key.error().source = path;
  return key;
}

Result<std::string> KeyStore::export_public(std::string_view id, KeyForm form) const {
  const auto key = find(id);
  if (!key.ok()) return key.error();
  return form == KeyForm::der ? key->public_key.der : crypto::to_pem(key->public_key.der, "PUBLIC KEY");
}

Result<void> KeyStore::export_private(std::string_view id, KeyForm form, const std::string& path) const {
  const auto key = find(id);
  if (!key.ok()) return key.error();
  if (!key->has_private) {
    return Error{.code = ErrorCode::not_found,
                 .message = "the private key of " + key->id + " is not here; it was imported as a public key"};
  }
  const auto pem = client::read_key_file(state_->index.key_file(key->id));
  if (!pem.ok()) return pem.error();
  const auto own = PrivateKey::from_pem(pem->bytes(), key->public_key.sm2_user_id);
  if (!own.ok()) return own.error();
  const crypto::Secret bytes = form == KeyForm::pem ? crypto::Secret(own->pem()) : own->der();
  return client::write_key_file(path, bytes.bytes());
}

Result<KeyInfo> KeyStore::rotate(std::string_view id, sys_seconds now, sys_seconds old_ends, std::string_view replacement) {
  if (old_ends < now) return wrong("the old key would have ended already; revoke it instead");
  const auto shown = find(id);
  if (!shown.ok()) return shown.error();
  if (replacement.empty() && !shown->has_private) {
    return wrong("the private key is kept elsewhere; make the new one there, and give its public key");
  }
  const PublicKeyInfo& kind = shown->public_key;
  const auto key = replacement.empty() ? new_key(kind.algorithm, kind.sm2_user_id) : given_public_key(replacement, kind.sm2_user_id);
  if (!key.ok()) return key.error();
  if (key->info.algorithm != kind.algorithm) return wrong("the new key is of another algorithm than the old one");
  return state_->change(&*key, [&](std::vector<KeyRecord>& records) -> Result<std::string> {
    const auto position = position_of(records, shown->id);
    if (!position.ok()) return position.error();
    const KeyRecord old = records[*position];
    if (old.revoked_at || old.compromised_at) return is_revoked(old);
    records[*position].not_after = std::min(old.not_after, old_ends);
    return put(*key, {.owner = old.owner, .uses = old.uses, .not_before = now, .not_after = now + (old.not_after - old.not_before)}, now,
               state_->index, records);
  });
}

Result<KeyInfo> KeyStore::revoke(std::string_view id, sys_seconds now, std::optional<sys_seconds> compromised_at) {
  if (compromised_at && *compromised_at > now) return wrong("a key cannot be known to be compromised in the future");
  return state_->change(nullptr, [&](std::vector<KeyRecord>& records) -> Result<std::string> {
    const auto position = position_of(records, id);
    if (!position.ok()) return position.error();
    KeyRecord& record = records[*position];
    const bool tells_more = compromised_at && (!record.compromised_at || *compromised_at < *record.compromised_at);
    if (record.revoked_at && !tells_more) return is_revoked(record);
    if (!record.revoked_at) record.revoked_at = now;
    if (tells_more) record.compromised_at = compromised_at;
    return record.key.id();
  });
}

Result<std::unique_ptr<Signer>> KeyStore::signer(std::string_view id) const {
  const auto position = position_of(state_->index.records(), id);
  if (!position.ok()) return position.error();
  const KeyRecord& record = state_->index.records()[*position];
  if (record.revoked_at || record.compromised_at) {
    Error error = is_revoked(record);
    error.code = ErrorCode::invalid_key;
    return error;
  }
  const std::string path = state_->index.key_file(record.key.id());
  auto signer = key_file_signer(path, record.key.sm2_user_id());
  if (signer.ok() && (*signer)->public_key().der != record.key.der()) {
    return Error{.code = ErrorCode::invalid_key, .message = "the file holds another key than its name says", .source = path};
  }
  return signer;
}

Result<KeyInfo> KeyStore::usable(KeyUse use, sys_seconds at) const {
  const KeyInfo* newest = nullptr;
  const trust::KeyRing ring(state_->index.records());
  for (const KeyRecord* record : ring.usable(use, "", at)) {
    const KeyInfo& key = state_->keys[*position_of(state_->index.records(), record->key.id())];
    if (key.has_private && (newest == nullptr || key.not_before >= newest->not_before)) newest = &key;
  }
  if (newest != nullptr) return *newest;
  return Error{.code = ErrorCode::not_found,
               .message = "there is no key for the use " + std::string(to_string(use)) + " at " + utc_text(at) +
                          "; make one with `greenlane keys new`"};
}

Result<KeyInfo> create_key_store(const std::string& home, SignatureAlgorithm algorithm, std::string_view sm2_user_id, const KeyTerms& terms,
                                 sys_seconds now) {
  auto index = KeyIndex::create(home);
  if (!index.ok()) return index.error();
  return KeyStore::State(*std::move(index)).add(new_key(algorithm, sm2_user_id), terms, now);
}

}  // namespace greenlane
