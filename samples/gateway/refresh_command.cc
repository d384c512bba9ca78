#include "describe.h"
#include "release.h"
#include "staging.h"

namespace greenlane::gateway {
namespace {

/// What needs persons in time: a tenth of the life of the root, a third of that of the targets.
void warn(const Repository& repository, const Released& released) {
  const Lifetimes& lifetimes = repository.authority().lifetimes;
  for (const auto& [metadata, limit] : {std::pair{&released.root, lifetimes.root / 10}, {&released.targets, lifetimes.targets / 3}}) {
    if (!*metadata) continue;
    const auto left = (*metadata)->expires() - now();
    const std::string role((*metadata)->role());
    if (left > limit) continue;
    std::fprintf(stderr, "greenlane-gateway: %s %s %s %s; stage a new one with `repo renew %s` and have it signed\n", role.c_str(),
                 std::to_string((*metadata)->version()).c_str(), left.count() > 0 ? "expires" : "has expired", distance(left).c_str(),
                 role.c_str());
  }
}

Result<void> refresh_all(Repository& repository) {
  if (auto tidied = tidy_up(repository); !tidied.ok()) return tidied;
  const auto state = repository.state();
  if (!state.ok()) return state.error();
  const auto& [released, staged] = *state;
  warn(repository, released);
  // What is signed by all, or was interrupted, is released now; that makes a timestamp too.
  const bool complete = !staged.empty() && missing_signatures(released, staged).empty() && check_staged(released, staged, now()).ok();
  if (!complete) return refresh(repository, now());
  if (auto done = release(repository, now()); !done.ok()) return done;
  say("Released.\n");
  return {};
}

}  // namespace

Exit run_repo_refresh(const std::string& folder) {
  auto repository = Repository::open(folder);
  return repository.ok() ? ended(refresh_all(*repository)) : fail(repository.error());
}

}  // namespace greenlane::gateway
