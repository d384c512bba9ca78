// What an authority says now: its metadata, its keys and its publication log, each verified.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "client/home_paths.h"
#include "client/pack_index.h"
#include "client/root_history.h"
#include "greenlane/result.h"
#include "trust/key_ring.h"
#include "trust/publication_log.h"
#include "trust/updater.h"

namespace greenlane::client {

/// One update's view. One thread.
class Authority {
 public:
  Authority(const HomePaths& paths, trust::Source& source, std::chrono::sys_seconds now) : paths_(paths), source_(source), now_(now), store_(paths) {}

  /// Root, timestamp, snapshot, targets and keys. Errors: those of Updater::refresh(); not_trusted, where it is older than what
  /// `index` rests on.
  Result<void> refresh(const PackIndex& index);
  /// The publication log, up to its latest checkpoint, kept in the home. Errors: those of PublicationLog::update(); not_trusted, where it
  /// is not the one of `index`. REQUIRES: refresh().
  Result<void> update_log(const PackIndex& index);

  // REQUIRE refresh() or update_log().
  trust::Updater& updater() noexcept { return *updater_; }
  trust::TrustStore& store() noexcept { return store_; }
  const trust::PublicationLog& log() const noexcept { return *log_; }
  const MetadataSet& versions() const noexcept { return versions_; }  ///< number 0
  const std::string& key_list() const noexcept { return key_list_; }  ///< bytes of trust/keys.json

 private:
  Result<void> read_keys();
  Result<void> check_not_older(const PackIndex& index) const;

  HomePaths paths_;
  trust::Source& source_;
  std::chrono::sys_seconds now_;
  RootHistory store_;
  std::optional<trust::Updater> updater_;
  MetadataSet versions_;
  std::string key_list_;
  std::optional<trust::KeyRing> ring_;
  std::optional<trust::PublicationLog> log_;
};

}  // namespace greenlane::client
