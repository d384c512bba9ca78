// Times of passes. Two ways of doing a job take turns, so that what else the machine does disturbs both
// alike.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace greenlane::bench {

inline double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <typename Work>
double seconds_of(Work&& work) {
  const double start = seconds_now();
  work();
  return seconds_now() - start;
}

inline double median(std::vector<double> all) {
  std::sort(all.begin(), all.end());
  return all.size() % 2 == 1 ? all[all.size() / 2] : (all[all.size() / 2 - 1] + all[all.size() / 2]) / 2;
}

template <typename Work>
double median_seconds(std::size_t passes, Work&& work) {
  std::vector<double> all;
  while (all.size() < passes) all.push_back(seconds_of(work));
  return median(std::move(all));
}

/// Medians, in seconds a pass.
struct Compared {
  double first = 0, second = 0;
  double ratio() const { return first / second; }
};

/// At least `passes` of each, and until `least_seconds` have gone by.
template <typename First, typename Second>
Compared compare(std::size_t passes, double least_seconds, First&& first, Second&& second) {
  std::vector<double> firsts, seconds;
  first();
  second();
  const double start = seconds_now();
  while (firsts.size() < passes || (seconds_now() - start < least_seconds && firsts.size() < 400)) {
    firsts.push_back(seconds_of(first));
    seconds.push_back(seconds_of(second));
  }
  return {median(std::move(firsts)), median(std::move(seconds))};
}

}  // namespace greenlane::bench
