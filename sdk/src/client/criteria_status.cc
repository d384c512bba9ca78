#include "client/criteria_status.h"

#include <algorithm>
#include <utility>

#include "base/base64.h"
#include "client/freshness.h"
#include "client/home_state.h"
#include "client/kept_log.h"
#include "client/kept_packs.h"

namespace greenlane::client {
namespace {

Error nothing_yet(const HomePaths& paths) {
  return {.code = ErrorCode::not_found, .message = "this home has no criteria yet; run `greenlane criteria update` first", .source = paths.home()};
}

/// Of a pack whose metadata does not verify any more.
constexpr std::string_view unknown = "unknown";

void add_packs(KeptPacks& packs, CriteriaStatus& status) {
  for (const IndexedPack* pack : packs.active()) {
    auto freshness = packs.freshness(*pack);
    status.packs.push_back({pack->pack, freshness.ok() ? *std::move(freshness) : std::string(unknown)});
    if (const auto file = packs.read_verified(*pack); !file.ok()) status.problems.push_back(file.error());
  }
}

void add_roles(KeptPacks& packs, CriteriaStatus& status) {
  const auto latest = packs.set(packs.index().sets.back().number);
  if (!latest.ok()) return;
  for (const trust::RoleState& role : (*latest)->roles()) {
    status.roles.push_back({role.role, role.version, role.expires, !status.clock_suspect && has_expired(role.expires, status.now)});
  }
}

Result<trust::PublicationLog> log_of(KeptPacks& packs, const HomePaths& paths, std::chrono::sys_seconds now, bool own) {
  if (packs.index().sets.empty()) return nothing_yet(paths);
  const auto latest = packs.set(packs.index().sets.back().number);
  if (!latest.ok()) return latest.error();
  const auto ring = (*latest)->keys();
  if (!ring.ok()) return ring.error();
  return open_kept_log(paths, ring->log_origin(), log_keys(*ring, now, own));
}

}  // namespace

Result<CriteriaStatus> criteria_status(const HomePaths& paths, const std::string& gateway, std::chrono::sys_seconds now) {
  constexpr int most = 5;
  for (int tries = 1;; ++tries) {
    auto packs = KeptPacks::open_any(paths, now);
    if (!packs.ok()) return std::move(packs).error();
    const PackIndex& index = packs->index();
    CriteriaStatus status;
    status.gateway = gateway;
    status.now = now;
    status.updated_at = index.updated_at;
    status.clock_suspect = packs->clock_suspect();
    status.problems = find_problems(paths, index);
    add_packs(*packs, status);
    if (!index.sets.empty()) add_roles(*packs, status);
    if (const auto log = log_of(*packs, paths, now, true); log.ok()) {
      status.log_origin = log->checkpoint().origin;
      status.log_size = log->checkpoint().size;
    }
    status.failed = index.failed;
    status.refusals.assign(index.refusals.rbegin(), index.refusals.rend());
    // What an update was changing meanwhile is no problem.
    const auto again = read_index(paths);
    if (status.problems.empty() || tries == most || !again.ok() || again->generation == index.generation) return status;
  }
}

Result<trust::PublicationLog> seen_log(const HomePaths& paths, std::chrono::sys_seconds now, bool own) {
  return with_kept_packs(paths, now, [&](KeptPacks& packs) { return log_of(packs, paths, now, own); });
}

Result<PublicationProof> publication_proof(const HomePaths& paths, std::chrono::sys_seconds now, std::string_view id, std::int64_t revision) {
  return with_kept_packs(paths, now, [&](KeptPacks& packs) -> Result<PublicationProof> {
    const auto pack = packs.find(id, revision);
    if (!pack.ok()) return pack.error();
    const auto log = log_of(packs, paths, now, true);
    if (!log.ok()) return log.error();
    const KeptPack& kept = (*pack)->pack;
    const auto at = log->find(kept.target, kept.digest);
    if (!at) {
      return Error{.code = ErrorCode::not_trusted, .message = "the pack is not in the publication log that this home has kept", .source = kept.target};
    }
    const std::string entries = log->entries();
    std::size_t begin = 0;
    for (std::uint64_t line = 0; line < *at; ++line) begin = entries.find('\n', begin) + 1;
    PublicationProof proof{.entry = entries.substr(begin, entries.find('\n', begin) - begin), .index = *at, .hashes = {}, .checkpoint = log->note()};
    for (const crypto::Hash& hash : log->inclusion_proof(*at)) proof.hashes.push_back(encode_base64(crypto::bytes_of(hash)));
    return proof;
  });
}

Result<void> compare_checkpoint(const HomePaths& paths, std::chrono::sys_seconds now, std::string_view note) {
  const auto log = seen_log(paths, now, false);
  return log.ok() ? log->compare(note) : Result<void>(log.error());
}

}  // namespace greenlane::client
