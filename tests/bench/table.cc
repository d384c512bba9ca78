// A pack with a table of many rows: how long it loads, and how large its index is.
#include "bench_files.h"
#include "criteria/compiled_pack.h"
#include "figures.h"
#include "measure.h"
#include "pack_text.h"

namespace greenlane::bench {

TableFigure measure_table(const Bench& bench) {
  say("a table of " + std::to_string(bench.plan.table_rows) + " rows");
  const std::string path = bench.folder + "/pack.json";
  write_file(path, table_pack_text(bench.world, bench.plan.table_rows, 77));
  TableFigure figure;
  figure.bytes_per_row = static_cast<double>(load_pack(path).compiled()->index_bytes()) /
                         static_cast<double>(bench.plan.table_rows);
  figure.load_s = median_seconds(bench.plan.loads, [&] { load_pack(path); });
  return figure;
}

}  // namespace greenlane::bench
