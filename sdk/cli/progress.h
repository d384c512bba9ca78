// Progress of long work on the standard error, where that is a terminal.
#pragma once

#include <chrono>
#include <cstddef>

#include "console.h"

namespace greenlane::cli {

class Progress {
 public:
  explicit Progress(const Console& console) : console_(console), begin_(Clock::now()), shown_(begin_) {}

  /// `count` more are done; `share` of the whole is read (0 = unknown).
  void step(double share, std::size_t count);
  /// Clears the line.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  const Console& console_;
  Clock::time_point begin_;
  Clock::time_point shown_;
  std::size_t done_ = 0;
  bool visible_ = false;
};

}  // namespace greenlane::cli
