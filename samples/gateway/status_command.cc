#include "base/utc_time.h"
#include "crypto/digest.h"
#include "describe.h"
#include "release.h"
#include "staging.h"

namespace greenlane::gateway {
namespace {

/// As wide as the longest name of a role.
std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

void say_released(const Released& released) {
  if (!released.root) {
    say("Nothing is released yet.\n");
    return;
  }
  say("Released:\n");
  for (const auto* metadata : {&released.root, &released.targets, &released.snapshot, &released.timestamp}) {
    if (!*metadata) continue;
    const auto left = (*metadata)->expires() - now();
    say("  " + padded(std::string((*metadata)->role()), 9) + "  version " + padded(std::to_string((*metadata)->version()), 5) + "  " +
        (left.count() > 0 ? "expires " : "EXPIRED ") + utc_text((*metadata)->expires()) + "  " + distance(left) + "\n");
  }
  say("  " + metadata_name(root_role, released.root->version()) + "  sha256:" + crypto::sha256_hex(released.root->bytes()) +
      "  (what clients pin)\n");
  for (const trust::TargetInfo& target : listed_targets(*released.targets)) {
    say("  " + target.path + "  " + std::to_string(target.length) + " bytes  sha256:" + std::string(digest_of(target)) + "\n");
  }
}

Result<void> say_status(const Repository& repository, const State& state) {
  const auto& [released, staged] = state;
  say_released(released);
  if (staged.empty()) {
    say("Nothing is staged.\n");
    return {};
  }
  if (auto said = say_staged(repository, state); !said.ok()) return said;
  say_missing(repository, state);
  if (auto checked = check_staged(released, staged, now()); !checked.ok()) say("It cannot be released: " + checked.error().message + ".\n");
  if (repository.is_releasing()) {
    say("It was being released and was interrupted; `repo refresh` finishes it.\n");
  } else if (missing_signatures(released, staged).empty()) {
    say("All have signed; `repo refresh` releases it on the machine with the keys of snapshot, timestamp and log.\n");
  }
  return {};
}

json::Value missing_json(const Released& released, const Staged& staged) {
  json::Array all;
  for (const MissingSignatures& one : missing_signatures(released, staged)) {
    json::Array holders;
    for (const std::string& id : one.holders) holders.push_back(id);
    all.push_back(json::Object{{"metadata", one.metadata}, {"missing", one.missing}, {"holders", std::move(holders)}});
  }
  return all;
}

/// For programs that watch the repository.
json::Value status_json(const Repository& repository, const Released& released, const Staged& staged) {
  json::Object roles;
  for (const auto* metadata : {&released.root, &released.targets, &released.snapshot, &released.timestamp}) {
    if (!*metadata) continue;
    const auto expires = (*metadata)->expires();
    roles.push_back({std::string((*metadata)->role()),
                     json::Object{{"version", (*metadata)->version()}, {"expires", utc_text(expires)},
                                  {"seconds_left", static_cast<std::int64_t>((expires - now()).count())}}});
  }
  json::Object document{{"roles", std::move(roles)}, {"staged", !staged.empty()}, {"interrupted", repository.is_releasing()}};
  if (!staged.empty()) document.push_back({"missing", missing_json(released, staged)});
  return document;
}

}  // namespace

Exit run_repo_status(const std::string& folder, bool json) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  const auto state = repository->state();
  if (!state.ok()) return fail(state.error());
  if (!json) return ended(say_status(*repository, *state));
  say(json::compact(status_json(*repository, state->released, state->staged)) + "\n");
  return Exit::done;
}

}  // namespace greenlane::gateway
