// What init and criteria take on the command line.
#include <CLI/CLI.hpp>
#include <memory>

#include "home_argument.h"
#include "home_commands.h"

namespace greenlane::cli {
namespace {

using Run = std::function<Exit(const Console&)>;

struct Arguments {
  InitArguments init;
  std::string file;
  std::vector<std::string> packs;
};

void add_init(CLI::App& app, const std::string& home, Run& run, const std::shared_ptr<Arguments>& a) {
  CLI::App* c = app.add_subcommand("init", "Make a home that follows an authority");
  c->add_option("--gateway", a->init.gateway, "Address of customs: https://HOST[:PORT]")->required();
  c->add_option("--root", a->init.root, "File of the authority's root of trust")->required();
  c->add_option("--ca", a->init.ca, "Certificates (PEM) to trust the gateway by\n(default: those of this machine)");
  c->add_option("--enterprise", a->init.enterprise, "Your code with customs; makes a first key");
  c->footer("The root of trust has to come from somewhere else than the gateway. Its digest\nis printed: compare it with what customs has published.\n\n"
            "Example:\n  greenlane init --home /srv/greenlane --gateway https://customs.example \\\n      --root root.json --enterprise 1101919107");
  c->callback([&run, &home, a] { run = [&home, a](const Console& console) { return run_init(console, home, a->init); }; });
}

CLI::App* add(CLI::App& criteria, const char* name, const char* help, const char* footer, const std::string& home, Run& run,
              const std::function<Exit(const Console&, const std::string&)>& command) {
  CLI::App* c = criteria.add_subcommand(name, help);
  c->footer(footer);
  c->callback([&run, &home, command] { run = [&home, command](const Console& console) { return command(console, home); }; });
  return c;
}

void add_criteria(CLI::App& app, const std::string& home, Run& run, const std::shared_ptr<Arguments>& a) {
  CLI::App* criteria = app.add_subcommand("criteria", "Criteria that customs publishes");
  criteria->require_subcommand(1);
  add(*criteria, "update", "Get what customs has published, and verify it",
      "Example:\n  greenlane criteria update\n\n"
      "Exit status: 0 up to date, 3 a pack does not compile or fails its own tests,\n"
      "4 something is not trusted, 5 customs cannot be reached. What is refused is\nnot used; the pack that was in use stays in use.",
      home, run, run_criteria_update);
  add(*criteria, "status", "Which packs are in use, and how fresh they are",
      "Example:\n  greenlane criteria status\n\nExit status: 0 fresh or stale, 4 expired, clock suspect or damaged.", home, run, run_criteria_status);
  add(*criteria, "list", "All packs that were ever in use here",
      "With --format json, each line has the proof that the pack is in the\npublication log.\n\nExample:\n  greenlane criteria list", home, run, run_criteria_list);
  CLI::App* c = add(*criteria, "import", "Take in a file of criteria, without a network", "Example:\n  greenlane criteria import criteria.tar", home, run,
                    [a](const Console& console, const std::string& folder) { return run_criteria_import(console, folder, a->file); });
  c->add_option("FILE", a->file, "From `criteria export`, or from customs")->required();
  c = add(*criteria, "export", "Write the criteria in use to one file",
          "Example:\n  greenlane criteria export criteria.tar\n\nThe file is verified again by whoever imports it.", home, run,
          [a](const Console& console, const std::string& folder) { return run_criteria_export(console, folder, a->file, a->packs); });
  c->add_option("FILE", a->file, "File to write")->required();
  c->add_option("--pack", a->packs, "Only this pack; may be given again")->allow_extra_args(false);
  c = add(*criteria, "checkpoint", "Show what this home has seen of the publication log",
          "Example:\n  greenlane criteria checkpoint -o mine.checkpoint\n\nHand it to others, who compare it with theirs.", home, run,
          [a](const Console& console, const std::string& folder) { return run_criteria_checkpoint(console, folder, a->file); });
  c->add_option("-o,--output", a->file, "File to write (default: the standard output)");
  c = add(*criteria, "compare", "Compare somebody else's checkpoint with this home",
          "Example:\n  greenlane criteria compare theirs.checkpoint\n\n"
          "Exit status: 0 one history, 4 customs has shown two histories, 5 this home has\nseen less: update first.",
          home, run, [a](const Console& console, const std::string& folder) { return run_criteria_compare(console, folder, a->file); });
  c->add_option("FILE", a->file, "Their checkpoint")->required();
}

}  // namespace

void add_home_commands(CLI::App& app, const std::string& home, Run& run) {
  const auto arguments = std::make_shared<Arguments>();
  add_init(app, home, run, arguments);
  add_criteria(app, home, run, arguments);
}

Result<Home> open_home(const std::string& given) {
  auto folder = home_folder(given);
  if (!folder.ok()) return std::move(folder).error();
  return Home::open(*folder);
}

}  // namespace greenlane::cli
