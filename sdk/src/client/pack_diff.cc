// What changed between two packs, criterion by criterion.
#include <map>
#include <utility>

#include "client/pack_files.h"
#include "greenlane/pack.h"

namespace greenlane {
namespace {

using Parts = std::map<std::string, const json::Value*>;

/// Criteria by "ID@VERSION", lists by "list NAME", and what else is in the pack as "pack".
Parts parts_of(const json::Value& pack, const json::Value& head) {
  Parts parts{{"pack", &head}};
  if (const json::Value* lists = pack.find("lists"); lists != nullptr && lists->is_object()) {
    for (const auto& [name, list] : lists->object()) parts.emplace("list " + name, &list);
  }
  if (const json::Value* criteria = pack.find("criteria"); criteria != nullptr && criteria->is_array()) {
    for (const json::Value& criterion : criteria->array()) {
      const json::Value* version = criterion.find("version");
      const bool numbered = version != nullptr && version->is(json::Kind::integer);
      const std::string number = numbered ? std::to_string(version->integer()) : "?";
      parts.emplace(std::string(criterion.text("id")) + "@" + number, &criterion);
    }
  }
  return parts;
}

json::Value head_of(const json::Value& pack) {
  json::Object head;
  if (!pack.is_object()) return json::Value(std::move(head));
  for (const auto& [key, value] : pack.object()) {
    if (key != "lists" && key != "criteria") head.push_back({key, value});
  }
  return json::Value(std::move(head));
}

std::vector<std::string> changed_members(const json::Value& a, const json::Value& b) {
  std::vector<std::string> changed;
  if (!a.is_object() || !b.is_object()) return changed;
  for (const auto& [key, value] : a.object()) {
    const json::Value* other = b.find(key);
    if (other == nullptr || !(*other == value)) changed.push_back(key);
  }
  for (const auto& [key, value] : b.object()) {
    if (a.find(key) == nullptr) changed.push_back(key);
  }
  return changed;
}

Result<json::Value> read_pack(const std::string& path) {
  auto files = client::read_pack_files(path);
  if (!files.ok()) return files.error();
  if (files->pack.text("format") == "greenlane.criteria/1") return std::move(files->pack);
  return Error{.code = ErrorCode::invalid_pack, .message = "this is no criteria pack; its format should be greenlane.criteria/1", .source = path};
}

}  // namespace

std::string PackDifference::to_json() const {
  json::Array names(members.begin(), members.end());
  return json::compact(json::Value(json::Object{{"criterion", criterion}, {"change", change}, {"members", json::Value(std::move(names))}}));
}

Result<std::vector<PackDifference>> diff_packs(const std::string& old_path, const std::string& new_path) {
  const auto before = read_pack(old_path);
  if (!before.ok()) return before.error();
  const auto after = read_pack(new_path);
  if (!after.ok()) return after.error();
  const json::Value old_head = head_of(*before);
  const json::Value new_head = head_of(*after);
  const Parts old_parts = parts_of(*before, old_head);
  const Parts new_parts = parts_of(*after, new_head);
  std::vector<PackDifference> differences;
  for (const auto& [name, part] : old_parts) {
    const auto found = new_parts.find(name);
    if (found == new_parts.end()) {
      differences.push_back({name, "removed", {}});
    } else if (!(*part == *found->second)) {
      differences.push_back({name, "changed", changed_members(*part, *found->second)});
    }
  }
  for (const auto& [name, part] : new_parts) {
    if (!old_parts.contains(name)) differences.push_back({name, "added", {}});
  }
  return differences;
}

}  // namespace greenlane
