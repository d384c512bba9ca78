// The command `keys`, as it is written on the command line.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "console.h"

namespace CLI {
class App;
}

namespace greenlane::cli {

struct KeysArguments {
  std::string algorithm = "ed25519";
  std::string owner;
  std::vector<std::string> uses;
  std::string from, until;  ///< days or moments
  std::string sm2_user_id;
  std::string id;
  std::string file;
  std::string form = "pem";
  std::string output;
  bool take_private = false;
  std::string compromised_at;
};

/// Adds the command to `app`; `run` becomes what was chosen. Both the arguments and `home` must outlive the program.
void add_keys(CLI::App& app, KeysArguments& arguments, const std::string& home, std::function<Exit(const Console&)>& run);

Exit run_keys_new(const Console& console, const std::string& home, const KeysArguments& arguments);
Exit run_keys_list(const Console& console, const std::string& home, const KeysArguments& arguments);
Exit run_keys_import(const Console& console, const std::string& home, const KeysArguments& arguments);
Exit run_keys_export(const Console& console, const std::string& home, const KeysArguments& arguments);
Exit run_keys_rotate(const Console& console, const std::string& home, const KeysArguments& arguments);
Exit run_keys_revoke(const Console& console, const std::string& home, const KeysArguments& arguments);

}  // namespace greenlane::cli
