#include "trust/envelope.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "base/base64.h"
#include "base/json.h"
#include "base/utc_time.h"
#include "trust/checked_signature.h"
#include "trust/object_reader.h"

namespace greenlane::trust {
namespace {

struct Signature {
  std::string key_id;  ///< nobody has signed it
  std::string bytes;
};

struct Envelope {
  Payload payload;
  std::vector<Signature> signatures;
};

Error not_trusted(std::string message) { return {.code = ErrorCode::not_trusted, .message = std::move(message)}; }

Result<std::string> base64_member(const json::Value& object, std::string_view name, const std::string& pointer) {
  const json::Value* member = object.find(name);
  const std::string at = json::pointer_child(pointer, name);
  if (member == nullptr || !member->is_string()) {
    return Error{.code = ErrorCode::invalid_document,
                 .message = "no envelope: a text in base64 is expected as " + quoted(name),
                 .pointer = at};
  }
  auto bytes = decode_base64(member->string(), Base64::either);
  if (bytes) return *std::move(bytes);
  return Error{.code = ErrorCode::invalid_encoding,
               .message = "no base64 as RFC 4648 writes it: padded, without white space, unused bits zero",
               .pointer = at};
}

Result<Signature> read_signature(const json::Value& value, const std::string& pointer) {
  Signature signature;
  const json::Value* key_id = value.find("keyid");
  if (key_id != nullptr && !key_id->is_string()) {
    return Error{.code = ErrorCode::invalid_document, .message = "a key id is a text", .pointer = json::pointer_child(pointer, "keyid")};
  }
  if (key_id != nullptr) signature.key_id = key_id->string();
  auto bytes = base64_member(value, "sig", pointer);
  if (!bytes.ok()) return std::move(bytes).error();
  signature.bytes = *std::move(bytes);
  return signature;
}

/// Members that are not known are passed over, as the specification says.
Result<Envelope> read_envelope(std::string_view text) {
  json::Limits limits;
  limits.bytes = max_envelope_bytes;
  const auto document = json::parse(text, limits);
  if (!document.ok()) return document.error();
  const json::Value* type = document->find("payloadType");
  const json::Value* list = document->find("signatures");
  if (type == nullptr || !type->is_string()) {
    return Error{.code = ErrorCode::invalid_document, .message = "no envelope: the text \"payloadType\" is missing"};
  }
  if (list == nullptr || !list->is_array()) {
    return Error{.code = ErrorCode::invalid_document, .message = "no envelope: the list \"signatures\" is missing"};
  }
  if (list->array().empty()) return not_trusted("the envelope has no signature");
  if (list->array().size() > max_envelope_signatures) {
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "the envelope has " + std::to_string(list->array().size()) + " signatures; at most 16 are taken",
                 .pointer = "/signatures"};
  }
  auto bytes = base64_member(*document, "payload", "");
  if (!bytes.ok()) return std::move(bytes).error();
  Envelope envelope{{type->string(), *std::move(bytes)}, {}};
  for (const json::Value& value : list->array()) {
    auto signature = read_signature(value, json::pointer_child("/signatures", envelope.signatures.size()));
    if (!signature.ok()) return std::move(signature).error();
    envelope.signatures.push_back(*std::move(signature));
  }
  return envelope;
}

/// Which of the keys have signed, until that is enough.
class Count {
 public:
  Count(const std::vector<const KeyRecord*>& keys, const EnvelopePolicy& policy, std::string_view message)
      : keys_(keys), policy_(policy), message_(message) {}

  /// Tries those keys first that the signatures name. Another id must not keep a good signature from being found.
  void try_all(const std::vector<Signature>& signatures) {
    for (const bool named : {true, false}) {
      for (const Signature& signature : signatures) {
        for (const KeyRecord* record : keys_) {
          if (is_enough() || exhausted_) return;
          if ((signature.key_id == record->key.id()) == named) try_one(record->key, signature);
        }
      }
    }
  }

  bool is_enough() const {
    const auto has_signed = [this](SignatureAlgorithm algorithm) { return schemes_.contains(crypto::scheme_of(algorithm)); };
    return ids_.size() >= policy_.threshold && std::all_of(policy_.each_of.begin(), policy_.each_of.end(), has_signed);
  }
  bool is_exhausted() const noexcept { return exhausted_; }
  const std::set<std::string>& ids() const noexcept { return ids_; }

 private:
  /// A key counts once, however many valid signatures there are of it: of ECDSA and SM2, anybody can make a second one of a first.
  void try_one(const crypto::PublicKey& key, const Signature& signature) {
    if (ids_.contains(key.id())) return;
    exhausted_ = tries_ == max_envelope_tries;
    if (exhausted_) return;
    ++tries_;
    if (!key.verify(message_, signature.bytes)) return;
    ids_.insert(key.id());
    schemes_.insert(key.scheme());
  }

  const std::vector<const KeyRecord*>& keys_;
  const EnvelopePolicy& policy_;
  std::string_view message_;
  std::set<std::string> ids_;
  std::set<crypto::Scheme> schemes_;
  std::size_t tries_ = 0;
  bool exhausted_ = false;
};

Error too_few(const Count& count, const EnvelopePolicy& policy, std::size_t usable) {
  if (count.is_exhausted()) {
    return {.code = ErrorCode::limit_exceeded,
            .message = "none of the first 1000 pairs of a key and a signature was enough; the envelope has to name its keys (keyid)"};
  }
  std::string may = "that may sign what is for \"" + std::string(to_string(policy.use)) + "\"";
  if (!policy.owner.empty()) may += " of " + policy.owner;
  may += " at " + utc_text(policy.at);
  if (usable == 0) return not_trusted("no key is known " + may + "; bring the list of keys up to date");
  std::string message = std::to_string(count.ids().size()) + " of the " + std::to_string(usable) + " keys " + may + " have signed; " +
                        std::to_string(policy.threshold) + " must have";
  if (!policy.each_of.empty()) message += ", among them one of each of";
  for (const SignatureAlgorithm algorithm : policy.each_of) message.append(" ").append(to_string(algorithm));
  return not_trusted(std::move(message));
}

}  // namespace

std::string pre_authentication_encoding(std::string_view type, std::string_view bytes) {
  std::string message = "DSSEv1 " + std::to_string(type.size()) + ' ';
  message.append(type).append(" ").append(std::to_string(bytes.size())).append(" ").append(bytes);
  return message;
}

Result<std::string> sign_envelope(const Payload& payload, const std::vector<Signer*>& signers) {
  const auto made = checked_signatures(pre_authentication_encoding(payload.type, payload.bytes), signers, max_envelope_signatures);
  if (!made.ok()) return made.error();
  json::Array signatures;
  for (const KeySignature& signature : *made) {
    signatures.push_back(json::Object{{"keyid", signature.key.id()}, {"sig", encode_base64(signature.bytes)}});
  }
  std::string envelope = json::compact(
      json::Object{{"payload", encode_base64(payload.bytes)}, {"payloadType", payload.type}, {"signatures", std::move(signatures)}});
  if (envelope.size() <= max_envelope_bytes) return envelope;
  return Error{.code = ErrorCode::limit_exceeded,
               .message = "the envelope has " + std::to_string(envelope.size()) + " bytes; at most 1048576 are taken"};
}

Result<Verified<Payload>> EnvelopeVerifier::verify(std::string_view text, const EnvelopePolicy& policy) const {
  if (policy.type.empty() || policy.threshold == 0) {
    return Error{.code = ErrorCode::invalid_argument, .message = "a policy names a payload type and asks for a signature"};
  }
  auto envelope = read_envelope(text);
  if (!envelope.ok()) return std::move(envelope).error();
  Payload& payload = envelope->payload;
  if (payload.type != policy.type) {
    return not_trusted("the payload is " + quoted(payload.type) + "; expected is " + quoted(policy.type));
  }
  const std::string message = pre_authentication_encoding(payload.type, payload.bytes);
  const auto keys = keys_.usable(policy.use, policy.owner, policy.at);
  Count count(keys, policy, message);
  count.try_all(envelope->signatures);
  if (!count.is_enough()) return too_few(count, policy, keys.size());
  payload.signed_by.assign(count.ids().begin(), count.ids().end());
  return Verified<Payload>(VerifierPass(), std::move(payload));
}

}  // namespace greenlane::trust
