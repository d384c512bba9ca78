// The figures of a run, and the jobs that measure them. A job throws Disagreement where the engine and the
// hand-written reference do not do the same.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "workload.h"

namespace greenlane::bench {

struct Disagreement : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How much is measured.
struct Plan {
  bool quick = false;
  std::vector<std::size_t> dense = {10, 100, 1'000, 10'000};  ///< criteria
  std::vector<std::size_t> sparse = {1'000, 10'000, 100'000};
  std::size_t goods = 10'000;         ///< lines of an evaluation pass
  std::size_t declarations = 20'000;  ///< lines of a file
  std::size_t file_criteria = 1'000;  ///< of its pack
  std::size_t passes = 7;             ///< at least, of each of two ways of doing a job
  double least_seconds = 3.0;         ///< of passes of two ways in turns
  std::size_t table_rows = 100'000;
  std::size_t loads = 3;
  std::size_t explanations = 500;
  std::uint64_t short_stream = 100'000,
                long_stream = 1'000'000;  ///< lines of the runs whose memory is measured

  static Plan for_smoke_test();
};

/// Evaluation against packs of one size.
struct EvaluationFigure {
  std::size_t criteria = 0;
  double engine_us = 0, limit_us = 0;  ///< a line
  double hits = 0, candidates = 0;     ///< a line
  double load_s = 0;                   ///< of the pack, from its file
  double bytes = 0;                    ///< of the index, a criterion
  double limit_bytes = 0;
  double ratio() const { return engine_us / limit_us; }
};

/// A series of sizes, and how much more a line costs with the largest pack than with the smallest, which take
/// turns.
struct EvaluationFigures {
  std::vector<EvaluationFigure> sizes;
  double growth = 0, limit_growth = 0;
};

/// A file of declarations, in lines a second.
struct FileFigure {
  double bytes_per_line = 0, output_bytes_per_line = 0;
  double engine = 0, bare = 0, bare_ids = 0;
  double one_thread = 0, two_threads = 0;
  double explain_ms = 0;
};

struct TableFigure {
  double load_s = 0, bytes_per_row = 0;
};

struct MemoryFigure {
  double short_mb = 0, long_mb = 0;  ///< 10^6 bytes
  double lines_per_s = 0;
};

struct KoreaFigure {
  double engine = 0, bare = 0;  ///< lines a second
};

struct Figures {
  EvaluationFigures dense, sparse;
  FileFigure file;
  TableFigure table;
  MemoryFigure memory;
  std::optional<KoreaFigure> korea;  ///< where its data is
};

/// Everything that jobs share. Files are written to `folder`, whoever made it removes it.
struct Bench {
  Plan plan;
  World world;
  std::string folder;
  std::string program;  ///< this one, to be started again
};

EvaluationFigures measure_evaluation(const Bench& bench, Mix mix, const std::vector<std::size_t>& sizes);
FileFigure measure_files(const Bench& bench);
TableFigure measure_table(const Bench& bench);
MemoryFigure measure_memory(const Bench& bench);
std::optional<KoreaFigure> measure_korea(const Bench& bench);

/// What the child of measure_memory() does: screens the standard input with the pack. Returns the exit
/// status.
int screen_standard_input(const std::string& pack);

/// On the standard error, where that is a terminal.
void say(const std::string& what);

}  // namespace greenlane::bench
