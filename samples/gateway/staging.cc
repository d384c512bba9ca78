#include "staging.h"

#include <filesystem>

#include "base/utc_time.h"
#include "describe.h"
#include "release.h"
#include "tuf_key.h"

namespace greenlane::gateway {

Exit stage_change(const std::string& folder, const std::vector<std::string>& sign, const std::function<Result<void>(Change&)>& fill) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  if (auto tidied = tidy_up(*repository); !tidied.ok()) return fail(tidied.error());
  return stage_change(*repository, sign, fill);
}

Exit stage_change(Repository& repository, const std::vector<std::string>& sign, const std::function<Result<void>(Change&)>& fill) {
  auto change = Change::begin(repository);
  if (!change.ok()) return fail(change.error());
  if (auto filled = fill(*change); !filled.ok()) return fail(filled.error());
  if (change->is_empty()) {
    say("nothing has changed\n");
    return Exit::done;
  }
  if (auto staged = change->stage(); !staged.ok()) return fail(staged.error());
  auto state = repository.state();
  if (!state.ok()) return fail(state.error());
  if (auto said = say_staged(repository, *state); !said.ok()) return fail(said.error());
  if (change->dropped_signatures() > 0) say("Signatures that were given before no longer hold: it is another change now.\n");
  if (auto done = sign_staged(repository, *state, sign); !done.ok()) return fail(done.error());
  return ended(release_if_signed(repository));
}

Result<void> say_staged(const Repository& repository, const State& state) {
  const auto lines = describe(repository, state.released, state.staged);
  if (!lines.ok()) return lines.error();
  say("The staged change:\n");
  for (const std::string& line : *lines) say("  " + line + "\n");
  return {};
}

Result<void> sign_staged(const Repository& repository, State& state, const std::vector<std::string>& key_files) {
  for (const std::string& file : key_files) {
    const auto signer = key_file_signer(file);
    if (!signer.ok()) return signer.error();
    auto done = sign_staged(repository, state, **signer);
    if (done.ok()) continue;
    if (done.error().source.empty()) done.error().source = file;
    return done;
  }
  return {};
}

Result<void> sign_staged(const Repository& repository, State& state, Signer& signer) {
  const auto key = crypto::PublicKey::from_info(signer.public_key());
  if (!key.ok()) return key.error();
  const std::string id = tuf_key_id(*key);
  auto& [released, staged] = state;
  const std::optional<Metadata>& root = staged.root ? staged.root : released.root;
  const auto may_sign = [&id](const std::optional<Metadata>& by, std::string_view role) { return by && lists(role_keys(*by, role), id); };

  std::string names;
  if (staged.root && (may_sign(released.root, root_role) || may_sign(staged.root, root_role))) {
    if (auto done = staged.root->sign(signer); !done.ok()) return done;
    names = "root " + std::to_string(staged.root->version());
  }
  if (staged.targets && may_sign(root, targets_role)) {
    if (auto done = staged.targets->sign(signer); !done.ok()) return done;
    names += (names.empty() ? "targets " : " and targets ") + std::to_string(staged.targets->version());
  }
  if (names.empty()) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "nothing of the staged change is signed with this key (" + id.substr(0, 8) + ")"};
  }
  if (auto saved = repository.save_signatures(staged); !saved.ok()) return saved;
  say(repository.key_name(id) + " has signed " + names + ".\n");
  return {};
}

void say_missing(const Repository& repository, const State& state) {
  for (const MissingSignatures& one : missing_signatures(state.released, state.staged)) {
    std::string names;
    for (const std::string& id : one.holders) names += (names.empty() ? "" : ", ") + repository.key_name(id);
    say("Waits for " + std::to_string(one.missing) + " more of the " + one.keys_of + " to sign the " + one.metadata + ": " + names + "\n");
  }
}

Result<void> release_if_signed(Repository& repository) {
  const auto state = repository.state();
  if (!state.ok()) return state.error();
  if (state->staged.empty()) return {};
  if (!missing_signatures(state->released, state->staged).empty()) {
    say_missing(repository, *state);
    return {};
  }
  const auto keys = repository.online_keys();
  if (!keys.ok()) return keys.error();
  if (keys->empty()) {
    say("All have signed. The keys of snapshot, timestamp and log are not on this machine: bring this copy of the\n"
        "folder to the one that has them, for `greenlane-gateway repo collect` there.\n");
    return {};
  }
  if (auto done = release(repository, now()); !done.ok()) return done;
  say("Released.\n");
  return {};
}

std::string absolute_path(const std::string& file) {
  std::error_code problem;
  const auto path = std::filesystem::absolute(file, problem);
  return problem ? file : path.string();
}

std::string name_of_key(const std::string& file) {
  const auto name = std::filesystem::path(file).filename();
  return name.extension() == ".pub" ? name.stem().string() : name.string();
}

Result<std::chrono::sys_seconds> read_moment(const std::string& text, const std::string& option, std::chrono::sys_seconds fallback) {
  if (text.empty()) return fallback;
  if (const auto moment = parse_utc(text)) return *moment;
  return Error{.code = ErrorCode::invalid_argument,
               .message = option + " \"" + text + "\" is not a moment in UTC such as 2026-01-31T23:59:59Z"};
}

}  // namespace greenlane::gateway
