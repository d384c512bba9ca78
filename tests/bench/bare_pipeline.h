// The bare pipeline: what `greenlane screen` does to a file of declarations, written by hand for this
// workload alone. It reads the file in blocks, parses with simdjson, puts the canonical form together and hashes
// it, matches with HandIndex, and writes the bytes that greenlane writes from templates made before. It validates
// nothing, and knows the order of the members and what all lines share.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>

#include "greenlane/assessment.h"
#include "hand_index.h"
#include "workload.h"

namespace greenlane::bench {

enum class Written : std::uint8_t { assessments, ids };

class BarePipeline {
 public:
  BarePipeline(const World& world, std::span<const Rule> rules, std::span<const Line> sample,
               const PackIdentity& pack);
  ~BarePipeline();

  /// Screens the NDJSON file `input` and writes to `out`; returns the number of lines.
  std::uint64_t run(const std::string& input, std::FILE* out, Written written);

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace greenlane::bench
