// Metadata of an authority as an update left it, kept so that what rests on it can be verified again at any time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client/home_paths.h"
#include "client/pack_index.h"
#include "client/trust_files.h"
#include "greenlane/result.h"
#include "trust/key_ring.h"
#include "trust/updater.h"

namespace greenlane::client {

/// A source that has nothing.
class NoSource final : public trust::Source {
 public:
  Result<std::optional<std::string>> fetch(std::string_view, std::size_t) override { return std::optional<std::string>(); }
};

/// Verified again; one thread.
class TrustedSet {
 public:
  /// Errors: not_trusted, where the files are not those that `expected` speaks of; io.
  static Result<std::unique_ptr<TrustedSet>> open(const HomePaths& paths, const MetadataSet& expected);

  /// The file that the metadata lists at `target`. Errors: not_trusted, where it lists none, or another one.
  Result<Verified<trust::TargetFile>> check(std::string_view target, std::string bytes);
  /// The keys of messages and of the publication log, as listed. Errors: as check(); those of KeyRing::read().
  Result<trust::KeyRing> keys();
  Result<Verified<trust::TargetFile>> key_file();
  const std::vector<trust::TargetInfo>& targets() const noexcept { return updater_->targets(); }
  std::vector<trust::RoleState> roles() const { return updater_->roles(); }
  /// Bytes of a role's metadata. Error: io.
  Result<std::string> metadata(std::string_view role);

 private:
  TrustedSet(const HomePaths& paths, std::int64_t number) : folder_(paths.set(number)), files_(folder_) {}

  std::string folder_;
  TrustFiles files_;
  NoSource nowhere_;
  std::optional<trust::Updater> updater_;
};

/// Copies what `store` has, and the file of keys, into the folder of `set`, durably.
Result<void> write_set(const HomePaths& paths, const MetadataSet& set, trust::TrustStore& store, std::string_view keys);
/// Removes the folders of sets that `index` does not name. What cannot be removed stays.
void remove_other_sets(const HomePaths& paths, const PackIndex& index);

}  // namespace greenlane::client
