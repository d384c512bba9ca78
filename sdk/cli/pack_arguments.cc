#include "pack_arguments.h"

#include <utility>

namespace greenlane::cli {

Result<std::vector<Pack>> load_packs(const std::vector<std::string>& paths) {
  if (paths.empty()) {
    return Error{.code = ErrorCode::invalid_argument, .message = "no criteria to screen against; give --pack PATH (a folder or a built file)"};
  }
  std::vector<Pack> packs;
  for (const std::string& path : paths) {
    auto pack = load_local_pack(path);
    if (!pack.ok()) return pack.error();
    packs.push_back(*std::move(pack));
  }
  return packs;
}

Result<std::optional<Date>> read_date(const std::string& text) {
  if (text.empty()) return std::optional<Date>();
  const auto date = Date::parse(text);
  if (date) return std::optional(*date);
  return Error{.code = ErrorCode::invalid_argument, .message = "--as-of \"" + text + "\" is not a date such as 2025-06-29"};
}

std::optional<Level> lowest_level(const std::string& fail_on) {
  for (const Level level : {Level::low, Level::medium, Level::high}) {
    if (to_string(level) == fail_on) return level;
  }
  return std::nullopt;
}

}  // namespace greenlane::cli
