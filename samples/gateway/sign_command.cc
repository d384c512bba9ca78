#include <algorithm>

#include "change.h"
#include "commands.h"
#include "release.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

bool lists(const std::optional<Metadata>& root, std::string_view role, const std::string& key_id) {
  if (!root) return false;
  const auto ids = role_keys(*root, role).key_ids;
  return std::find(ids.begin(), ids.end(), key_id) != ids.end();
}

/// Adds the signatures that the key's holder may give.
Result<void> sign_with(Repository& repository, const std::string& file) {
  auto key = read_private_key(file);
  if (!key.ok()) return key.error();
  const auto public_key = crypto::PublicKey::from_info(key->public_key());
  if (!public_key.ok()) return public_key.error();
  const std::string id = tuf_key_id(*public_key);
  auto released = repository.released();
  if (!released.ok()) return released.error();
  auto staged = repository.staged();
  if (!staged.ok()) return staged.error();
  if (staged->empty()) return Error{.code = ErrorCode::invalid_argument, .message = "nothing is staged; there is nothing to sign"};

  std::string signed_roles;
  if (staged->root && (lists(released->root, root_role, id) || lists(staged->root, root_role, id))) {
    if (auto done = staged->root->sign(*key); !done.ok()) return done;
    signed_roles = "root " + std::to_string(staged->root->version());
  }
  if (staged->targets && lists(staged->root ? staged->root : released->root, targets_role, id)) {
    if (auto done = staged->targets->sign(*key); !done.ok()) return done;
    signed_roles += (signed_roles.empty() ? "targets " : " and targets ") + std::to_string(staged->targets->version());
  }
  if (signed_roles.empty()) {
    return Error{.code = ErrorCode::invalid_argument, .message = "no role of the staged change is signed by this key (" + id.substr(0, 8) + "…)", .source = file};
  }
  if (auto saved = repository.save_signatures(*staged); !saved.ok()) return saved;
  say(repository.key_name(id) + " has signed " + signed_roles + "\n");
  return {};
}

}  // namespace

Exit sign_staged(Repository& repository, const std::vector<std::string>& keys) {
  for (const std::string& file : keys) {
    if (auto done = sign_with(repository, file); !done.ok()) return fail(done.error());
  }
  return release_if_signed(repository);
}

Exit release_if_signed(Repository& repository) {
  const auto released = repository.released();
  if (!released.ok()) return fail(released.error());
  const auto staged = repository.staged();
  if (!staged.ok()) return fail(staged.error());
  if (staged->empty()) return Exit::done;
  const auto missing = missing_signatures(*released, *staged);
  for (const MissingSignatures& one : missing) {
    say(one.metadata + ": " + std::to_string(one.missing) + " more of these must sign (" + one.keys_of + "):");
    for (std::size_t i = 0; i < one.holders.size(); ++i) say((i == 0 ? " " : ", ") + repository.key_name(one.holders[i]));
    say("\n");
  }
  if (!missing.empty()) {
    say("the change is staged; nothing is released\n");
    return Exit::done;
  }
  if (auto done = release(repository, now()); !done.ok()) return fail(done.error());
  say("released\n");
  return Exit::done;
}

Exit run_repo_sign(const std::string& folder, const std::vector<std::string>& keys) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  return sign_staged(*repository, keys);
}

Exit run_repo_discard(const std::string& folder) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  if (auto done = repository->discard_staged(); !done.ok()) return fail(done.error());
  say("nothing is staged any more\n");
  return Exit::done;
}

Exit run_repo_refresh(const std::string& folder) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  if (auto done = finish_interrupted(*repository); !done.ok()) return fail(done.error());
  const auto released = repository->released();
  if (!released.ok()) return fail(released.error());
  const auto staged = repository->staged();
  if (!staged.ok()) return fail(staged.error());
  if (!staged->empty() && missing_signatures(*released, *staged).empty()) return release_if_signed(*repository);
  if (auto done = refresh(*repository, now()); !done.ok()) return fail(done.error());
  return Exit::done;
}

}  // namespace greenlane::gateway
