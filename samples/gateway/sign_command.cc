#include <unistd.h>

#include <cstdio>

#include "client/file_io.h"
#include "release.h"
#include "root_chain.h"
#include "staging.h"
#include "token.h"

namespace greenlane::gateway {
namespace {

Error nothing_staged(const Repository& repository) {
  return {.code = ErrorCode::invalid_argument, .message = "nothing is staged, so there is nothing to sign", .source = repository.folder()};
}

bool is_confirmed() {
  if (::isatty(STDIN_FILENO) == 0) return true;
  say("Sign this? [y/N] ");
  std::fflush(stdout);
  const int answer = std::getchar();
  return answer == 'y' || answer == 'Y';
}

Result<void> sign_all(Repository& repository, const SignArguments& arguments) {
  if (auto tidied = tidy_up(repository); !tidied.ok()) return tidied;
  auto state = repository.state();
  if (!state.ok()) return state.error();
  if (state->staged.empty()) return nothing_staged(repository);
  if (auto checked = check_staged(state->released, state->staged, now()); !checked.ok()) return checked;
  if (auto checked = check_released(repository, state->released, arguments.root); !checked.ok()) return checked;
  if (auto said = say_staged(repository, *state); !said.ok()) return said;
  if (!arguments.yes && !is_confirmed()) {
    say("Not signed.\n");
    return {};
  }
  if (auto done = sign_staged(repository, *state, arguments.keys); !done.ok()) return done;
  if (!arguments.token.module.empty()) {
    const auto signer = token_signer(arguments.token);
    if (!signer.ok()) return signer.error();
    if (auto done = sign_staged(repository, *state, **signer); !done.ok()) return done;
  }
  return release_if_signed(repository);
}

/// Takes over the signatures of `other`, a copy of the metadata that is staged here, that hold.
Result<std::size_t> take_signatures(const Repository& repository, Metadata& here, const std::string& path,
                                    const std::vector<trust::RoleKeys>& holders) {
  if (!client::is_taken(path)) return std::size_t{0};
  const auto bytes = client::read_file(path, max_metadata_bytes);
  if (!bytes.ok()) return bytes.error();
  const auto other = Metadata::read(*bytes, here.role(), path);
  if (!other.ok()) return other.error();
  if (other->content() != here.content()) {
    return Error{.code = ErrorCode::not_trusted,
                 .message = "another change is staged there; its signatures do not hold for the one that is staged here",
                 .source = path};
  }
  std::size_t taken = 0;
  for (const trust::RoleKeys& keys : holders) {
    const auto there_already = signers(here, keys);
    for (const std::string& id : signers(*other, keys)) {
      if (std::find(there_already.begin(), there_already.end(), id) != there_already.end()) continue;
      here.add_signature(id, other->signature_of(id));
      say("Took over the signature of " + repository.key_name(id) + " for the " + std::string(here.role()) + ".\n");
      ++taken;
    }
  }
  return taken;
}

Result<void> collect(Repository& repository, const std::string& other) {
  if (auto tidied = tidy_up(repository); !tidied.ok()) return tidied;
  auto state = repository.state();
  if (!state.ok()) return state.error();
  auto& [released, staged] = *state;
  if (staged.empty()) return nothing_staged(repository);
  std::size_t taken = 0;
  const std::optional<Metadata> root = staged.root ? staged.root : released.root;
  if (staged.root) {
    std::vector<trust::RoleKeys> holders{role_keys(*staged.root, root_role)};
    if (released.root) holders.push_back(role_keys(*released.root, root_role));
    const auto more = take_signatures(repository, *staged.root, other + "/staged/root.json", holders);
    if (!more.ok()) return more.error();
    taken += *more;
  }
  if (staged.targets) {
    const auto more = take_signatures(repository, *staged.targets, other + "/staged/targets.json", {role_keys(*root, targets_role)});
    if (!more.ok()) return more.error();
    taken += *more;
  }
  if (taken == 0) say("No new signatures there.\n");
  if (auto saved = repository.save_signatures(staged); !saved.ok()) return saved;
  return release_if_signed(repository);
}

}  // namespace

Exit run_repo_sign(const std::string& folder, const SignArguments& arguments) {
  auto repository = Repository::open(folder);
  return repository.ok() ? ended(sign_all(*repository, arguments)) : fail(repository.error());
}

Exit run_repo_collect(const std::string& folder, const std::string& other) {
  auto repository = Repository::open(folder);
  return repository.ok() ? ended(collect(*repository, other)) : fail(repository.error());
}

Exit run_repo_discard(const std::string& folder) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  if (repository->is_releasing()) say("It was being released: what the log says of it stays there.\n");
  if (auto done = repository->discard_staged(); !done.ok()) return fail(done.error());
  say("Nothing is staged any more.\n");
  return Exit::done;
}

}  // namespace greenlane::gateway
