// Where the trusted metadata is kept between two runs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::trust {

/// Somebody may have changed what is in it: it is verified again each time. One thread.
class TrustStore {
 public:
  virtual ~TrustStore() = default;
  /// The metadata of a role as it was saved, or none. `role` may be any text. Errors: io; limit_exceeded, where somebody has put more
  /// there than is read.
  virtual Result<std::optional<std::string>> load(std::string_view role) = 0;
  /// Replaces it as a whole, durably. Error: io.
  virtual Result<void> save(std::string_view role, std::string_view bytes) = 0;
  /// Forgets it; no error where there is none. Error: io.
  virtual Result<void> remove(std::string_view role) = 0;
};

}  // namespace greenlane::trust
