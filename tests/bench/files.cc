// A file of declarations: screen_files() against the bare pipeline, one thread against two; and one
// explanation.
#include <stdexcept>
#include <vector>

#include "bare_pipeline.h"
#include "bench_files.h"
#include "declaration_text.h"
#include "figures.h"
#include "greenlane/screening.h"
#include "measure.h"
#include "pack_text.h"

namespace greenlane::bench {
namespace {

/// The first line that differs, for people.
std::string first_difference(const std::string& found, const std::string& wanted) {
  std::size_t at = 0;
  while (at < found.size() && at < wanted.size() && found[at] == wanted[at]) ++at;
  const std::size_t from = at < 80 ? 0 : at - 80;
  return "at byte " + std::to_string(at) + "\n  engine: " + found.substr(from, 240) +
         "\n  by hand: " + wanted.substr(from, 240);
}

/// Median time of explaining one finding, in milliseconds.
double explain_ms(const Bench& bench, const Pack& pack, const std::vector<std::string>& lines) {
  std::vector<double> all;
  for (std::size_t i = 0; all.size() < bench.plan.explanations && i < lines.size(); ++i) {
    const auto declaration = Declaration::parse(lines[i]);
    if (!declaration.ok()) throw std::runtime_error(declaration.error().to_text());
    const auto assessment = greenlane::screen(pack, *declaration);
    if (!assessment.ok()) throw std::runtime_error(assessment.error().to_text());
    if (assessment->findings.empty()) continue;
    const std::string criterion = assessment->findings.front().criterion->id;
    all.push_back(seconds_of([&] {
      const auto explanation = explain(pack, *declaration, criterion, "/items/0");
      if (!explanation.ok() || explanation->outcome != "hit")
        throw Disagreement("the explanation of a finding does not say that it is one");
    }));
  }
  return median(std::move(all)) * 1e3;
}

}  // namespace

FileFigure measure_files(const Bench& bench) {
  say("files of declarations");
  const auto rules = make_rules(bench.world, Mix::dense, bench.plan.file_criteria, 72);
  const auto goods = make_goods(bench.world, bench.plan.declarations, 75);
  const auto lines = declaration_lines(bench.world, goods, 76);
  const std::string pack_path = bench.folder + "/pack.json", input = bench.folder + "/declarations.ndjson";
  write_file(pack_path, pack_text(bench.world, rules));
  std::string text;
  for (const std::string& line : lines) text.append(line).append("\n");
  write_file(input, text);
  const Pack pack = load_pack(pack_path);
  const auto interned = intern(bench.world, goods);
  BarePipeline bare(bench.world, rules, sample_of(interned), pack.identity());

  const InputOptions ndjson{"ndjson", ""};
  const std::string by_engine = bench.folder + "/engine.ndjson", by_hand = bench.folder + "/bare.ndjson";
  const auto run_bare = [&](Written written) { bare.run(input, open_for_results(by_hand).get(), written); };
  screen_file(input, pack, ndjson, 1, by_engine);
  run_bare(Written::assessments);
  const std::string found = read_file(by_engine), wanted = read_file(by_hand);
  if (found != wanted)
    throw Disagreement("the engine writes other bytes than the bare pipeline, " +
                       first_difference(found, wanted));
  screen_file(input, pack, ndjson, 2, by_engine);
  if (read_file(by_engine) != wanted)
    throw Disagreement("the engine writes other bytes with two threads than with one");

  FileFigure figure;
  const auto count = static_cast<double>(lines.size());
  figure.bytes_per_line = static_cast<double>(text.size()) / count;
  figure.output_bytes_per_line = static_cast<double>(wanted.size()) / count;
  const Plan& plan = bench.plan;
  const auto one = compare(
      plan.passes, plan.least_seconds, [&] { screen_file(input, pack, ndjson, 1, by_engine); },
      [&] { run_bare(Written::assessments); });
  figure.engine = count / one.first;
  figure.bare = count / one.second;
  figure.bare_ids = count / median_seconds(plan.passes, [&] { run_bare(Written::ids); });
  const auto threads = compare(
      plan.passes, plan.least_seconds, [&] { screen_file(input, pack, ndjson, 1, by_engine); },
      [&] { screen_file(input, pack, ndjson, 2, by_engine); });
  figure.one_thread = count / threads.first;
  figure.two_threads = count / threads.second;
  say("explanations");
  figure.explain_ms = explain_ms(bench, pack, lines);
  return figure;
}

}  // namespace greenlane::bench
