#include "client/export_criteria.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/text.h"
#include "client/kept_log.h"
#include "client/kept_packs.h"
#include "client/root_history.h"
#include "trust/log_tiles.h"
#include "trust/metadata.h"

namespace greenlane::client {
namespace {

class Exporter {
 public:
  Exporter(const HomePaths& paths, std::chrono::sys_seconds now, KeptPacks& packs) : paths_(paths), now_(now), packs_(packs) {}

  Result<std::vector<BundledFile>> files(const std::vector<std::string>& ids) {
    if (packs_.index().sets.empty()) {
      return Error{.code = ErrorCode::not_found, .message = "this home has no criteria yet; run `greenlane criteria update` first", .source = paths_.home()};
    }
    const auto set = packs_.set(packs_.index().sets.back().number);
    if (!set.ok()) return set.error();
    set_ = *set;
    if (auto added = add_metadata(); !added.ok()) return std::move(added).error();
    if (auto added = add_keys_and_log(); !added.ok()) return std::move(added).error();
    if (auto added = add_packs(ids); !added.ok()) return std::move(added).error();
    std::sort(files_.begin(), files_.end(), [](const BundledFile& a, const BundledFile& b) { return a.path < b.path; });
    return std::move(files_);
  }

 private:
  void add(std::string_view folder, const std::string& name, std::string bytes) { files_.push_back({std::string(folder) + name, std::move(bytes)}); }

  Result<void> add_metadata() {
    auto roots = kept_roots(paths_);
    if (!roots.ok()) return std::move(roots).error();
    const MetadataSet& versions = packs_.index().sets.back();
    for (KeptRoot& root : *roots) {
      if (root.version <= versions.root) add(trust::metadata_folder, std::to_string(root.version) + ".root.json", std::move(root.bytes));
    }
    const auto root = set_->metadata("root");
    if (!root.ok()) return root.error();
    const auto read = trust::read_root(*root);
    if (!read.ok()) return read.error();
    consistent_ = read->consistent_snapshot;
    for (const auto& [role, version] : {std::pair{"timestamp", std::int64_t{0}}, {"snapshot", versions.snapshot}, {"targets", versions.targets}}) {
      auto bytes = set_->metadata(role);
      if (!bytes.ok()) return std::move(bytes).error();
      const std::string prefix = consistent_ && version != 0 ? std::to_string(version) + "." : "";
      add(trust::metadata_folder, prefix + role + ".json", *std::move(bytes));
    }
    return {};
  }

  Result<void> add_target(const trust::TargetFile& file) {
    auto location = trust::target_location(file.info, consistent_);
    if (!location.ok()) return std::move(location).error();
    add(trust::targets_folder, *location, file.bytes);
    return {};
  }

  Result<void> add_keys_and_log() {
    const auto file = set_->key_file();
    if (!file.ok()) return file.error();
    if (auto added = add_target(**file); !added.ok()) return added;
    const auto ring = trust::KeyRing::read((*file)->bytes);
    if (!ring.ok()) return ring.error();
    const auto log = open_kept_log(paths_, ring->log_origin(), log_keys(*ring, now_, true));
    if (!log.ok()) return log.error();
    const std::string text = log->entries();
    auto lines = text::split(text, '\n');
    lines.pop_back();
    const std::vector<std::string> entries(lines.begin(), lines.end());
    for (std::size_t begin = 0; begin < entries.size(); begin += trust::tile_width) {
      const std::size_t width = std::min(trust::tile_width, entries.size() - begin);
      auto bundle = trust::bundle_of(std::span(entries).subspan(begin, width));
      if (!bundle.ok()) return std::move(bundle).error();
      add(trust::log_folder, trust::bundle_path(begin / trust::tile_width, width), *std::move(bundle));
    }
    add(trust::log_folder, "checkpoint", log->note());
    return {};
  }

  Result<void> add_packs(const std::vector<std::string>& ids) {
    std::vector<const IndexedPack*> chosen;
    for (const std::string& id : ids) {
      const auto found = packs_.find(id, std::nullopt);
      if (!found.ok()) return found.error();
      chosen.push_back(*found);
    }
    if (ids.empty()) chosen = packs_.active();
    const std::int64_t latest = packs_.index().sets.back().number;
    for (const IndexedPack* pack : chosen) {
      if (pack->set != latest && ids.empty()) continue;  // the authority has withdrawn it
      if (pack->set != latest) {
        return Error{.code = ErrorCode::not_trusted, .message = "the authority no longer lists " + pack->pack.id + ", so that nobody could verify it", .source = pack->pack.target};
      }
      const auto file = packs_.read_verified(*pack);
      if (!file.ok()) return file.error();
      if (auto added = add_target(**file); !added.ok()) return added;
    }
    return {};
  }

  const HomePaths& paths_;
  std::chrono::sys_seconds now_;
  KeptPacks& packs_;
  TrustedSet* set_ = nullptr;
  bool consistent_ = false;
  std::vector<BundledFile> files_;
};

}  // namespace

Result<std::vector<BundledFile>> files_to_export(const HomePaths& paths, std::chrono::sys_seconds now, const std::vector<std::string>& ids) {
  return with_kept_packs(paths, now, [&](KeptPacks& packs) { return Exporter(paths, now, packs).files(ids); });
}

}  // namespace greenlane::client
