#include "client/trusted_set.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <utility>

#include "client/durable_files.h"
#include "client/file_io.h"

namespace greenlane::client {
namespace {

constexpr std::array<std::string_view, 4> roles_kept = {"root", "timestamp", "snapshot", "targets"};
constexpr std::string_view keys_name = "/keys.json";
constexpr std::size_t max_keys_bytes = std::size_t{2} << 20;

Error changed(const std::string& folder, std::string message) {
  return {.code = ErrorCode::not_trusted,
          .message = std::move(message) + "; run `greenlane criteria update`, or restore the whole home from a copy",
          .source = folder};
}

}  // namespace

Result<std::unique_ptr<TrustedSet>> TrustedSet::open(const HomePaths& paths, const MetadataSet& expected) {
  std::unique_ptr<TrustedSet> set(new TrustedSet(paths, expected.number));
  // Nothing depends on the time: dates are looked at by whoever asks for roles().
  auto updater = trust::Updater::open(set->files_, set->nowhere_, {});
  if (!updater.ok()) return changed(set->folder_, "the authority's root is not here or not valid: " + updater.error().message);
  set->updater_ = *std::move(updater);
  if (auto loaded = set->updater_->load_trusted(); !loaded.ok()) return std::move(loaded).error();
  const auto found = set_of(set->updater_->roles(), expected.number);
  if (!found.ok()) return changed(set->folder_, found.error().message);
  if (!found->same_versions(expected)) return changed(set->folder_, "the authority's metadata is older or newer than the packs that rest on it");
  return set;
}

Result<Verified<trust::TargetFile>> TrustedSet::check(std::string_view target, std::string bytes) {
  const auto& all = updater_->targets();
  const auto listed = std::find_if(all.begin(), all.end(), [target](const trust::TargetInfo& one) { return one.path == target; });
  if (listed != all.end()) return updater_->check(*listed, std::move(bytes));
  return Error{.code = ErrorCode::not_trusted, .message = "the authority does not list this file", .source = std::string(target)};
}

Result<Verified<trust::TargetFile>> TrustedSet::key_file() {
  auto bytes = read_file(folder_ + std::string(keys_name), max_keys_bytes);
  if (!bytes.ok()) return std::move(bytes).error();
  return check(trust::keys_target, *std::move(bytes));
}

Result<trust::KeyRing> TrustedSet::keys() {
  const auto file = key_file();
  if (!file.ok()) return file.error();
  return trust::KeyRing::read((*file)->bytes);
}

Result<std::string> TrustedSet::metadata(std::string_view role) {
  auto bytes = files_.load(role);
  if (!bytes.ok()) return std::move(bytes).error();
  if (bytes->has_value()) return **std::move(bytes);
  return changed(folder_, "the metadata of the role " + std::string(role) + " is not here");
}

Result<void> write_set(const HomePaths& paths, const MetadataSet& set, trust::TrustStore& store, std::string_view keys) {
  const std::string folder = paths.set(set.number);
  if (auto made = make_folder(folder); !made.ok()) return made;
  TrustFiles files(folder);
  for (const std::string_view role : roles_kept) {
    const auto bytes = store.load(role);
    if (!bytes.ok()) return bytes.error();
    if (!bytes->has_value()) return Error{.message = "verified metadata was not kept", .source = std::string(role)};
    if (auto saved = files.save(role, **bytes); !saved.ok()) return saved;
  }
  const std::string path = folder + std::string(keys_name);
  if (auto saved = replace_file(path, path + ".new", keys, true); !saved.ok()) return saved;
  return sync_folder(paths.sets());
}

void remove_other_sets(const HomePaths& paths, const PackIndex& index) {
  std::error_code problem;
  std::vector<std::filesystem::path> unused;
  for (std::filesystem::directory_iterator at(paths.sets(), problem), end; !problem && at != end; at.increment(problem)) {
    const std::string name = at->path().filename().string();
    std::int64_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (read.ec == std::errc() && read.ptr == name.data() + name.size() && index.set(number) == nullptr) unused.push_back(at->path());
  }
  for (const auto& folder : unused) std::filesystem::remove_all(folder, problem);
}

}  // namespace greenlane::client
