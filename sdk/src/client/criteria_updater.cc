#include "client/criteria_updater.h"

#include <algorithm>
#include <utility>

#include "client/file_io.h"
#include "client/home_state.h"
#include "client/published_pack.h"
#include "client/trusted_set.h"

namespace greenlane::client {
namespace {

constexpr std::size_t max_pack_bytes = trust::UpdateLimits{}.target_file_bytes;

std::string name_of(const ListedPack& pack) { return pack.id + "@" + std::to_string(pack.revision); }

Error refusal(const ListedPack& pack, std::string message) {
  return {.code = ErrorCode::not_trusted, .message = std::move(message), .source = pack.target.path};
}

}  // namespace

std::chrono::sys_seconds moment(const Moment& given) {
  return given ? *given : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

CriteriaUpdater::CriteriaUpdater(const HomePaths& paths, trust::Source& source, const UpdateOptions& options)
    : paths_(paths), options_(options), now_(moment(options.now)), authority_(paths, source, now_) {}

Result<CriteriaUpdate> CriteriaUpdater::run() {
  if (auto begun = begin(); !begun.ok()) return std::move(begun).error();
  if (auto followed = follow(); !followed.ok()) return give_up(std::move(followed).error());
  if (auto taken = take_packs(); !taken.ok()) return give_up(std::move(taken).error());
  restore_files();
  step("write");
  if (auto committed = commit(); !committed.ok()) return std::move(committed).error();
  update_.at = now_;
  update_.log_size = authority_.log().checkpoint().size;
  return std::move(update_);
}

void CriteriaUpdater::step(std::string_view what, std::string_view pack) const {
  if (options_.on_step) options_.on_step({what, pack, update_.packs.size(), listed_.latest.size()});
}

Result<void> CriteriaUpdater::begin() {
  auto lock = FolderLock::take(paths_.lock(), "process", "wait until it is done");
  if (!lock.ok()) return std::move(lock).error();
  lock_ = *std::move(lock);
  remove_leftovers(paths_);
  auto index = read_index(paths_);
  if (!index.ok()) return std::move(index).error();
  index_ = *std::move(index);
  if (clock_is_suspect(index_, now_)) return clock_suspect(index_, now_);
  update_.problems = find_problems(paths_, index_);
  // Where it is damaged, that is among the problems, and it is written anew.
  const auto last = last_generation(paths_);
  if (!last.ok() && last.error().code != ErrorCode::invalid_document) return last.error();
  index_.generation = std::max(index_.generation, last.ok() ? *last : 0) + 1;
  return {};
}

Result<void> CriteriaUpdater::follow() {
  step("metadata");
  if (auto refreshed = authority_.refresh(index_); !refreshed.ok()) return refreshed;
  step("log");
  return authority_.update_log(index_);
}

/// The failure is shown by the status until an update succeeds. Where it cannot be written, the first error matters more.
Error CriteriaUpdater::give_up(Error error) {
  index_.failed = FailedUpdate{now_, error};
  if (write_index().ok()) (void)write_generation();
  return error;
}

Result<void> CriteriaUpdater::take_packs() {
  auto listed = listed_packs(authority_.updater().targets());
  if (!listed.ok()) return std::move(listed).error();
  listed_ = *std::move(listed);
  for (const ListedPack& pack : listed_.latest) update_.packs.push_back(take(pack));
  for (const Error& error : listed_.unreadable) {
    record(error, nullptr);
    update_.packs.push_back({.id = {}, .revision = 0, .outcome = "refused", .previous = {}, .error = error});
  }
  return {};
}

PackChange CriteriaUpdater::take(const ListedPack& pack) {
  PackChange change{.id = pack.id, .revision = pack.revision, .outcome = "unchanged", .previous = {}, .error = {}};
  const IndexedPack* const before = index_.active(pack.id);
  if (before != nullptr) change.previous = before->pack.revision;
  if (before != nullptr && before->pack.revision == pack.revision && before->pack.digest == pack.digest) return change;
  auto taken = activated(pack);
  if (taken.ok()) {
    change.outcome = "activated";
    index_.activate(*std::move(taken));
    return change;
  }
  change.error = std::move(taken).error();
  const ErrorCode code = change.error->code;
  // What could not be had, or not be held, is no fault of the pack.
  const bool missing = code == ErrorCode::unreachable || change.error->retryable;
  change.outcome = missing ? "missing" : "refused";
  if (!missing) record(*change.error, &pack);
  return change;
}

Result<void> CriteriaUpdater::refuse_older(const ListedPack& pack) const {
  const IndexedPack* const same = index_.find(pack.id, pack.revision);
  if (same != nullptr && same->pack.digest != pack.digest) {
    return refusal(pack, "revision " + std::to_string(pack.revision) + " of " + pack.id + " was published before with another content, " + same->pack.digest +
                             ", and is now " + pack.digest + "; the authority has to give it a new revision");
  }
  const IndexedPack* const active = index_.active(pack.id);
  if (active == nullptr || active->pack.revision < pack.revision) return {};
  return refusal(pack, "the authority lists no newer revision of " + pack.id + " than " + std::to_string(pack.revision) + ", but revision " +
                           std::to_string(active->pack.revision) + " is in use");
}

Result<IndexedPack> CriteriaUpdater::activated(const ListedPack& pack) {
  if (auto newer = refuse_older(pack); !newer.ok()) return std::move(newer).error();
  step("download", name_of(pack));
  auto file = authority_.updater().download(pack.target);
  if (!file.ok()) return std::move(file).error();
  const auto logged = authority_.log().find(pack.target.path, pack.digest);
  if (!logged) return refusal(pack, "the file is signed, but not in the authority's publication log, which everybody can see");
  step("check", name_of(pack));
  const auto compiled = compile_published(*file, {.id = pack.id, .revision = pack.revision, .freshness = "fresh"});
  if (!compiled.ok()) return compiled.error();
  IndexedPack made;
  made.pack = {.id = pack.id,
               .revision = pack.revision,
               .digest = compiled->identity().digest,
               .target = pack.target.path,
               .length = pack.target.length,
               .activated_at = now_,
               .superseded_at = {},
               .log_index = *logged};
  if (auto held = hold(made, (**std::move(file)).bytes); !held.ok()) return std::move(held).error();
  return made;
}

Result<void> CriteriaUpdater::hold(const IndexedPack& pack, std::string bytes) {
  if (bytes.size() > max_new_bytes - new_bytes_) {
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "one update takes at most " + std::to_string(max_new_bytes) + " bytes of new packs; update again for the others",
                 .source = pack.pack.target,
                 .retryable = true};
  }
  new_bytes_ += bytes.size();
  new_packs_.push_back({paths_.pack(pack.pack.id, pack.pack.revision), std::move(bytes)});
  return {};
}

/// Gets anew what was kept and is damaged or lost here, as long as the authority lists it.
void CriteriaUpdater::restore_files() {
  const auto& targets = authority_.updater().targets();
  for (const IndexedPack& pack : index_.packs) {
    const std::string path = paths_.pack(pack.pack.id, pack.pack.revision);
    const auto is_target = [&pack](const trust::TargetInfo& one) { return one.path == pack.pack.target; };
    const auto target = std::find_if(targets.begin(), targets.end(), is_target);
    const bool is_new = std::any_of(new_packs_.begin(), new_packs_.end(), [&path](const NewPack& one) { return one.path == path; });
    if (target == targets.end() || is_new) continue;
    auto bytes = read_file(path, max_pack_bytes);
    if (bytes.ok() && pack_digest(*bytes) == pack.pack.digest) continue;
    PackChange change{.id = pack.pack.id, .revision = pack.pack.revision, .outcome = "restored", .previous = {}, .error = {}};
    auto file = authority_.updater().download(*target);
    if (file.ok() && pack_digest((*file)->bytes) != pack.pack.digest) continue;
    if (auto held = file.ok() ? hold(pack, (**std::move(file)).bytes) : Result<void>(file.error()); !held.ok()) {
      change.outcome = "missing";
      change.error = std::move(held).error();
    }
    update_.packs.push_back(std::move(change));
  }
}

void CriteriaUpdater::record(const Error& error, const ListedPack* pack) {
  Refusal refused{.target = error.source, .pack = {}, .revision = 0, .digest = {}, .first_at = now_, .last_at = now_, .error = error};
  if (pack != nullptr) {
    refused.target = pack->target.path;
    refused.pack = pack->id;
    refused.revision = pack->revision;
    refused.digest = pack->digest;
  }
  index_.refuse(std::move(refused));
}

}  // namespace greenlane::client
