// Arguments that several commands read alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/pack.h"
#include "greenlane/result.h"

namespace greenlane::cli {

/// Which packs a command is to use.
struct PackArguments {
  std::vector<std::string> packs;  ///< --pack: a path, or "ID" or "ID@REVISION" of a pack in the home
  std::string known_on;            ///< --known-on: the day at whose end they were in use in the home
  std::string home;                ///< --home
  /// Whether they come from the home as they are in use there, so that an update may bring others.
  bool follow_home() const noexcept { return packs.empty() && known_on.empty(); }
};

/// At least one; all for documents of one format.
Result<std::vector<Pack>> load_packs(const PackArguments& arguments);

/// A date, or none for "".
Result<std::optional<Date>> read_date(const std::string& text, std::string_view option = "--as-of");

/// The level of --fail-on; none for "never".
std::optional<Level> lowest_level(const std::string& fail_on);

}  // namespace greenlane::cli
