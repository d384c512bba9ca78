#include "home_argument.h"

#include <cstdlib>

namespace greenlane::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

}  // namespace

Result<std::string> home_folder(const std::string& given) {
  if (!given.empty()) return without_slash(given);
  if (std::string home = variable("GREENLANE_HOME"); !home.empty()) return without_slash(std::move(home));
  if (std::string user = variable("HOME"); !user.empty()) return without_slash(std::move(user)) + "/.greenlane";
  return Error{.code = ErrorCode::invalid_argument, .message = "no home folder is known; give --home DIR or set GREENLANE_HOME"};
}

}  // namespace greenlane::cli
