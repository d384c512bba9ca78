#include "client/root_history.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "client/durable_files.h"
#include "client/file_io.h"
#include "trust/metadata.h"
#include "trust/updater.h"

namespace greenlane::client {
namespace {

constexpr std::string_view ending = ".root.json";
constexpr std::size_t max_root_bytes = trust::UpdateLimits{}.root_bytes;

std::string name_of(std::int64_t version) { return std::to_string(version) + std::string(ending); }

}  // namespace

Result<void> RootHistory::save(std::string_view role, std::string_view bytes) {
  if (role == "root") {
    const auto root = trust::read_root(bytes);
    if (!root.ok()) return root.error();
    const std::string path = folder_ + "/" + name_of(root->version);
    if (auto kept = replace_file(path, path + ".new", bytes, true); !kept.ok()) return kept;
  }
  return files_.save(role, bytes);
}

Result<std::vector<KeptRoot>> kept_roots(const HomePaths& paths) {
  const auto names = files_below(paths.roots(), false);
  if (!names.ok()) return names.error();
  std::vector<KeptRoot> roots;
  for (const std::string& name : *names) {
    KeptRoot root;
    std::from_chars(name.data(), name.data() + name.size(), root.version);
    if (root.version < 1 || name != name_of(root.version)) continue;
    auto bytes = read_file(paths.roots() + "/" + name, max_root_bytes);
    if (!bytes.ok()) return std::move(bytes).error();
    root.bytes = *std::move(bytes);
    roots.push_back(std::move(root));
  }
  std::sort(roots.begin(), roots.end(), [](const KeptRoot& a, const KeptRoot& b) { return a.version < b.version; });
  return roots;
}

}  // namespace greenlane::client
