#include "arguments.h"

namespace greenlane::conformance {
namespace {

constexpr std::string_view usage =
    "usage: greenlane-tuf --metadata-dir DIR init ROOT\n"
    "       greenlane-tuf --metadata-dir DIR --metadata-url URL refresh\n"
    "       greenlane-tuf --metadata-dir DIR --metadata-url URL --target-name NAME… --target-dir DIR --target-base-url URL download";

Error wrong(std::string message) { return {.code = ErrorCode::invalid_argument, .message = std::move(message) + "\n" + std::string(usage)}; }

/// The name of an option that `command` needs and that is not there, or "".
std::string_view missing_option(const TufArguments& arguments) {
  if (arguments.metadata_dir.empty()) return "--metadata-dir";
  if (arguments.command != "init" && arguments.metadata_url.empty()) return "--metadata-url";
  if (arguments.command != "download") return "";
  if (arguments.target_names.empty()) return "--target-name";
  if (arguments.target_dir.empty()) return "--target-dir";
  return arguments.target_base_url.empty() ? "--target-base-url" : "";
}

}  // namespace

Result<TufArguments> read_tuf_arguments(const std::vector<std::string>& words) {
  TufArguments arguments;
  std::vector<std::string> rest;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      rest.push_back(word);
      continue;
    }
    if (i + 1 == words.size()) return wrong("the option " + word + " needs a value");
    const std::string& value = words[++i];
    if (word == "--metadata-dir") {
      arguments.metadata_dir = value;
    } else if (word == "--metadata-url") {
      arguments.metadata_url = value;
    } else if (word == "--target-dir") {
      arguments.target_dir = value;
    } else if (word == "--target-base-url") {
      arguments.target_base_url = value;
    } else if (word == "--target-name") {
      arguments.target_names.push_back(value);
    } else {
      return wrong("the option " + word + " is not known");
    }
  }
  if (rest.empty()) return wrong("the command is missing");
  arguments.command = rest.front();
  const bool init = arguments.command == "init";
  if (!init && arguments.command != "refresh" && arguments.command != "download") return wrong("the command \"" + arguments.command + "\" is not known");
  if (rest.size() != (init ? 2u : 1u)) return wrong("the command \"" + arguments.command + "\" takes " + (init ? "one file" : "no more words"));
  if (init) arguments.root = rest.back();
  if (const std::string_view option = missing_option(arguments); !option.empty()) return wrong("the option " + std::string(option) + " is missing");
  return arguments;
}

}  // namespace greenlane::conformance
