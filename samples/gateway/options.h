// The command line.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "commands.h"

namespace CLI {
class App;
}

namespace greenlane::gateway {

struct Options {
  std::string file;
  std::string algorithm = "ed25519";
  std::string folder;
  std::vector<std::string> names;  ///< packs, or roles
  std::vector<std::string> sign;
  bool json = false;
  InitArguments init;
  KeyArguments keys;
  SignArguments signing;
  ServeArguments serve;
  std::string host = "127.0.0.1";
  std::function<Exit()> run;
};

/// Options that say where a key lies in hardware.
void add_token(CLI::App& command, TokenArguments& token, bool required);
/// `repo` and its commands.
void add_repo(CLI::App& app, Options& o);

/// Reads a length of time, such as "365d", "24h", "90m" or "30s"; none for anything else and for more than a hundred years.
std::optional<std::chrono::seconds> read_lifetime(const std::string& text);

}  // namespace greenlane::gateway
