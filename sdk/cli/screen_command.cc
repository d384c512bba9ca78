#include <algorithm>
#include <cstdio>
#include <iterator>

#include "commands.h"
#include "greenlane/result_file.h"
#include "pack_arguments.h"
#include "pack_text.h"
#include "progress.h"
#include "report.h"

namespace greenlane::cli {
namespace {

Exit exit_of(const BatchSummary& summary, const std::string& fail_on) {
  if (summary.refused != 0) return Exit::bad_input;
  const auto lowest = lowest_level(fail_on);
  if (!lowest) return Exit::done;
  const bool found = std::any_of(summary.by_level + static_cast<int>(*lowest), std::end(summary.by_level), [](std::size_t number) { return number != 0; });
  return found ? Exit::findings : Exit::done;
}

void add(BatchSummary& all, const BatchSummary& more) {
  all.screened += more.screened;
  all.refused += more.refused;
  all.undetermined += more.undetermined;
  for (std::size_t i = 0; i < std::size(all.by_level); ++i) all.by_level[i] += more.by_level[i];
}

std::string counted(const BatchSummary& summary) {
  return "greenlane: " + grouped(summary.screened) + " screened, " + grouped(summary.refused) + " refused\n";
}

/// Writes results to a file, from the beginning or where an interrupted run has left it.
Exit screen_to_file(const Console& console, const ScreenArguments& arguments, const std::vector<Pack>& packs, BatchOptions options) {
  auto file = arguments.resume ? ResultFile::resume(arguments.output) : ResultFile::create(arguments.output);
  if (!file.ok()) return console.fail(file.error());
  options.resume_at = file->resume_at();
  Progress progress(console);
  auto summary = screen_files_to_lines(arguments.paths, packs, options, [&](const BatchLines& lines) {
    progress.step(lines.read, lines.items);
    return file->write(lines.text);
  });
  progress.finish();
  const auto closed = file->close();
  if (!summary.ok()) return console.fail(summary.error());
  if (!closed.ok()) return console.fail(closed.error());
  add(*summary, file->earlier());
  if (!console.quiet) console.err(counted(*summary));
  return exit_of(*summary, arguments.fail_on);
}

/// Writes results to the standard output as JSON lines.
Exit screen_to_output(const Console& console, const ScreenArguments& arguments, const std::vector<Pack>& packs, const BatchOptions& options) {
  Progress progress(console);
  const auto summary = screen_files_to_lines(arguments.paths, packs, options, [&](const BatchLines& lines) -> Result<void> {
    progress.step(lines.read, lines.items);
    const bool written = std::fwrite(lines.text.data(), 1, lines.text.size(), stdout) == lines.text.size() && std::fflush(stdout) == 0;
    if (written) return {};
    return Error{.code = ErrorCode::io, .message = "the standard output cannot be written"};
  });
  progress.finish();
  if (!summary.ok()) return console.fail(summary.error());
  if (summary->refused != 0 && !console.quiet) console.err(counted(*summary));
  return exit_of(*summary, arguments.fail_on);
}

}  // namespace

Exit run_screen(const Console& console, const ScreenArguments& arguments) {
  const auto packs = load_packs(arguments.packs);
  if (!packs.ok()) return console.fail(packs.error());
  const auto as_of = read_date(arguments.as_of);
  if (!as_of.ok()) return console.fail(as_of.error());
  BatchOptions options{.input = {arguments.input, arguments.mapping}, .as_of = *as_of, .jobs = arguments.jobs, .json = console.json, .why = arguments.why};
  if (!arguments.output.empty()) return screen_to_file(console, arguments, *packs, std::move(options));
  if (console.json) return screen_to_output(console, arguments, *packs, options);
  if (!console.quiet) console.out(packs_text(console, *packs));
  Report report(console);
  Progress progress(console);
  const auto summary = screen_files(arguments.paths, *packs, options, [&](BatchItem&& item) -> Result<void> {
    progress.step(item.read, 1);
    report.add(item);
    return {};
  });
  progress.finish();
  if (!summary.ok()) return console.fail(summary.error());
  console.out(report.text(*summary));
  return exit_of(*summary, arguments.fail_on);
}

}  // namespace greenlane::cli
