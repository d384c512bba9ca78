// The store of the TUF client in a home: it keeps every root that was accepted, so that others can follow from an earlier one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/home_paths.h"
#include "client/trust_files.h"
#include "trust/trust_store.h"

namespace greenlane::client {

class RootHistory final : public trust::TrustStore {
 public:
  /// The folders must exist before anything is saved.
  explicit RootHistory(const HomePaths& paths) : files_(paths.trust()), folder_(paths.roots()) {}

  Result<std::optional<std::string>> load(std::string_view role) override { return files_.load(role); }
  Result<void> save(std::string_view role, std::string_view bytes) override;
  Result<void> remove(std::string_view role) override { return files_.remove(role); }

 private:
  TrustFiles files_;
  std::string folder_;
};

/// A root that was accepted.
struct KeptRoot {
  std::int64_t version = 0;
  std::string bytes;
};

/// Those in the folder, by version; files of other names are passed over. Error: io.
Result<std::vector<KeptRoot>> kept_roots(const HomePaths& paths);

}  // namespace greenlane::client
