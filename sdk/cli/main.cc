// greenlane: the command line.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>

#include "commands.h"
#include "greenlane/version.h"
#include "home_commands.h"
#include "keys_options.h"

namespace greenlane::cli {
namespace {

struct Options {
  Console console;
  std::string home;
  std::string format = "text";
  ScreenArguments screen;
  ExplainArguments explain;
  ConvertArguments convert;
  MappingArguments mapping;
  WatchArguments watch;
  KeysArguments keys;
  std::string pack;
  std::string other_pack;
  std::string output;
  std::function<Exit(const Console&)> run;
};

std::string default_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).starts_with("zh") ? "zh" : "en";
  }
  return "en";
}

void add_globals(CLI::App& app, Options& o) {
  app.add_option("--home", o.home, "The enterprise's folder (default: the variable\nGREENLANE_HOME, else ~/.greenlane)");
  app.add_option("--format", o.format, "Text for people, or JSON documents")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  app.add_option("--lang", o.console.language, "Language of texts")->check(CLI::IsMember({"en", "zh"}))->capture_default_str();
  app.add_flag("--quiet", o.console.quiet, "No progress, no headings");
  app.set_version_flag("--version", std::string("greenlane ") + version);
}

void add_input(CLI::App& command, std::string& input) {
  command.add_option("--input", input, "Format of the inputs (default: by the ending)")
      ->check(CLI::IsMember({"json", "ndjson", "csv", "tsv", "xml", "edifact"}));
}

void add_packs(CLI::App& c, PackArguments& a) {
  c.add_option("--pack", a.packs, "A pack: its folder or built file, or ID or ID@REVISION\nin the home; may be given again (default: those in\nuse in the home)")->allow_extra_args(false);
  c.add_option("--known-on", a.known_on, "Use the packs that were in use in the home on that day");
}

/// What screen and watch have in common.
void add_screening(CLI::App& c, ScreenArguments& a) {
  add_packs(c, a.packs);
  c.add_option("--as-of", a.as_of, "Day whose criteria apply (default: each one's own)");
  add_input(c, a.input);
  c.add_option("--mapping", a.mapping, "How tables and messages are read (mapping/1)");
  c.add_option("--fail-on", a.fail_on, "Lowest level that makes the exit status 1")
      ->check(CLI::IsMember({"low", "medium", "high", "never"}))
      ->capture_default_str();
  c.add_flag("--why", a.why, "Add near misses and what would lower the level");
}

void add_screen(CLI::App& app, Options& o) {
  CLI::App* c = app.add_subcommand("screen", "Screen declarations against criteria packs");
  add_screening(*c, o.screen);
  c->add_option("--jobs", o.screen.jobs, "Threads")->check(CLI::Range(1, 256))->capture_default_str();
  auto* output = c->add_option("--output", o.screen.output, "Write the results to a file, one line each");
  c->add_flag("--resume", o.screen.resume, "Go on where an interrupted run left the file")->needs(output);
  c->add_option("PATH", o.screen.paths, "Files, folders, or - for the standard input")->required();
  c->footer("Example:\n  greenlane screen --pack samples/criteria/cn-sample samples/declarations\n\n"
            "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage,\n"
            "3 some input was refused (the rest was screened).");
  c->callback([&o] { o.run = [&o](const Console& console) { return run_screen(console, o.screen); }; });
}

void add_watch(CLI::App& app, Options& o) {
  CLI::App* c = app.add_subcommand("watch", "Screen the files that appear in a folder");
  c->add_option("--in", o.watch.in, "Folder of the inputs")->required();
  c->add_option("--out", o.watch.out, "Folder of the answers")->required();
  c->add_option("--done", o.watch.done, "Folder for inputs that were screened")->required();
  c->add_option("--failed", o.watch.failed, "Folder for inputs that were refused")->required();
  add_screening(*c, o.watch.screen);
  c->add_flag("--once", o.watch.once, "End after what is there");
  c->add_option("--interval", o.watch.interval, "Seconds between two looks")->check(CLI::Range(0.01, 3600.0))->capture_default_str();
  c->add_option("--tries", o.watch.tries, "Tries before a file is given up")->check(CLI::Range(1, 100))->capture_default_str();
  c->add_option("--status", o.watch.status, "Status file (default: .greenlane-status.json)");
  c->footer("Example:\n  greenlane watch --in in --out out --done done --failed failed \\\n"
            "      --pack samples/criteria/cn-sample\n\n"
            "Exit status: 0 ended as asked, 2 wrong usage, 3 bad pack or mapping,\n"
            "5 folders in use or not writable; with --once also 1 findings and\n3 some input was refused.");
  c->callback([&o] { o.run = [&o](const Console& console) { return run_watch(console, o.watch); }; });
}

void add_explain(CLI::App& app, Options& o) {
  CLI::App* c = app.add_subcommand("explain", "Why a criterion hit or not, and what changes that");
  add_packs(*c, o.explain.packs);
  c->add_option("--criterion", o.explain.criterion, "ID (the version in force) or ID@VERSION")->required();
  c->add_option("--at", o.explain.at, "JSON Pointer of one element, such as /items/0");
  c->add_option("--as-of", o.explain.as_of, "Day whose criteria apply (default: its own date)");
  add_input(*c, o.explain.input);
  c->add_option("--mapping", o.explain.mapping, "How tables and messages are read (mapping/1)");
  c->add_option("--index", o.explain.index, "Which declaration of the file, from 0")->capture_default_str();
  c->add_option("FILE", o.explain.file, "File of the declaration, or - for standard input")->required();
  c->footer("Example:\n  greenlane explain --pack samples/criteria/cn-sample \\\n"
            "      --criterion CN.FS.JP-AQUATIC samples/declarations/FILE.json");
  c->callback([&o] { o.run = [&o](const Console& console) { return run_explain(console, o.explain); }; });
}

void add_pack_command(CLI::App& pack, Options& o, const char* name, const char* help, Exit (*run)(const Console&, const std::string&)) {
  CLI::App* c = pack.add_subcommand(name, help);
  c->add_option("PATH", o.pack, "A pack's folder or built file")->required();
  c->callback([&o, run] { o.run = [&o, run](const Console& console) { return run(console, o.pack); }; });
}

void add_pack(CLI::App& app, Options& o) {
  CLI::App* pack = app.add_subcommand("pack", "For authors of criteria");
  pack->require_subcommand(1);
  CLI::App* build = pack->add_subcommand("build", "Join a folder of sources into one file");
  build->add_option("PATH", o.pack, "The pack's folder")->required();
  build->add_option("-o,--output", o.output, "File to write (default: the standard output)");
  build->callback([&o] { o.run = [&o](const Console& console) { return run_pack_build(console, o.pack, o.output); }; });
  add_pack_command(*pack, o, "lint", "Show everything that is wrong or doubtful", run_pack_lint);
  add_pack_command(*pack, o, "test", "Run the criteria's own tests", run_pack_test);
  add_pack_command(*pack, o, "show", "Show what is in a pack", run_pack_show);
  CLI::App* diff = pack->add_subcommand("diff", "Compare two packs, criterion by criterion");
  diff->add_option("OLD", o.pack, "The earlier pack")->required();
  diff->add_option("NEW", o.other_pack, "The later pack")->required();
  diff->callback([&o] { o.run = [&o](const Console& console) { return run_pack_diff(console, o.pack, o.other_pack); }; });
  pack->footer("Example:\n  greenlane pack build samples/criteria/cn-sample -o cn-sample.json");
}

void add_convert(CLI::App& app, Options& o) {
  CLI::App* c = app.add_subcommand("convert", "Other formats as JSON documents, one a line");
  add_input(*c, o.convert.input);
  c->add_option("--mapping", o.convert.mapping, "How tables and messages are read (mapping/1)");
  c->add_option("-o,--output", o.convert.output, "File to write (default: the standard output)");
  c->add_option("PATH", o.convert.paths, "Files, folders, or - for the standard input")->required();
  c->footer("Example:\n  greenlane convert --mapping samples/mappings/korea-customs.json FILE.csv\n\n"
            "What a mapping leaves unread in messages is listed on the standard error.\n"
            "Exit status: 0 all converted, 2 wrong usage, 3 some input was refused.");
  c->callback([&o] { o.run = [&o](const Console& console) { return run_convert(console, o.convert); }; });
}

void add_mapping(CLI::App& app, Options& o) {
  CLI::App* mapping = app.add_subcommand("mapping", "For authors of mappings");
  mapping->require_subcommand(1);
  CLI::App* check = mapping->add_subcommand("check", "Check a mapping, and show what it makes of a sample");
  check->add_option("MAPPING", o.mapping.mapping, "File of a greenlane.mapping/1")->required();
  check->add_option("--sample", o.mapping.samples, "A file to read with it; may be given again")->allow_extra_args(false);
  add_input(*check, o.mapping.input);
  check->footer("Example:\n  greenlane mapping check samples/mappings/korea-customs.json --sample FILE.csv");
  check->callback([&o] { o.run = [&o](const Console& console) { return run_mapping_check(console, o.mapping); }; });
}

int run(int argc, char** argv) {
  Options options;
  options.console.language = default_language();
  CLI::App app("Enterprise compliance self-assessment for customs", "greenlane");
  app.require_subcommand(1);
  app.fallthrough();
  add_globals(app, options);
  add_screen(app, options);
  add_watch(app, options);
  add_explain(app, options);
  add_pack(app, options);
  add_convert(app, options);
  add_mapping(app, options);
  add_home_commands(app, options.home, options.run);
  add_keys(app, options.keys, options.home, options.run);
  app.footer("Example:\n  greenlane screen --pack samples/criteria/cn-sample samples/declarations");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    const bool help = problem.get_exit_code() == 0;
    app.exit(problem);
    return static_cast<int>(help ? Exit::done : Exit::usage);
  }
  for (PackArguments* packs : {&options.screen.packs, &options.watch.screen.packs, &options.explain.packs}) packs->home = options.home;
  options.console.json = options.format == "json";
  options.console.colour = !options.console.json && isatty(STDOUT_FILENO) != 0;
  options.console.progress = isatty(STDERR_FILENO) != 0;
  return static_cast<int>(options.run(options.console));
}

}  // namespace
}  // namespace greenlane::cli

int main(int argc, char** argv) {
  try {
    return greenlane::cli::run(argc, argv);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "greenlane: internal error: %s\n", problem.what());
    return static_cast<int>(greenlane::cli::Exit::internal);
  }
}
