#include "criteria/pack_builder.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "criteria/list_csv.h"
#include "criteria/pack_reader.h"

namespace greenlane::criteria {
namespace {

Error at_file(Error error, const PackFolder& folder, const std::string& path) {
  error.source = folder.label + "/" + path;
  return error;
}

Error pack_error(const PackFolder& folder, const std::string& path, std::string message) {
  return {.code = ErrorCode::invalid_pack, .message = std::move(message), .source = folder.label + "/" + path};
}

Result<json::Value> parse_file(const PackFolder& folder, const std::string& path) {
  const auto found = folder.files.find(path);
  if (found == folder.files.end()) {
    return Error{.code = ErrorCode::not_found, .message = "there is no " + path + "; a pack's folder needs one", .source = folder.label};
  }
  auto parsed = json::parse(found->second, pack_limits());
  if (!parsed.ok()) return at_file(parsed.error(), folder, path);
  if (!parsed->is_object() && !parsed->is_array()) return pack_error(folder, path, "expected a JSON object or array");
  return parsed;
}

/// "lists/hs.csv" -> "hs"
std::string list_name(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return path.substr(slash + 1, path.rfind('.') - slash - 1);
}

Result<void> join_lists(const PackFolder& folder, json::Value& lists, JoinedPack& out) {
  for (const auto& [path, bytes] : folder.files) {
    if (!path.starts_with("lists/")) continue;
    const std::string name = list_name(path);
    if (lists.find(name) != nullptr) return pack_error(folder, path, "the list '" + name + "' is there twice");
    Result<json::Value> list = json::Value();
    if (path.ends_with(".csv")) {
      list = read_list_csv(bytes);
      if (!list.ok()) return at_file(list.error(), folder, path);
    } else {
      list = parse_file(folder, path);
      if (!list.ok()) return list.error();
    }
    lists.set(name, *std::move(list));
    out.lists[name] = {folder.label + "/" + path, ""};
  }
  return {};
}

Result<void> join_criteria(const PackFolder& folder, json::Array& criteria, JoinedPack& out) {
  for (const auto& [path, bytes] : folder.files) {
    if (!path.starts_with("criteria/")) continue;
    auto parsed = parse_file(folder, path);
    if (!parsed.ok()) return parsed.error();
    const std::string file = folder.label + "/" + path;
    if (parsed->is_object()) {
      criteria.push_back(*std::move(parsed));
      out.criteria.push_back({file, ""});
      continue;
    }
    for (std::size_t i = 0; i < parsed->array().size(); ++i) {
      criteria.push_back(std::move(parsed->array()[i]));
      out.criteria.push_back({file, json::pointer_child("", i)});
    }
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> included_folders(const PackFolder& folder) {
  const auto head = parse_file(folder, "pack.json");
  if (!head.ok()) return head.error();
  std::vector<std::string> names;
  const json::Value* include = head->find("include");
  if (include == nullptr) return names;
  const bool strings = include->is_array() && std::all_of(include->array().begin(), include->array().end(),
                                                          [](const json::Value& v) { return v.is_string(); });
  if (!strings) return pack_error(folder, "pack.json", "'include' is an array of folder names");
  for (const json::Value& name : include->array()) names.push_back(name.string());
  return names;
}

Result<JoinedPack> join_pack(const PackFolder& folder, const std::vector<PackFolder>& included) {
  auto head = parse_file(folder, "pack.json");
  if (!head.ok()) return head.error();
  if (!head->is_object()) return pack_error(folder, "pack.json", "expected a JSON object");
  for (const char* made : {"lists", "criteria"}) {
    if (head->find(made) != nullptr) {
      return pack_error(folder, "pack.json", std::string("'") + made + "' belongs into the folder " + made + "/, not into pack.json");
    }
  }
  JoinedPack joined;
  json::Value lists{json::Object{}};
  json::Array criteria;
  std::vector<const PackFolder*> folders;
  for (const PackFolder& other : included) folders.push_back(&other);
  folders.push_back(&folder);
  for (const PackFolder* each : folders) {
    if (auto done = join_lists(*each, lists, joined); !done.ok()) return done.error();
    if (auto done = join_criteria(*each, criteria, joined); !done.ok()) return done.error();
  }
  json::Object pack;
  for (auto& [key, value] : head->object()) {
    if (key != "include") pack.push_back({key, std::move(value)});
  }
  pack.push_back({"lists", std::move(lists)});
  pack.push_back({"criteria", json::Value(std::move(criteria))});
  joined.pack = json::Value(std::move(pack));
  return joined;
}

void JoinedPack::locate(Error& error) const {
  const auto parts = text::split(error.pointer, '/');
  if (parts.size() < 3) return;
  const std::string name(parts[2]);
  const PackOrigin* origin = nullptr;
  if (parts[1] == "lists") {
    const auto found = lists.find(name);
    origin = found == lists.end() ? nullptr : &found->second;
  } else if (parts[1] == "criteria" && name.find_first_not_of("0123456789") == std::string::npos) {
    const std::size_t index = std::stoul(name);
    origin = index < criteria.size() ? &criteria[index] : nullptr;
  }
  if (origin == nullptr) return;
  error.source = origin->file;
  error.pointer = origin->pointer + error.pointer.substr(2 + parts[1].size() + name.size());
}

std::string pack_bytes(const json::Value& pack) { return json::canonical(pack) + "\n"; }

}  // namespace greenlane::criteria
