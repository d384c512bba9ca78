// Joins the files of a pack's folder into the one document that is published.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::criteria {

/// The files of a pack's folder and of the folders it includes: path -> bytes. Paths are relative to
/// their folder ("pack.json", "lists/hs.csv", "criteria/goods/waste.json"); the map's order is the byte
/// order that the format asks for. `label` names the folder in errors.
struct PackFolder {
  std::string label;
  std::map<std::string, std::string> files;
};

/// The names in `include` of a folder's pack.json, in their order.
Result<std::vector<std::string>> included_folders(const PackFolder& folder);

/// Where a part of a joined pack was written: the file, and the JSON Pointer within it.
struct PackOrigin {
  std::string file;
  std::string pointer;
};

/// A file of a list, and the place of its first row or value among those of the list.
struct ListPart {
  PackOrigin origin;
  std::size_t first = 0;
};

struct JoinedPack {
  json::Value pack;
  std::vector<PackOrigin> criteria;                    ///< by place in the joined array
  std::map<std::string, std::vector<ListPart>> lists;  ///< by name, in order

  /// Turns an error's pointer into the joined pack into the file and the pointer that the author knows.
  void locate(Error& error) const;
};

/// The pack as one JSON document: pack.json without `include`, lists by name, criteria in byte order of
/// their paths. A list is a file, lists/NAME.json or .csv, or the files of a folder lists/NAME/ joined in byte
/// order of their paths. Criteria and lists of `included` folders come first; the same list name twice is an error.
Result<JoinedPack> join_pack(const PackFolder& folder, const std::vector<PackFolder>& included);

/// The bytes of a built pack: RFC 8785 and a line end. Its digest is the SHA-256 of these bytes.
std::string pack_bytes(const json::Value& pack);

}  // namespace greenlane::criteria
