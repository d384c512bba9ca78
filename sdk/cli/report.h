// Assessments and explanations as text for a compliance officer.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "console.h"
#include "greenlane/screening.h"

namespace greenlane::cli {

/// One assessment with its findings, worst first, and what could not be decided.
std::string assessment_text(const Console& console, const Assessment& assessment);

std::string explanation_text(const Console& console, const Explanation& explanation);

/// Collects the blocks of a report, worst declarations first. Holds at most `max_blocks` a level, so that memory
/// does not grow with the input.
class Report {
 public:
  static constexpr std::size_t max_blocks = 500;

  explicit Report(const Console& console) : console_(console) {}
  void add(const BatchItem& item);
  /// The whole report behind what add() was given.
  std::string text(const BatchSummary& summary) const;

 private:
  const Console& console_;
  std::array<std::vector<std::string>, 4> blocks_;  ///< by level
  std::array<std::size_t, 4> left_out_{};
  std::vector<std::string> refused_;
  std::size_t refused_left_out_ = 0;
};

}  // namespace greenlane::cli
