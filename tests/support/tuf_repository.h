// A TUF repository in memory, whose metadata can be changed in any way before it is signed, and a client's folder.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.h"
#include "base/json.h"
#include "crypto/digest.h"
#include "tests/support/trust_keys.h"
#include "trust/olpc_json.h"
#include "trust/updater.h"

namespace greenlane::test {

/// A key as metadata lists it.
struct TufKey {
  std::string id;
  json::Value entry;
  std::function<std::string(std::string_view)> sign;
};

inline std::string_view tuf_type(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::ed25519 ? "ed25519" : algorithm == SignatureAlgorithm::sm2_sm3 ? "sm2" : "ecdsa";
}

inline std::string_view tuf_scheme(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::ed25519 ? "ed25519" : algorithm == SignatureAlgorithm::sm2_sm3 ? "sm2-sm3" : "ecdsa-sha2-nistp256";
}

inline json::Value tuf_key_entry(std::string_view type, std::string_view scheme, std::string_view text) {
  return json::Object{{"keytype", type}, {"scheme", scheme}, {"keyval", json::Object{{"public", text}}}};
}

/// The key of that number; each is made once in a program.
inline const TufKey& tuf_key(int number, SignatureAlgorithm algorithm = SignatureAlgorithm::ed25519) {
  static std::map<std::pair<int, SignatureAlgorithm>, TufKey> keys;
  const auto [at, is_new] = keys.try_emplace({number, algorithm});
  if (!is_new) return at->second;
  const auto key = std::make_shared<crypto::PrivateKey>(new_key(algorithm));
  const crypto::PublicKey shown = public_key(*key);
  const bool ed25519 = algorithm == SignatureAlgorithm::ed25519;
  const std::string text = ed25519 ? to_hex(std::string_view(shown.der()).substr(shown.der().size() - 32)) : shown.pem();
  at->second.entry = tuf_key_entry(tuf_type(algorithm), tuf_scheme(algorithm), text);
  if (algorithm == SignatureAlgorithm::sm2_sm3) at->second.entry.find("keyval")->set("user_id", shown.sm2_user_id());
  at->second.id = crypto::sha256_hex(trust::olpc_json(at->second.entry).value());
  at->second.sign = [key](std::string_view message) { return key->sign(message).value(); };
  return at->second;
}

using TufKeys = std::vector<const TufKey*>;

inline TufKeys tuf_keys(std::initializer_list<int> numbers) {
  TufKeys keys;
  for (const int number : numbers) keys.push_back(&tuf_key(number));
  return keys;
}

inline json::Value tuf_signature(std::string_view id, std::string_view bytes) { return json::Object{{"keyid", id}, {"sig", to_hex(bytes)}}; }

/// The file of metadata: `body` with a signature of each of `keys`, indented as other programs write it.
inline std::string tuf_file(const json::Value& body, const TufKeys& keys) {
  const std::string message = trust::olpc_json(body).value();
  json::Array signatures;
  for (const TufKey* key : keys) signatures.push_back(tuf_signature(key->id, key->sign(message)));
  return json::pretty(json::Object{{"signatures", std::move(signatures)}, {"signed", body}});
}

/// The value at a pointer, which must be there.
inline json::Value& at(json::Value& root, std::string_view pointer) {
  const json::Value* found = json::at_pointer(root, pointer);
  if (found == nullptr) throw std::runtime_error("no value at " + std::string(pointer));
  return const_cast<json::Value&>(*found);
}

/// All four roles are published as version 1. Root is signed by key 1, timestamp by 2, snapshot by 3, targets by 4.
class TufRepository final : public trust::Source {
 public:
  static constexpr std::string_view expires = "2026-02-01T00:00:00Z";

  TufRepository() {
    bodies_["root"] = new_body("root");
    bodies_["root"].set("consistent_snapshot", true);
    bodies_["root"].set("keys", json::Object());
    bodies_["root"].set("roles", json::Object());
    for (const auto& [role, number] : {std::pair{"root", 1}, {"timestamp", 2}, {"snapshot", 3}, {"targets", 4}}) authorize(role, tuf_keys({number}), 1);
    bodies_["timestamp"] = new_body("timestamp");
    bodies_["timestamp"].set("meta", json::Object());
    bodies_["snapshot"] = new_body("snapshot");
    bodies_["snapshot"].set("meta", json::Object());
    bodies_["targets"] = new_targets();
    for (const std::string role : {"root", "targets", "snapshot", "timestamp"}) issue(role);
  }

  /// What is signed of a role next.
  json::Value& body(const std::string& role) { return bodies_.at(role); }
  std::int64_t version(const std::string& role) { return body(role).find("version")->integer(); }

  /// Lets `keys` sign for a top-level role, and has them do so. Goes into the next root.
  void authorize(const std::string& role, const TufKeys& keys, int threshold) {
    set_keys(bodies_["root"], *bodies_["root"].find("roles"), role, keys, threshold);
    signers[role] = keys;
  }

  /// Hands paths to a role, which is made where it is not there. Goes into the next version of `parent`.
  json::Value& delegate(const std::string& parent, const std::string& role, const std::vector<std::string>& paths, const TufKeys& keys,
                        bool terminating = false) {
    json::Value& delegations = delegations_of(parent);
    if (delegations.find("roles") == nullptr) delegations.set("roles", json::Array());
    json::Value holder = json::Object();
    set_keys(delegations, holder, role, keys, 1);
    json::Value entry = *holder.find(role);
    json::Array patterns(paths.begin(), paths.end());
    entry.set("name", role);
    entry.set("paths", std::move(patterns));
    entry.set("terminating", terminating);
    json::Array& roles = delegations.find("roles")->array();
    roles.push_back(std::move(entry));
    if (bodies_.count(role) == 0) bodies_[role] = new_targets();
    signers[role].insert(signers[role].end(), keys.begin(), keys.end());
    return roles.back();
  }
  /// The member "delegations" of a role.
  json::Value& delegations_of(const std::string& parent) {
    if (body(parent).find("delegations") == nullptr) body(parent).set("delegations", json::Object{{"keys", json::Object()}});
    return *body(parent).find("delegations");
  }
  void add_role(const std::string& role, const TufKeys& keys) {
    bodies_[role] = new_targets();
    signers[role] = keys;
  }

  /// Lists a file, and serves it.
  void add_target(const std::string& role, const std::string& path, const std::string& bytes) {
    const std::string digest = crypto::sha256_hex(bytes);
    body(role).find("targets")->set(path, json::Object{{"length", static_cast<std::int64_t>(bytes.size())}, {"hashes", json::Object{{"sha256", digest}}}});
    serve_target(path, digest, bytes);
  }
  void serve_target(const std::string& path, const std::string& digest, const std::string& bytes) {
    const std::size_t name = path.rfind('/') + 1;
    files["targets/" + path] = bytes;
    files["targets/" + path.substr(0, name) + digest + "." + path.substr(name)] = bytes;
  }

  /// Signs and serves the next version of each, in this order.
  void publish(std::initializer_list<std::string> roles) {
    for (const std::string& role : roles) {
      body(role).set("version", version(role) + 1);
      issue(role);
    }
  }
  /// Signs and serves a role as it is, and lists it where it belongs, which goes into the next version there.
  void issue(const std::string& role) {
    const std::string file = tuf_file(body(role), signers[role]);
    serve(role, version(role), file);
    if (role == "root" || role == "timestamp") return;
    json::Value facts = json::Object{{"version", version(role)}};
    if (with_digests) {
      facts.set("length", static_cast<std::int64_t>(file.size()));
      facts.set("hashes", json::Object{{"sha256", crypto::sha256_hex(file)}});
    }
    body(role == "snapshot" ? "timestamp" : "snapshot").find("meta")->set(role + ".json", std::move(facts));
  }
  void serve(const std::string& role, std::int64_t version, const std::string& file) {
    const std::string name = trust::percent_encoded(role) + ".json";
    files["metadata/" + name] = file;
    files["metadata/" + std::to_string(version) + "." + name] = file;
  }
  /// Publishes new versions of all four, so that whatever was changed is in force.
  void publish_all() { publish({"root", "targets", "snapshot", "timestamp"}); }

  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override {
    requests.emplace_back(path);
    if (offline) return Error{.code = ErrorCode::unreachable, .message = "no network", .retryable = true};
    const auto found = files.find(std::string(path));
    if (found == files.end()) return std::optional<std::string>();
    if (found->second.size() > max_bytes) return Error{.code = ErrorCode::limit_exceeded, .message = "too long", .source = std::string(path)};
    return std::optional(found->second);
  }

  std::map<std::string, TufKeys> signers;
  std::map<std::string, std::string> files;  ///< what is served, by path
  std::vector<std::string> requests;
  bool with_digests = false;  ///< whether lengths and digests of metadata are listed
  bool offline = false;

 private:
  static json::Value new_body(std::string_view type) {
    return json::Object{{"_type", type}, {"spec_version", "1.0.34"}, {"version", 1}, {"expires", expires}};
  }
  static json::Value new_targets() {
    json::Value body = new_body("targets");
    body.set("targets", json::Object());
    return body;
  }
  static void set_keys(json::Value& owner, json::Value& roles, const std::string& role, const TufKeys& keys, int threshold) {
    json::Array ids;
    for (const TufKey* key : keys) {
      owner.find("keys")->set(key->id, key->entry);
      ids.emplace_back(key->id);
    }
    roles.set(role, json::Object{{"keyids", std::move(ids)}, {"threshold", threshold}});
  }

  std::map<std::string, json::Value> bodies_;
};

/// What TufClient::kept() says when all four roles were at version 1 and publish_all() brought a role that was refused.
inline std::string kept_when_refused(const std::string& role) {
  static const std::map<std::string, std::string> kept{{"root", "root 1, timestamp 1, snapshot 1, targets 1"},
                                                       {"timestamp", "root 2, timestamp 1, snapshot 1, targets 1"},
                                                       {"snapshot", "root 2, timestamp 2, snapshot 1, targets 1"},
                                                       {"targets", "root 2, timestamp 2, snapshot 2, targets 1"}};
  return kept.at(role);
}

/// A folder of trusted metadata, in memory.
class MemoryStore final : public trust::TrustStore {
 public:
  Result<std::optional<std::string>> load(std::string_view role) override {
    const auto found = files.find(role);
    return found == files.end() ? std::optional<std::string>() : std::optional(found->second);
  }
  Result<void> save(std::string_view role, std::string_view bytes) override {
    files.insert_or_assign(std::string(role), std::string(bytes));
    ++saved;
    return {};
  }
  Result<void> remove(std::string_view role) override {
    if (const auto found = files.find(role); found != files.end()) files.erase(found);
    return {};
  }

  std::map<std::string, std::string, std::less<>> files;
  int saved = 0;
};

/// A client of a repository that starts anew with each call, so that only its folder remains.
class TufClient {
 public:
  explicit TufClient(TufRepository& repository) : repository_(repository) {
    EXPECT_TRUE(trust::Updater::pin_root(store, repository.files.at("metadata/1.root.json")).ok());
    repository.requests.clear();
  }

  Result<trust::Updater> open() { return trust::Updater::open(store, repository_, now, limits); }
  Result<void> refresh() {
    repository_.requests.clear();
    auto updater = open();
    return updater.ok() ? updater->refresh() : std::move(updater).error();
  }
  /// The bytes of a target, or the error; not_found where nobody lists it.
  Result<std::string> download(const std::string& path) {
    repository_.requests.clear();
    auto updater = open();
    if (!updater.ok()) return std::move(updater).error();
    if (auto refreshed = updater->refresh(); !refreshed.ok()) return std::move(refreshed).error();
    return download(*updater, path);
  }
  static Result<std::string> download(trust::Updater& updater, const std::string& path) {
    const auto target = updater.find(path);
    if (!target.ok()) return target.error();
    if (!target->has_value()) return Error{.code = ErrorCode::not_found, .message = "nobody lists it"};
    auto file = updater.download(**target);
    if (!file.ok()) return std::move(file).error();
    return (**file).bytes;
  }

  /// Versions in the folder, such as "root 1, timestamp 2", with other roles in byte order behind those.
  std::string kept() const {
    std::string text;
    const auto add = [&](const std::string& role, const std::string& bytes) {
      text += (text.empty() ? "" : ", ") + role + " " + std::to_string(json::parse(bytes).value().find("signed")->find("version")->integer());
    };
    for (const char* role : {"root", "timestamp", "snapshot", "targets"}) {
      if (const auto found = store.files.find(role); found != store.files.end()) add(role, found->second);
    }
    for (const auto& [role, bytes] : store.files) {
      if (role != "root" && role != "timestamp" && role != "snapshot" && role != "targets") add(role, bytes);
    }
    return text;
  }

  MemoryStore store;
  std::chrono::sys_seconds now = time("2026-01-01T00:00:00Z");
  trust::UpdateLimits limits;

 private:
  TufRepository& repository_;
};

inline void expect_done(const Result<void>& result) { EXPECT_TRUE(result.ok()) << result.error().to_text(); }

/// A refusal of that code whose text has `words` in it.
template <typename T>
void expect_error(const Result<T>& result, ErrorCode code, std::string_view words = {}) {
  ASSERT_FALSE(result.ok()) << "expected: " << words;
  EXPECT_EQ(result.error().code, code) << result.error().to_text();
  EXPECT_NE(result.error().to_text().find(words), std::string::npos) << result.error().to_text() << "\nexpected: " << words;
}

}  // namespace greenlane::test
