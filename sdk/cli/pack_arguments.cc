#include "pack_arguments.h"

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "home_commands.h"

namespace greenlane::cli {

namespace {

namespace fs = std::filesystem;

Error usage(std::string message) { return {.code = ErrorCode::invalid_argument, .message = std::move(message)}; }

struct PackName {
  std::string id;
  std::optional<std::int64_t> revision;
};

/// "ID" or "ID@REVISION".
std::optional<PackName> read_name(const std::string& text) {
  const auto at = text.find('@');
  PackName name{text.substr(0, at), {}};
  if (name.id.empty() || text.find('/') != std::string::npos) return std::nullopt;
  if (at == std::string::npos) return name;
  std::int64_t revision = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + at + 1, end, revision);
  if (read.ec != std::errc() || read.ptr != end || revision < 0) return std::nullopt;
  name.revision = revision;
  return name;
}

/// The pack of that id among those known on a day.
Result<Pack> known_pack(const Home& home, const PackName& name, Date day) {
  const auto packs = home.packs_known_on(day);
  if (!packs.ok()) return packs.error();
  for (const Pack& pack : *packs) {
    if (pack.identity().id == name.id && (!name.revision || *name.revision == pack.identity().revision)) return pack;
  }
  return Error{.code = ErrorCode::not_found, .message = "pack " + name.id + " was not in use here on " + day.to_string()};
}

Result<Pack> load_named(const std::string& text, const PackArguments& arguments, const std::optional<Date>& known_on) {
  std::error_code problem;
  const auto name = read_name(text);
  if (fs::exists(text, problem) || !name) {
    if (known_on) return usage("--known-on is about packs of the home; \"" + text + "\" is a path");
    auto local = load_local_pack(text);
    if (!local.ok()) return std::move(local).error();
    return Pack(*std::move(local));
  }
  const auto home = open_home(arguments.home);
  if (!home.ok()) {
    return Error{.code = ErrorCode::not_found, .message = "there is no such file or folder, and no home with a pack of that name: " + home.error().message, .source = text};
  }
  if (known_on) return known_pack(*home, *name, *known_on);
  auto pack = home->pack(name->id, name->revision);
  if (pack.ok()) return Pack(*std::move(pack));
  if (pack.error().code == ErrorCode::not_found) pack.error().message = "there is no file or folder " + text + ", and " + pack.error().message;
  return std::move(pack).error();
}

Result<std::vector<Pack>> packs_of_home(const PackArguments& arguments, const std::optional<Date>& known_on) {
  const auto home = open_home(arguments.home);
  if (!home.ok()) return usage("no criteria to screen against; give --pack PATH (a folder or a built file), or make a home with `greenlane init` (" + home.error().to_text() + ")");
  return known_on ? home->packs_known_on(*known_on) : home->packs();
}

/// One input cannot be of several formats.
Result<void> check_formats(const std::vector<Pack>& packs) {
  for (const Pack& pack : packs) {
    const Pack& first = packs.front();
    if (pack.applies_to() == first.applies_to()) continue;
    return usage("pack " + first.identity().id + " is for " + first.applies_to() + ", pack " + pack.identity().id + " for " + pack.applies_to() +
                 "; choose packs of one format with --pack");
  }
  return {};
}

}  // namespace

Result<std::vector<Pack>> load_packs(const PackArguments& arguments) {
  const auto known_on = read_date(arguments.known_on, "--known-on");
  if (!known_on.ok()) return known_on.error();
  if (arguments.packs.empty()) {
    auto packs = packs_of_home(arguments, *known_on);
    if (!packs.ok()) return packs;
    if (auto checked = check_formats(*packs); !checked.ok()) return std::move(checked).error();
    return packs;
  }
  std::vector<Pack> packs;
  for (const std::string& text : arguments.packs) {
    auto pack = load_named(text, arguments, *known_on);
    if (!pack.ok()) return std::move(pack).error();
    packs.push_back(*std::move(pack));
  }
  return packs;
}

Result<std::optional<Date>> read_date(const std::string& text, std::string_view option) {
  if (text.empty()) return std::optional<Date>();
  const auto date = Date::parse(text);
  if (date) return std::optional(*date);
  return Error{.code = ErrorCode::invalid_argument, .message = std::string(option) + " \"" + text + "\" is not a date such as 2025-06-29"};
}

std::optional<Level> lowest_level(const std::string& fail_on) {
  for (const Level level : {Level::low, Level::medium, Level::high}) {
    if (to_string(level) == fail_on) return level;
  }
  return std::nullopt;
}

}  // namespace greenlane::cli
