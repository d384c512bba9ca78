#include "client/listed_packs.h"

#include <map>
#include <utility>

#include "client/pack_index.h"

namespace greenlane::client {
namespace {

constexpr std::string_view criteria_folder = "criteria/";

Result<ListedPack> read(const trust::TargetInfo& target) {
  const auto refused = [&target](std::string message) {
    return Error{.code = ErrorCode::not_trusted, .message = std::move(message), .source = target.path};
  };
  const json::Value* const revision = target.custom.find("revision");
  ListedPack pack{.id = std::string(target.custom.text("pack")), .revision = 0, .digest = {}, .target = target};
  const bool numbered = revision != nullptr && revision->is(json::Kind::integer) && revision->integer() >= 0;
  if (!is_pack_id(pack.id) || !numbered) return refused("the list does not say which pack and revision this file is");
  pack.revision = revision->integer();
  if (target.path != pack_target(pack.id, pack.revision)) {
    return refused("the file is listed as " + pack_target(pack.id, pack.revision) + ", which is another path");
  }
  for (const auto& [algorithm, digits] : target.hashes) {
    if (algorithm == "sha256") pack.digest = "sha256:" + digits;
  }
  if (pack.digest.empty()) return refused("the list gives no SHA-256 of the file");
  return pack;
}

}  // namespace

std::string pack_target(const std::string& id, std::int64_t revision) {
  return std::string(criteria_folder) + id + "/" + std::to_string(revision) + ".json";
}

Result<ListedPacks> listed_packs(const std::vector<trust::TargetInfo>& targets) {
  std::map<std::string, ListedPack> latest;
  ListedPacks listed;
  for (const trust::TargetInfo& target : targets) {
    if (!target.path.starts_with(criteria_folder)) continue;
    auto pack = read(target);
    if (!pack.ok()) {
      if (listed.unreadable.size() < max_packs) listed.unreadable.push_back(std::move(pack).error());
      continue;
    }
    const auto [at, is_new] = latest.try_emplace(pack->id, *pack);
    if (!is_new && at->second.revision < pack->revision) at->second = *std::move(pack);
  }
  if (latest.size() > max_packs) {
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "the authority lists " + std::to_string(latest.size()) + " packs; at most " + std::to_string(max_packs) + " are taken"};
  }
  for (auto& [id, pack] : latest) listed.latest.push_back(std::move(pack));
  return listed;
}

}  // namespace greenlane::client
