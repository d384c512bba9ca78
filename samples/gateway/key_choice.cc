#include "key_choice.h"

#include <algorithm>
#include <map>

#include "client/durable_files.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

constexpr std::size_t least_digits = 8;

/// All keys, by TUF id.
std::map<std::string, ChosenKey> all_keys(const Metadata& root, const trust::KeyRing& message_keys) {
  std::map<std::string, ChosenKey> keys;
  for (const std::string_view role : {root_role, targets_role, snapshot_role, timestamp_role}) {
    for (const trust::RoleKey& key : role_keys(root, role).keys) {
      keys[key.id].tuf_id = key.id;
      keys[key.id].roles.emplace_back(role);
    }
  }
  for (const trust::KeyRecord& record : message_keys.records()) keys[tuf_key_id(record.key)].message_id = record.key.id();
  return keys;
}

}  // namespace

Result<ChosenKey> choose_key(const Repository& repository, const Metadata& root, const trust::KeyRing& message_keys,
                             const std::string& text) {
  const auto keys = all_keys(root, message_keys);
  std::string file_id;
  if (client::is_taken(text)) {
    const auto key = read_either_key_file(text);
    if (!key.ok()) return key.error();
    file_id = tuf_key_id(*key);
  }
  const auto is_meant = [&](const std::string& tuf_id, const ChosenKey& key) {
    if (!file_id.empty()) return tuf_id == file_id;
    const auto& names = repository.authority().names;
    if (const auto name = names.find(tuf_id); name != names.end() && name->second == text) return true;
    return text.size() >= least_digits && (tuf_id.starts_with(text) || key.message_id.starts_with(text));
  };
  std::vector<const ChosenKey*> found;
  for (const auto& [id, key] : keys) {
    if (is_meant(id, key)) found.push_back(&key);
  }
  if (found.size() == 1) return *found.front();
  if (found.empty()) {
    return Error{.code = ErrorCode::not_found,
                 .message = "no role and no list has this key; name it by its file, its name or 8 digits of its id",
                 .source = text};
  }
  return Error{.code = ErrorCode::invalid_argument,
               .message = std::to_string(found.size()) + " keys are meant; give more digits of the id",
               .source = text};
}

}  // namespace greenlane::gateway
