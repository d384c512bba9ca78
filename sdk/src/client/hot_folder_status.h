// What a hot folder tells those who look after it.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "greenlane/watch.h"

namespace greenlane::client {

/// The document greenlane.watch_status/1.
struct HotFolderStatus {
  using Time = std::chrono::system_clock::time_point;
  struct Last {
    std::string name;
    WatchOutcome outcome = WatchOutcome::no_findings;
    Time at;
  };
  struct Trouble {
    Error error;
    Time at;
  };

  bool running = true;
  Time started_at;
  WatchSummary summary;
  std::size_t waiting = 0;
  std::size_t retrying = 0;
  std::int64_t oldest = 0;  ///< arrival of the oldest waiting file, in nanoseconds since 1970; 0 = none waits
  std::optional<Last> last;
  std::optional<Trouble> last_error;

  std::string to_json(Time now) const;
};

/// Replaces the status file at `path`. It never holds half a document, but need not survive a loss of power. Error: io.
Result<void> write_status(const std::string& path, const HotFolderStatus& status);

}  // namespace greenlane::client
