#include "trust/key_ring.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/base64.h"
#include "base/utc_time.h"
#include "greenlane/signer.h"
#include "trust/note.h"
#include "trust/object_reader.h"

namespace greenlane::trust {
namespace {

constexpr std::string_view format = "greenlane.keys/1";
constexpr std::size_t max_keys = 1'000;
constexpr std::size_t max_keys_bytes = std::size_t{2} << 20;
constexpr std::size_t max_pem_bytes = 4'096;
constexpr std::size_t max_owner_bytes = 64;
constexpr std::size_t max_user_id_bytes = 64;

constexpr std::size_t max_uses = 5;

bool all_within(std::string_view text, char first, char last) {
  return std::all_of(text.begin(), text.end(), [&](char c) { return c >= first && c <= last; });
}

bool is_code(std::string_view text) { return all_within(text, '!', '~'); }
bool is_printable(std::string_view text) { return all_within(text, ' ', '~'); }
bool is_format(std::string_view text) { return text == format; }
bool is_moment(std::string_view text) { return parse_utc(text).has_value(); }
bool is_algorithm(std::string_view text) { return signature_algorithm(text).has_value(); }
bool is_origin(std::string_view text) { return is_note_name(text); }

bool is_key_id(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// One block and nothing around it, of which a reader of PEM could take another part, and base64 in its one spelling.
bool is_one_public_key(std::string_view text) {
  constexpr std::string_view first = "-----BEGIN PUBLIC KEY-----\n", last = "\n-----END PUBLIC KEY-----";
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (!text.starts_with(first) || !text.ends_with(last) || text.size() <= first.size() + last.size()) return false;
  std::string body(text.substr(first.size(), text.size() - first.size() - last.size()));
  std::erase(body, '\n');
  return decode_base64(body).has_value();
}

std::chrono::sys_seconds moment(ObjectReader& object, std::string_view name) {
  const auto time = parse_utc(object.text(name, 20, is_moment, "a moment in UTC such as \"2026-01-31T23:59:59Z\""));
  return time.value_or(std::chrono::sys_seconds{});
}

std::optional<std::chrono::sys_seconds> moment_if_any(ObjectReader& object, std::string_view name) {
  if (object.optional(name) == nullptr) return std::nullopt;
  return moment(object, name);
}

std::vector<KeyUse> uses_of(ObjectReader& object) {
  std::vector<KeyUse> uses;
  const json::Array* names = object.array("use", max_uses);
  if (names == nullptr) return uses;
  if (names->empty()) object.refuse(object.at("use"), "a key has at least one use");
  for (std::size_t i = 0; i < names->size(); ++i) {
    const json::Value& name = (*names)[i];
    const auto use = key_use(name.is_string() ? std::string_view(name.string()) : std::string_view());
    const std::string at = json::pointer_child(object.at("use"), i);
    if (!use) {
      object.refuse(at, "criteria, submission, warning, receipt or checkpoint is expected");
      return uses;
    }
    const bool twice = std::find(uses.begin(), uses.end(), *use) != uses.end();
    if (twice) object.refuse(at, "the use " + quoted(name.string()) + " stands there twice");
    uses.push_back(*use);
  }
  return uses;
}

/// The key of a record, whose id has to be its own.
Result<crypto::PublicKey> key_of(ObjectReader& object) {
  const std::string_view id = object.text("key_id", 64, is_key_id, "64 hexadecimal digits in lower case");
  const std::string_view name = object.text("algorithm", 64, is_algorithm, "ed25519, ecdsa_p256_sha256 or sm2_sm3");
  const std::string_view pem = object.text("public_key", max_pem_bytes, is_one_public_key,
                                           "one PEM block \"PUBLIC KEY\" in strict base64 without anything around it");
  std::string_view user_id;
  if (object.problem()) return *object.problem();
  const SignatureAlgorithm algorithm = *signature_algorithm(name);
  if (algorithm == SignatureAlgorithm::sm2_sm3) {
    user_id = object.text("sm2_user_id", max_user_id_bytes, is_printable, "the user id, 1 to 64 printable ASCII characters,");
  } else if (object.optional("sm2_user_id") != nullptr) {
    object.refuse(object.at("sm2_user_id"), "a user id belongs to SM2 keys only");
  }
  if (object.problem()) return *object.problem();
  auto key = crypto::PublicKey::from_pem(pem, crypto::scheme_of(algorithm), user_id);
  if (!key.ok()) {
    Error error = std::move(key).error();
    error.pointer = object.at("public_key");
    return error;
  }
  if (key->id() != id) {
    return Error{.code = ErrorCode::invalid_key,
                 .message = "the id of this key is " + key->id() + ", not " + std::string(id),
                 .pointer = object.at("key_id")};
  }
  return key;
}

Result<KeyRecord> record_of(const json::Value& value, std::string pointer) {
  ObjectReader object(value, std::move(pointer));
  object.allow_only({"key_id", "algorithm", "public_key", "sm2_user_id", "owner", "use", "not_before", "not_after", "revoked_at",
                     "compromised_at"});
  auto key = key_of(object);
  if (!key.ok()) return std::move(key).error();
  KeyRecord record{.key = *std::move(key),
                   .owner = std::string(object.text("owner", max_owner_bytes, is_code,
                                                    "a code of 1 to 64 ASCII characters without blanks")),
                   .uses = uses_of(object),
                   .not_before = moment(object, "not_before"),
                   .not_after = moment(object, "not_after"),
                   .revoked_at = moment_if_any(object, "revoked_at"),
                   .compromised_at = moment_if_any(object, "compromised_at")};
  if (record.not_before > record.not_after) object.refuse(object.at("not_after"), "the key ends before it begins");
  if (object.problem()) return *object.problem();
  return record;
}

json::Value json_of(const KeyRecord& record) {
  json::Array uses;
  for (const KeyUse use : record.uses) uses.emplace_back(to_string(use));
  json::Object object;
  const auto add = [&](std::string name, json::Value value) { object.push_back({std::move(name), std::move(value)}); };
  add("key_id", record.key.id());
  add("algorithm", algorithm_name(record.key.scheme()));
  add("public_key", record.key.pem());
  if (!record.key.sm2_user_id().empty()) add("sm2_user_id", record.key.sm2_user_id());
  add("owner", record.owner);
  add("use", std::move(uses));
  add("not_before", utc_text(record.not_before));
  add("not_after", utc_text(record.not_after));
  if (record.revoked_at) add("revoked_at", utc_text(*record.revoked_at));
  if (record.compromised_at) add("compromised_at", utc_text(*record.compromised_at));
  return object;
}

}  // namespace

std::string_view algorithm_name(crypto::Scheme scheme) noexcept {
  const auto algorithm = crypto::algorithm_of(scheme);
  return algorithm ? to_string(*algorithm) : std::string_view();
}

Result<KeyRing> KeyRing::read(std::string_view text) {
  json::Limits limits;
  limits.bytes = max_keys_bytes;
  const auto document = json::parse(text, limits);
  if (!document.ok()) return document.error();
  ObjectReader object(*document, "");
  object.allow_only({"format", "log_origin", "keys"});
  object.text("format", format.size(), is_format, "the format \"greenlane.keys/1\"");
  std::string origin;
  if (object.optional("log_origin") != nullptr) {
    origin = object.text("log_origin", max_note_name_bytes, is_origin, "a name of 1 to 255 ASCII characters without blanks and '+'");
  }
  const json::Array* keys = object.array("keys", max_keys);
  if (object.problem()) return *object.problem();
  std::vector<KeyRecord> records;
  records.reserve(keys->size());
  std::set<std::string, std::less<>> ids;
  for (std::size_t i = 0; i < keys->size(); ++i) {
    const std::string pointer = json::pointer_child("/keys", i);
    auto record = record_of((*keys)[i], pointer);
    if (!record.ok()) return std::move(record).error();
    if (!ids.insert(record->key.id()).second) {
      return Error{.code = ErrorCode::invalid_document,
                   .message = "the key " + record->key.id() + " stands there twice",
                   .pointer = json::pointer_child(pointer, "key_id")};
    }
    records.push_back(*std::move(record));
  }
  return KeyRing(std::move(records), std::move(origin));
}

std::vector<const KeyRecord*> KeyRing::usable(KeyUse use, std::string_view owner, std::chrono::sys_seconds at) const {
  std::vector<const KeyRecord*> found;
  for (const KeyRecord& record : records_) {
    const bool may = std::find(record.uses.begin(), record.uses.end(), use) != record.uses.end() &&
                     (owner.empty() || owner == record.owner);
    const bool then = record.not_before <= at && at <= record.not_after && !(record.revoked_at && *record.revoked_at <= at) &&
                      !(record.compromised_at && *record.compromised_at <= at);
    if (may && then) found.push_back(&record);
  }
  return found;
}

std::string KeyRing::to_json() const {
  json::Object document{{"format", format}};
  if (!log_origin_.empty()) document.push_back({"log_origin", log_origin_});
  json::Array keys;
  for (const KeyRecord& record : records_) keys.push_back(json_of(record));
  document.push_back({"keys", std::move(keys)});
  return json::pretty(document) + '\n';
}

}  // namespace greenlane::trust
