#include <filesystem>

#include "base/utc_time.h"
#include "change.h"
#include "commands.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

/// The name of a key for people: that of its file, without folder and ".pub".
std::string name_of(const std::string& file) {
  std::string name = std::filesystem::path(file).filename().string();
  if (name.ends_with(".pub")) name.resize(name.size() - 4);
  return name;
}

std::string absolute(const std::string& file) {
  std::error_code problem;
  const auto path = std::filesystem::absolute(file, problem);
  return problem ? file : path.string();
}

Result<void> add_holders(Change& change, std::string_view role, const std::vector<std::string>& files, std::size_t threshold) {
  for (const std::string& file : files) {
    const auto key = read_public_key(file);
    if (!key.ok()) return key.error();
    change.add_role_key(role, *key, name_of(file));
  }
  change.set_threshold(role, threshold);
  return {};
}

Result<void> add_online_key(Change& change, std::string_view role, const std::string& file) {
  const auto key = read_private_key(file);
  if (!key.ok()) return key.error();
  const auto public_key = crypto::PublicKey::from_info(key->public_key());
  if (!public_key.ok()) return public_key.error();
  change.add_role_key(role, *public_key, name_of(file));
  change.authority().online_keys.push_back(absolute(file));
  return {};
}

/// greenlane.keys/1 with the key of the log.
Result<std::string> first_message_keys(const InitArguments& arguments, std::chrono::sys_seconds from) {
  const auto key = read_private_key(arguments.log_key);
  if (!key.ok()) return key.error();
  const auto public_key = crypto::PublicKey::from_info(key->public_key());
  if (!public_key.ok()) return public_key.error();
  json::Object record{{"key_id", public_key->id()},
                      {"algorithm", to_string(key->public_key().algorithm)},
                      {"public_key", public_key->pem()},
                      {"owner", arguments.log_origin.substr(0, arguments.log_origin.find('/'))},
                      {"use", json::Array{"checkpoint"}},
                      {"not_before", utc_text(from)},
                      {"not_after", utc_text(from + std::chrono::hours(24 * 365 * 10))}};
  if (!public_key->sm2_user_id().empty()) record.push_back({"sm2_user_id", public_key->sm2_user_id()});
  return json::pretty(json::Object{{"format", "greenlane.keys/1"}, {"log_origin", arguments.log_origin}, {"keys", json::Array{std::move(record)}}}) + "\n";
}

Result<void> fill(Change& change, const InitArguments& arguments) {
  if (auto done = add_holders(change, root_role, arguments.root_keys, arguments.root_threshold); !done.ok()) return done;
  if (auto done = add_holders(change, targets_role, arguments.targets_keys, arguments.targets_threshold); !done.ok()) return done;
  if (auto done = add_online_key(change, snapshot_role, arguments.snapshot_key); !done.ok()) return done;
  if (auto done = add_online_key(change, timestamp_role, arguments.timestamp_key); !done.ok()) return done;
  auto keys = first_message_keys(arguments, now());
  if (!keys.ok()) return keys.error();
  change.add_target("trust/keys.json", *std::move(keys), nullptr);
  change.authority().log_key = absolute(arguments.log_key);
  return change.stage();
}

}  // namespace

Exit run_repo_init(const std::string& folder, const InitArguments& arguments) {
  auto repository = Repository::create(folder, {.lifetimes = arguments.lifetimes, .names = {}, .online_keys = {}, .log_key = {}});
  if (!repository.ok()) return fail(repository.error());
  {
    auto change = Change::begin(*repository);
    if (!change.ok()) return fail(change.error());
    if (auto done = fill(*change, arguments); !done.ok()) return fail(done.error());
  }
  return sign_staged(*repository, arguments.sign);
}

}  // namespace greenlane::gateway
