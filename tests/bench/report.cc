#include "report.h"

#include <cstdarg>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace greenlane::bench {
namespace {

using Json = nlohmann::ordered_json;

__attribute__((format(printf, 2, 3))) void add(std::string& out, const char* format, ...) {
  char line[256];
  va_list values;
  va_start(values, format);
  std::vsnprintf(line, sizeof line, format, values);
  va_end(values);
  out += line;
}

/// Four significant digits: no figure is more exact.
double rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return std::strtod(text, nullptr);
}

double candidates_per_hit(const EvaluationFigure& figure) { return figure.candidates / figure.hits; }
double ndjson_ratio(const FileFigure& file) { return file.engine / file.bare; }

Json series(const EvaluationFigures& all) {
  Json made = Json::array();
  for (const EvaluationFigure& f : all.sizes) {
    made.push_back({{"criteria", f.criteria},
                    {"engine_us", rounded(f.engine_us)},
                    {"limit_us", rounded(f.limit_us)},
                    {"ratio", rounded(f.ratio())},
                    {"hits", rounded(f.hits)},
                    {"candidates", rounded(f.candidates)},
                    {"load_s", rounded(f.load_s)},
                    {"bytes_per_criterion", rounded(f.bytes)},
                    {"limit_bytes_per_criterion", rounded(f.limit_bytes)}});
  }
  return made;
}

void add_evaluation(std::string& out, const char* name, const EvaluationFigures& all) {
  for (const EvaluationFigure& f : all.sizes) {
    add(out, "%-8s%9zu%12.3f%11.3f%8.2f%10.2f%10.2f%8.2f%10.0f\n", name, f.criteria, f.engine_us, f.limit_us,
        f.ratio(), f.hits, candidates_per_hit(f), f.load_s, f.bytes);
  }
}

}  // namespace

std::string to_table(const Figures& figures) {
  std::string out;
  add(out, "%-8s%9s%12s%11s%8s%10s%10s%8s%10s\n", "set", "criteria", "us a line", "by hand", "ratio", "hits",
      "cand/hit", "load s", "bytes");
  add_evaluation(out, "dense", figures.dense);
  add_evaluation(out, "sparse", figures.sparse);
  const FileFigure& file = figures.file;
  add(out, "\ngrowth of the cost over the sparse sets        %10.1f times, by hand %.1f\n",
      figures.sparse.growth, figures.sparse.limit_growth);
  add(out,
      "NDJSON, one thread                             %10.0f lines/s, %.0f bytes in and %.0f out a line\n",
      file.engine, file.bytes_per_line, file.output_bytes_per_line);
  add(out, "  of a bare pipeline that writes the same bytes%10.0f lines/s: %.0f %%\n", file.bare,
      ndjson_ratio(file) * 100);
  add(out, "  of a bare pipeline that writes ids only      %10.0f lines/s: %.0f %%\n", file.bare_ids,
      file.engine / file.bare_ids * 100);
  add(out, "  two threads                                  %10.0f lines/s: %.2f times one\n",
      file.two_threads, file.two_threads / file.one_thread);
  add(out, "explanation of a finding                       %10.3f ms\n", file.explain_ms);
  add(out, "table of rows: load                            %10.2f s, index %.0f bytes a row\n",
      figures.table.load_s, figures.table.bytes_per_row);
  add(out, "peak memory of the long stream                 %10.0f MB, of a tenth of it %.0f MB\n",
      figures.memory.long_mb, figures.memory.short_mb);
  if (figures.korea) {
    add(out, "Korean CSV                                     %10.0f lines/s, bare program %.0f: %.0f %%\n",
        figures.korea->engine, figures.korea->bare, figures.korea->engine / figures.korea->bare * 100);
  }
  return out;
}

std::string to_json(const Figures& figures, bool quick) {
  const FileFigure& file = figures.file;
  const EvaluationFigure& largest = figures.dense.sizes.back();
  Json made = {{"dense_1000_ratio", rounded(figures.dense.sizes[figures.dense.sizes.size() - 2].ratio())},
               {"dense_10000_ratio", rounded(largest.ratio())},
               {"sparse_growth", rounded(figures.sparse.growth)},
               {"sparse_limit_growth", rounded(figures.sparse.limit_growth)},
               {"candidates_per_hit", rounded(candidates_per_hit(largest))},
               {"ndjson_ratio", rounded(ndjson_ratio(file))},
               {"ndjson_ids_ratio", rounded(file.engine / file.bare_ids)},
               {"ndjson_lines_per_s", rounded(file.engine)},
               {"ndjson_bare_lines_per_s", rounded(file.bare)},
               {"ndjson_bare_ids_lines_per_s", rounded(file.bare_ids)},
               {"threads2_speedup", rounded(file.two_threads / file.one_thread)},
               {"threads2_lines_per_s", rounded(file.two_threads)},
               {"explain_ms", rounded(file.explain_ms)},
               {"load_100k_s", rounded(figures.table.load_s)},
               {"bytes_per_row", rounded(figures.table.bytes_per_row)},
               {"peak_mb", rounded(figures.memory.long_mb)},
               {"peak_100k_mb", rounded(figures.memory.short_mb)},
               {"stream_lines_per_s", rounded(figures.memory.lines_per_s)}};
  if (figures.korea) {
    made["korea_ratio"] = rounded(figures.korea->engine / figures.korea->bare);
    made["korea_lines_per_s"] = rounded(figures.korea->engine);
  }
  made["dense"] = series(figures.dense);
  made["sparse"] = series(figures.sparse);
  made["quick"] = quick;
  return made.dump();
}

}  // namespace greenlane::bench
