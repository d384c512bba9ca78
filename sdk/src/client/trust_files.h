// Trusted metadata in a folder.
#pragma once

#include <string>

#include "trust/trust_store.h"

namespace greenlane::client {

/// One file a role: its name percent-encoded, and ".json". A role whose name would be too long for that has a file named by its digest.
class TrustFiles final : public trust::TrustStore {
 public:
  /// `folder` must exist before anything is saved.
  explicit TrustFiles(std::string folder) : folder_(std::move(folder)) {}

  Result<std::optional<std::string>> load(std::string_view role) override;
  Result<void> save(std::string_view role, std::string_view bytes) override;
  Result<void> remove(std::string_view role) override;

 private:
  std::string folder_;
};

}  // namespace greenlane::client
