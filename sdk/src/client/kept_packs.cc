#include "client/kept_packs.h"

#include <utility>

#include "client/file_io.h"
#include "client/freshness.h"
#include "client/home_state.h"
#include "client/published_pack.h"

namespace greenlane::client {
namespace {

std::string name_of(const KeptPack& pack) { return pack.id + " revision " + std::to_string(pack.revision); }

}  // namespace

Result<KeptPacks> KeptPacks::open(const HomePaths& paths, std::chrono::sys_seconds now, ReadFile read) {
  auto packs = open_any(paths, now, std::move(read));
  if (!packs.ok()) return packs;
  if (auto latest = check_index_is_latest(paths, packs->index_); !latest.ok()) return std::move(latest).error();
  return packs;
}

Result<KeptPacks> KeptPacks::open_any(const HomePaths& paths, std::chrono::sys_seconds now, ReadFile read) {
  auto index = read_index(paths);
  if (!index.ok()) return std::move(index).error();
  KeptPacks packs(paths, now, read ? std::move(read) : ReadFile(read_file));
  packs.index_ = *std::move(index);
  packs.clock_suspect_ = clock_is_suspect(packs.index_, now);
  return packs;
}

Result<TrustedSet*> KeptPacks::set(std::int64_t number) {
  auto& kept = sets_[number];
  if (kept == nullptr) {
    auto opened = TrustedSet::open(paths_, *index_.set(number));
    if (!opened.ok()) return std::move(opened).error();
    kept = *std::move(opened);
  }
  return kept.get();
}

Result<std::string> KeptPacks::freshness(const IndexedPack& pack) {
  if (clock_suspect_) return std::string("clock_suspect");
  const auto rests_on = set(pack.set);
  if (!rests_on.ok()) return rests_on.error();
  return freshness_of((*rests_on)->roles(), pack.pack.superseded_at, now_);
}

Result<Verified<trust::TargetFile>> KeptPacks::read_verified(const IndexedPack& pack) {
  const std::string path = paths_.pack(pack.pack.id, pack.pack.revision);
  const auto refused = [&](const std::string& why) {
    return Error{.code = ErrorCode::not_trusted,
                 .message = "the file of " + name_of(pack.pack) + " is not the one that was verified (" + why + "); `greenlane criteria update` fetches it again",
                 .source = path};
  };
  const auto rests_on = set(pack.set);
  if (!rests_on.ok()) return rests_on.error();
  auto bytes = read_(path, static_cast<std::size_t>(pack.pack.length));
  if (!bytes.ok()) return refused(bytes.error().message);
  if (pack_digest(*bytes) != pack.pack.digest) return refused("its digest is another");
  auto file = (*rests_on)->check(pack.pack.target, *std::move(bytes));
  if (!file.ok()) return refused(file.error().message);
  return file;
}

/// The one look at the file is that of read_verified(): the same buffer is compiled.
Result<PublishedPack> KeptPacks::load(const IndexedPack& pack) {
  auto freshness_now = freshness(pack);
  if (!freshness_now.ok()) return std::move(freshness_now).error();
  const auto file = read_verified(pack);
  if (!file.ok()) return file.error();
  return compile_published(*file, {.id = pack.pack.id, .revision = pack.pack.revision, .freshness = *std::move(freshness_now), .run_tests = false});
}

std::vector<const IndexedPack*> KeptPacks::active() const {
  std::vector<const IndexedPack*> found;
  for (const IndexedPack& pack : index_.packs) {
    if (!pack.pack.superseded_at) found.push_back(&pack);
  }
  return found;
}

std::vector<const IndexedPack*> KeptPacks::known_on(Date day) const {
  const std::chrono::sys_seconds end = std::chrono::sys_days(std::chrono::days(day.days_since_1970() + 1));
  std::vector<const IndexedPack*> found;
  for (const IndexedPack& pack : index_.packs) {
    if (pack.pack.activated_at < end && (!pack.pack.superseded_at || *pack.pack.superseded_at >= end)) found.push_back(&pack);
  }
  return found;
}

Result<const IndexedPack*> KeptPacks::find(std::string_view id, std::optional<std::int64_t> revision) const {
  const IndexedPack* const found = revision ? index_.find(id, *revision) : index_.active(id);
  if (found != nullptr) return found;
  std::string known;
  for (const IndexedPack& pack : index_.packs) known += (known.empty() ? "" : ", ") + pack.pack.id + "@" + std::to_string(pack.pack.revision);
  return Error{.code = ErrorCode::not_found,
               .message = "this home has no pack " + std::string(id) + (revision ? " revision " + std::to_string(*revision) : "") + "; it has " +
                          (known.empty() ? "none: run `greenlane criteria update`" : known)};
}

}  // namespace greenlane::client
