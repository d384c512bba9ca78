// greenlane-bench verify.
#pragma once

#include <cstddef>

namespace greenlane::bench {

struct VerifyPlan {
  std::size_t rounds = 41;
  std::size_t passes = 8;  ///< over the messages, a round
};

/// Returns the exit status.
int run_verify(bool json, bool quick);

}  // namespace greenlane::bench
