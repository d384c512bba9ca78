#include "client/home_state.h"

#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/utc_time.h"
#include "client/file_io.h"
#include "client/kept_log.h"
#include "client/trust_files.h"
#include "client/trusted_set.h"

namespace greenlane::client {
namespace {

constexpr std::size_t max_index_bytes = std::size_t{32} << 20;
constexpr std::size_t max_generation_bytes = 100;

Error not_trusted(std::string message, std::string source) {
  return {.code = ErrorCode::not_trusted, .message = std::move(message), .source = std::move(source)};
}

/// What the TUF client keeps must be as new as what packs rest on. In the middle of an update, or where one was interrupted, it may be newer.
Result<void> check_trust(const HomePaths& paths, const MetadataSet& latest) {
  const auto old = [&paths](const std::string& why) {
    return not_trusted("the folder is an older copy, or was changed: " + why + "; run `greenlane criteria update`", paths.trust());
  };
  TrustFiles files(paths.trust());
  NoSource nowhere;
  auto updater = trust::Updater::open(files, nowhere, {});
  if (!updater.ok()) return old(updater.error().message);
  if (auto loaded = updater->load_trusted(); !loaded.ok()) return old(loaded.error().message);
  std::int64_t root = 0, timestamp = 0;
  for (const trust::RoleState& role : updater->roles()) {
    if (role.role == "root") root = role.version;
    if (role.role == "timestamp") timestamp = role.version;
  }
  if (root < latest.root) return old("its root is version " + std::to_string(root) + ", that of the packs in use version " + std::to_string(latest.root));
  if (root > latest.root || timestamp >= latest.timestamp) return {};
  return old("its timestamp is version " + std::to_string(timestamp) + ", that of the packs in use version " + std::to_string(latest.timestamp));
}

Result<void> check_log(const HomePaths& paths, const PackIndex& index) {
  auto set = TrustedSet::open(paths, index.sets.back());
  if (!set.ok()) return std::move(set).error();
  const auto keys = (*set)->keys();
  if (!keys.ok()) return keys.error();
  const auto log = open_kept_log(paths, keys->log_origin(), log_keys(*keys, *index.updated_at, true));
  if (!log.ok()) return not_trusted("the publication log that was kept does not verify: " + log.error().message, paths.log());
  if (auto same = log->compare(index.checkpoint); !same.ok()) {
    return not_trusted("the publication log that was kept is an older copy, or another one, than the packs in use rest on: " + same.error().message, paths.log());
  }
  return {};
}

}  // namespace

Result<PackIndex> read_index(const HomePaths& paths) {
  const auto bytes = read_file(paths.index(), max_index_bytes);
  if (!bytes.ok() && bytes.error().code == ErrorCode::not_found) return PackIndex{};
  if (!bytes.ok()) return bytes.error();
  auto index = PackIndex::read(*bytes, paths.index());
  if (!index.ok()) index.error().message += "; the index of packs is damaged: restore the whole home from a copy, or make a new one";
  return index;
}

Result<std::int64_t> last_generation(const HomePaths& paths) {
  const auto text = read_file(paths.generation(), max_generation_bytes);
  if (!text.ok() && text.error().code == ErrorCode::not_found) return std::int64_t{0};
  if (!text.ok()) return text.error();
  std::int64_t number = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
  if (read.ec == std::errc() && number >= 0 && std::string_view(read.ptr) == "\n") return number;
  return Error{.code = ErrorCode::invalid_document, .message = "the file is damaged; run `greenlane criteria update`, which writes it anew", .source = paths.generation()};
}

Result<void> check_index_is_latest(const HomePaths& paths, const PackIndex& index) {
  const auto last = last_generation(paths);
  if (!last.ok()) return last.error();
  if (index.generation >= *last) return {};
  return not_trusted("the folder is an older copy: its index is number " + std::to_string(index.generation) + ", but number " + std::to_string(*last) +
                         " was written here; run `greenlane criteria update`, which takes the newest criteria into use again",
                     paths.packs());
}

std::vector<Error> find_problems(const HomePaths& paths, const PackIndex& index) {
  // What else is wrong follows from that.
  if (auto latest = check_index_is_latest(paths, index); !latest.ok()) return {std::move(latest).error()};
  std::vector<Error> problems;
  const auto add = [&problems](Result<void> checked) {
    if (!checked.ok()) problems.push_back(std::move(checked).error());
  };
  if (index.sets.empty()) return problems;
  add(check_trust(paths, index.sets.back()));
  if (index.updated_at) add(check_log(paths, index));
  return problems;
}

void remove_leftovers(const HomePaths& paths) {
  std::error_code problem;
  std::vector<std::filesystem::path> left;
  for (const std::string& folder : {paths.trust(), paths.sets(), paths.log_folder(), paths.packs()}) {
    for (std::filesystem::recursive_directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
      if (at->path().extension() == ".new" && at->is_regular_file(problem)) left.push_back(at->path());
    }
  }
  for (const auto& path : left) std::filesystem::remove(path, problem);
}

bool clock_is_suspect(const PackIndex& index, std::chrono::sys_seconds now) noexcept { return index.updated_at && now < *index.updated_at; }

Error clock_suspect(const PackIndex& index, std::chrono::sys_seconds now) {
  return not_trusted("clock suspect: this machine says " + utc_text(now) + ", but the criteria were last updated at " + utc_text(*index.updated_at) +
                         ", so that no date can be checked; set the clock, then try again",
                     std::string(clock_source));
}

}  // namespace greenlane::client
