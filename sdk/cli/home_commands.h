// The commands that need a home: init and criteria.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "console.h"
#include "greenlane/home.h"

namespace CLI {
class App;
}

namespace greenlane::cli {

/// Adds them to the program. Each sets `run`; `home` is what --home will say.
void add_home_commands(CLI::App& app, const std::string& home, std::function<Exit(const Console&)>& run);

/// The home of --home, of the environment, or of the user.
Result<Home> open_home(const std::string& given);

struct InitArguments {
  std::string gateway;
  std::string root;
  std::string ca;
  std::string enterprise;
};
Exit run_init(const Console& console, const std::string& home, const InitArguments& arguments);

Exit run_criteria_update(const Console& console, const std::string& home);
Exit run_criteria_import(const Console& console, const std::string& home, const std::string& bundle);
Exit run_criteria_export(const Console& console, const std::string& home, const std::string& bundle, const std::vector<std::string>& packs);
Exit run_criteria_status(const Console& console, const std::string& home);
Exit run_criteria_list(const Console& console, const std::string& home);
Exit run_criteria_checkpoint(const Console& console, const std::string& home, const std::string& output);
Exit run_criteria_compare(const Console& console, const std::string& home, const std::string& note);

}  // namespace greenlane::cli
