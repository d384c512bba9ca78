#include "repository.h"

namespace greenlane::gateway {
namespace {

json::Value strings(const std::vector<std::string>& texts) {
  json::Array array;
  for (const std::string& text : texts) array.push_back(text);
  return array;
}

Error not_authority(const std::string& source, const std::string& pointer) {
  return {.code = ErrorCode::invalid_document,
          .message = "this is not what greenlane-gateway writes here",
          .source = source,
          .pointer = pointer};
}

Result<void> read_lifetime(const json::Value& lifetimes, std::string_view role, const std::string& source, std::chrono::seconds& lifetime) {
  const json::Value* seconds = lifetimes.find(role);
  if (seconds == nullptr || !seconds->is(json::Kind::integer) || seconds->integer() < 1) {
    return not_authority(source, "/lifetime_seconds/" + std::string(role));
  }
  lifetime = std::chrono::seconds(seconds->integer());
  return {};
}

}  // namespace

std::chrono::seconds Lifetimes::of(std::string_view role) const noexcept {
  if (role == root_role) return root;
  if (role == targets_role) return targets;
  return role == snapshot_role ? snapshot : timestamp;
}

std::string Authority::to_json() const {
  json::Object named;
  for (const auto& [id, name] : names) named.push_back({id, name});
  json::Object seconds;
  for (const std::string_view role : {root_role, targets_role, snapshot_role, timestamp_role}) {
    seconds.push_back({std::string(role), static_cast<std::int64_t>(lifetimes.of(role).count())});
  }
  return json::pretty(json::Object{{"lifetime_seconds", std::move(seconds)},
                                   {"names", std::move(named)},
                                   {"online_keys", strings(online_keys)}}) + "\n";
}

Result<Authority> Authority::read(std::string_view text, const std::string& source) {
  auto document = json::parse(text);
  if (!document.ok()) {
    document.error().source = source;
    return document.error();
  }
  Authority authority;
  const json::Value* lifetimes = document->find("lifetime_seconds");
  if (lifetimes == nullptr) return not_authority(source, "/lifetime_seconds");
  for (const auto& [role, lifetime] : {std::pair{root_role, &authority.lifetimes.root}, {targets_role, &authority.lifetimes.targets},
                                       {snapshot_role, &authority.lifetimes.snapshot}, {timestamp_role, &authority.lifetimes.timestamp}}) {
    if (auto read = read_lifetime(*lifetimes, role, source, *lifetime); !read.ok()) return read.error();
  }
  const json::Value* names = document->find("names");
  if (names == nullptr || !names->is_object()) return not_authority(source, "/names");
  for (const json::Member& member : names->object()) {
    if (!member.value.is_string()) return not_authority(source, json::pointer_child("/names", member.key));
    authority.names.emplace(member.key, member.value.string());
  }
  const json::Value* keys = document->find("online_keys");
  if (keys == nullptr || !keys->is_array()) return not_authority(source, "/online_keys");
  for (const json::Value& key : keys->array()) {
    if (!key.is_string()) return not_authority(source, "/online_keys");
    authority.online_keys.push_back(key.string());
  }
  return authority;
}

}  // namespace greenlane::gateway
