#include "criteria/pack_builder.h"

#include <algorithm>
#include <iterator>
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

/// "lists/hs.csv" and "lists/hs/2022.csv" -> "hs"
std::string list_name(const std::string& path) {
  const std::size_t begin = path.find('/') + 1;
  const std::size_t slash = path.find('/', begin);
  return path.substr(begin, (slash == std::string::npos ? path.rfind('.') : slash) - begin);
}

bool is_part_of_list(const std::string& path) { return path.find('/', path.find('/') + 1) != std::string::npos; }

Result<json::Value> read_list_file(const PackFolder& folder, const std::string& path) {
  if (!path.ends_with(".csv")) return parse_file(folder, path);
  auto list = read_list_csv(folder.files.at(path));
  return list.ok() ? std::move(list) : at_file(list.error(), folder, path);
}

/// What makes lists alike: the columns of a table, the type of a set.
std::string shape_of(const json::Value& list) {
  const json::Value* columns = list.find("columns");
  return columns != nullptr ? json::canonical(*columns) : std::string(list.text("type"));
}

json::Array* rows_of(json::Value& list) {
  json::Value* rows = list.find(list.find("columns") != nullptr ? "rows" : "values");
  return rows != nullptr && rows->is_array() ? &rows->array() : nullptr;
}

Result<void> join_lists(const PackFolder& folder, json::Value& lists, JoinedPack& out) {
  std::string joining;  // the list whose parts are being read
  for (const auto& [path, bytes] : folder.files) {
    if (!path.starts_with("lists/")) continue;
    const std::string name = list_name(path);
    auto list = read_list_file(folder, path);
    if (!list.ok()) return list.error();
    const bool is_part = is_part_of_list(path);
    json::Value* begun = lists.find(name);
    if (begun != nullptr && (!is_part || joining != name)) return pack_error(folder, path, "the list '" + name + "' is there twice");
    auto& parts = out.lists[name];
    parts.push_back({{folder.label + "/" + path, ""}, 0});
    joining = is_part ? name : "";
    if (begun == nullptr) {
      lists.set(name, *std::move(list));
      continue;
    }
    json::Array* all = rows_of(*begun);
    json::Array* more = rows_of(*list);
    if (all == nullptr || more == nullptr || shape_of(*begun) != shape_of(*list)) {
      return pack_error(folder, path, "the files of the folder lists/" + name + " are one list; this one differs from " +
                                          parts.front().origin.file + " in its columns or type");
    }
    parts.back().first = all->size();
    std::move(more->begin(), more->end(), std::back_inserter(*all));
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

bool is_index(std::string_view token) { return !token.empty() && token.size() < 10 && token.find_first_not_of("0123456789") == std::string_view::npos; }

/// "/lists/NAME/rows/7/1" becomes the file of that row and "/rows/2/1" in it.
void locate_in_list(const std::vector<ListPart>& parts, Error& error) {
  const auto tokens = text::split(error.pointer, '/');
  std::string rest = error.pointer.substr(tokens[1].size() + tokens[2].size() + 2);
  const ListPart* part = &parts.front();
  if (tokens.size() > 4 && is_index(tokens[4])) {
    const std::size_t row = std::stoul(std::string(tokens[4]));
    for (const ListPart& other : parts) {
      if (other.first <= row) part = &other;
    }
    const std::string within = rest.substr(tokens[3].size() + tokens[4].size() + 2);
    rest = "/" + std::string(tokens[3]) + json::pointer_child("", row - part->first) + within;
  }
  error.source = part->origin.file;
  error.pointer = part->origin.pointer + rest;
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
  if (parts[1] == "lists") {
    if (const auto found = lists.find(name); found != lists.end()) locate_in_list(found->second, error);
  } else if (parts[1] == "criteria" && is_index(name)) {
    const std::size_t index = std::stoul(name);
    if (index >= criteria.size()) return;
    error.source = criteria[index].file;
    error.pointer = criteria[index].pointer + error.pointer.substr(2 + parts[1].size() + name.size());
  }
}

std::string pack_bytes(const json::Value& pack) { return json::canonical(pack) + "\n"; }

}  // namespace greenlane::criteria
