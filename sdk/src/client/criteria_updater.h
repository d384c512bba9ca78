// Takes what an authority has published into use: verified, in the publication log, compiled, its own tests passed; then written, and
// named by the index in one step.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "client/authority.h"
#include "client/durable_files.h"
#include "client/home_paths.h"
#include "client/listed_packs.h"
#include "client/pack_index.h"
#include "greenlane/home.h"
#include "greenlane/result.h"

namespace greenlane::client {

/// Bytes of new packs in one update. They are held until all are written.
inline constexpr std::size_t max_new_bytes = std::size_t{512} << 20;

/// One update. One thread.
class CriteriaUpdater {
 public:
  CriteriaUpdater(const HomePaths& paths, trust::Source& source, const UpdateOptions& options);

  /// As Home::update_criteria().
  Result<CriteriaUpdate> run();

 private:
  friend struct CriteriaUpdateFault;

  struct NewPack {
    std::string path;
    std::string bytes;
  };

  Result<void> begin();
  Result<void> follow();
  Result<void> take_packs();
  PackChange take(const ListedPack& pack);
  Result<IndexedPack> activated(const ListedPack& pack);
  Result<void> refuse_older(const ListedPack& pack) const;
  void restore_files();
  void record(const Error& error, const ListedPack* pack);
  Result<void> hold(const IndexedPack& pack, std::string bytes);
  void step(std::string_view what, std::string_view pack = {}) const;
  Error give_up(Error error);

  Result<void> commit();
  // What makes an update durable, in this order. Until the index is written, nothing has changed.
  Result<void> write_packs();
  Result<void> write_metadata();
  Result<void> write_index();
  Result<void> write_generation();

  HomePaths paths_;
  UpdateOptions options_;
  std::chrono::sys_seconds now_;
  Authority authority_;
  std::optional<FolderLock> lock_;
  PackIndex index_;
  ListedPacks listed_;
  CriteriaUpdate update_;
  std::vector<NewPack> new_packs_;
  std::size_t new_bytes_ = 0;
  std::array<Result<void> (CriteriaUpdater::*)(), 4> steps_ = {&CriteriaUpdater::write_packs, &CriteriaUpdater::write_metadata, &CriteriaUpdater::write_index,
                                                               &CriteriaUpdater::write_generation};
};

/// The moment that the caller says, else that of the clock.
std::chrono::sys_seconds moment(const Moment& given);

}  // namespace greenlane::client
