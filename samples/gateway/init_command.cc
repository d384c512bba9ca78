#include <array>

#include "message_keys.h"
#include "staging.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

/// The log's key is looked for in the list of keys until its end: long, since changing it needs the holders.
constexpr std::chrono::hours log_key_life{24 * 365 * 10};

Result<void> add_holders(Change& change, std::string_view role, const std::vector<std::string>& files, std::size_t threshold) {
  for (const std::string& file : files) {
    const auto key = read_public_key_file(file);
    if (!key.ok()) return key.error();
    change.add_role_key(role, *key, name_of_key(file));
  }
  change.set_threshold(role, threshold);
  return {};
}

/// Notes where the private key is, and says its public part.
Result<crypto::PublicKey> online_key(Change& change, const std::string& file) {
  const auto signer = key_file_signer(file);
  if (!signer.ok()) return signer.error();
  change.add_online_key(absolute_path(file));
  return crypto::PublicKey::from_info((*signer)->public_key());
}

Result<void> add_online_role(Change& change, std::string_view role, const std::string& file) {
  const auto key = online_key(change, file);
  if (!key.ok()) return key.error();
  change.add_role_key(role, *key, name_of_key(file));
  return {};
}

Result<void> add_log(Change& change, const InitArguments& arguments) {
  const auto key = online_key(change, arguments.log_key);
  if (!key.ok()) return key.error();
  const std::string owner = arguments.owner.empty() ? arguments.log_origin.substr(0, arguments.log_origin.find('/')) : arguments.owner;
  change.name_key(tuf_key_id(*key), name_of_key(arguments.log_key));
  return set_message_keys(change, trust::KeyRing({{.key = *key,
                                                   .owner = owner,
                                                   .uses = {trust::KeyUse::checkpoint},
                                                   .not_before = now(),
                                                   .not_after = now() + log_key_life,
                                                   .revoked_at = {},
                                                   .compromised_at = {}}},
                                                 arguments.log_origin));
}

Result<void> fill(Change& change, const InitArguments& arguments) {
  if (auto done = add_holders(change, root_role, arguments.root_keys, arguments.root_threshold); !done.ok()) return done;
  if (auto done = add_holders(change, targets_role, arguments.targets_keys, arguments.targets_threshold); !done.ok()) return done;
  if (auto done = add_online_role(change, snapshot_role, arguments.snapshot_key); !done.ok()) return done;
  if (auto done = add_online_role(change, timestamp_role, arguments.timestamp_key); !done.ok()) return done;
  return add_log(change, arguments);
}

/// Before anything is written, so that a mistake leaves no half-made repository.
Result<void> check_files(const InitArguments& arguments) {
  for (const auto* files : {&arguments.root_keys, &arguments.targets_keys}) {
    for (const std::string& file : *files) {
      if (const auto key = read_public_key_file(file); !key.ok()) return key.error();
    }
  }
  for (const std::string& file : {arguments.snapshot_key, arguments.timestamp_key, arguments.log_key}) {
    if (const auto signer = key_file_signer(file); !signer.ok()) return signer.error();
  }
  return {};
}

}  // namespace

Exit run_repo_init(const std::string& folder, const InitArguments& arguments, const std::vector<std::string>& sign) {
  if (auto checked = check_files(arguments); !checked.ok()) return fail(checked.error());
  auto repository = Repository::create(folder, {.lifetimes = arguments.lifetimes, .names = {}, .online_keys = {}});
  if (!repository.ok()) return fail(repository.error());
  const Exit exit = stage_change(*repository, sign, [&](Change& change) { return fill(change, arguments); });
  const auto staged = repository->staged();
  const auto released = repository->released();
  // A mistake in the arguments leaves no repository that can only be thrown away.
  if (exit != Exit::done && staged.ok() && staged->empty() && released.ok() && !released->root) static_cast<void>(repository->remove());
  return exit;
}

}  // namespace greenlane::gateway
