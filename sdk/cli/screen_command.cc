#include <array>
#include <cstdio>
#include <optional>

#include "commands.h"
#include "pack_arguments.h"
#include "progress.h"
#include "report.h"

namespace greenlane::cli {
namespace {

/// The lowest level that makes the command fail; 4 = never.
int threshold(const std::string& fail_on) {
  constexpr std::array<std::string_view, 5> names = {"none", "low", "medium", "high", "never"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == fail_on) return static_cast<int>(i);
  }
  return 4;
}

}  // namespace

Exit run_screen(const Console& console, const ScreenArguments& arguments) {
  const auto packs = load_packs(arguments.packs);
  if (!packs.ok()) return console.fail(packs.error());
  const auto as_of = read_date(arguments.as_of);
  if (!as_of.ok()) return console.fail(as_of.error());
  BatchOptions options{.input = {arguments.input, arguments.mapping}, .as_of = *as_of, .jobs = arguments.jobs, .json = console.json, .why = arguments.why};
  if (!console.json && !console.quiet) console.out(packs_text(console, *packs));
  Report report(console);
  Progress progress(console);
  const auto summary = screen_files(arguments.paths, *packs, options, [&](BatchItem&& item) -> Result<void> {
    progress.step(item.read);
    if (!console.json) {
      report.add(item);
      return {};
    }
    item.json += '\n';
    if (std::fwrite(item.json.data(), 1, item.json.size(), stdout) == item.json.size()) return {};
    return Error{.code = ErrorCode::io, .message = "the standard output cannot be written"};
  });
  progress.finish();
  if (!summary.ok()) return console.fail(summary.error());
  if (!console.json) console.out(report.text(*summary));
  if (console.json && summary->refused != 0 && !console.quiet) {
    console.err("greenlane: " + grouped(summary->screened) + " screened, " + grouped(summary->refused) + " refused\n");
  }
  if (summary->refused != 0) return Exit::bad_input;
  for (int level = threshold(arguments.fail_on); level < 4; ++level) {
    if (summary->by_level[level] != 0) return Exit::findings;
  }
  return Exit::done;
}

}  // namespace greenlane::cli
