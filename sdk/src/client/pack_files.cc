#include "client/pack_files.h"

#include <filesystem>
#include <utility>

#include "client/file_io.h"
#include "criteria/pack_builder.h"
#include "criteria/pack_reader.h"
#include "crypto/digest.h"

namespace greenlane::client {
namespace {

/// Bytes of one file of a pack's folder.
constexpr std::size_t max_file_bytes = std::size_t{64} << 20;

bool belongs_to_pack(const std::string& path) {
  const bool json = path.ends_with(".json");
  if (path == "pack.json") return true;
  if (path.starts_with("lists/")) return json || path.ends_with(".csv");
  return path.starts_with("criteria/") && json;
}

Result<criteria::PackFolder> read_folder(const std::string& path) {
  auto names = files_below(path, true);
  if (!names.ok()) return names.error();
  criteria::PackFolder folder{path, {}};
  for (const std::string& name : *names) {
    if (!belongs_to_pack(name)) continue;
    auto bytes = read_file(path + "/" + name, max_file_bytes);
    if (!bytes.ok()) return bytes.error();
    folder.files.emplace(name, *std::move(bytes));
  }
  return folder;
}

Result<criteria::JoinedPack> join_folder(const std::string& path) {
  auto folder = read_folder(path);
  if (!folder.ok()) return folder.error();
  const auto names = criteria::included_folders(*folder);
  if (!names.ok()) return names.error();
  std::vector<criteria::PackFolder> included;
  for (const std::string& name : *names) {
    const std::string at = (std::filesystem::path(path) / name).lexically_normal().generic_string();
    if (!is_folder(at)) {
      return Error{.code = ErrorCode::not_found, .message = "pack.json includes " + name + ", which is no folder", .source = path};
    }
    auto other = read_folder(at);
    if (!other.ok()) return other.error();
    other->files.erase("pack.json");
    included.push_back(*std::move(other));
  }
  return criteria::join_pack(*folder, included);
}

}  // namespace

Result<criteria::JoinedPack> read_pack_files(const std::string& path) {
  if (is_folder(path)) return join_folder(path);
  auto bytes = read_file(path, criteria::pack_limits().bytes);
  if (!bytes.ok()) return bytes.error();
  auto parsed = json::parse(*bytes, criteria::pack_limits());
  if (!parsed.ok()) {
    parsed.error().source = path;
    return parsed.error();
  }
  return criteria::JoinedPack{*std::move(parsed), {}, {}};
}

CompiledFiles compile_files(const std::string& path) {
  CompiledFiles made;
  auto joined = read_pack_files(path);
  if (!joined.ok()) {
    made.issues.push_back({true, joined.error()});
  } else if (auto source = criteria::read_pack(joined->pack); !source.ok()) {
    made.issues.push_back({true, source.error()});
  } else {
    made.bytes = criteria::pack_bytes(joined->pack);
    for (std::size_t i = 0; i < joined->criteria.size(); ++i) made.origins.emplace(source->criteria[i].info.key(), joined->criteria[i]);
    made.pack = criteria::CompiledPack::compile(*std::move(source), "sha256:" + crypto::sha256_hex(made.bytes), made.issues);
  }
  for (criteria::PackIssue& issue : made.issues) {
    if (joined.ok()) joined->locate(issue.error);
    if (issue.error.source.empty()) issue.error.source = path;
  }
  return made;
}

}  // namespace greenlane::client
