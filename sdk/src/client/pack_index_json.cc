// The index of packs as a document.
#include <algorithm>
#include <tuple>
#include <utility>

#include "base/utc_time.h"
#include "client/own_document.h"
#include "client/pack_index.h"
#include "client/status_json.h"

namespace greenlane::client {
namespace {

using json::Kind;
using trust::Place;

constexpr std::string_view format = "greenlane.pack_index/1";
constexpr json::Limits limits{.bytes = std::size_t{32} << 20};

json::Value json_of(const MetadataSet& set) {
  return json::Object{{"number", set.number}, {"root", set.root}, {"timestamp", set.timestamp}, {"snapshot", set.snapshot}, {"targets", set.targets}};
}

json::Value json_of(const IndexedPack& pack) {
  json::Value value = kept_pack_json(pack.pack);
  value.set("metadata", pack.set);
  return value;
}

template <typename List>
json::Value list_of(const List& list) {
  json::Array array;
  for (const auto& one : list) array.push_back(json_of(one));
  return array;
}

std::optional<ErrorCode> code_of(std::string_view name) {
  for (int number = 1; number <= static_cast<int>(ErrorCode::unreachable); ++number) {
    if (to_string(static_cast<ErrorCode>(number)) == name) return static_cast<ErrorCode>(number);
  }
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(OwnDocument& document) : document_(document), fields_(document.fields()) {}

  PackIndex index() {
    const Place& root = document_.root();
    document_.only(root, {"format", "generation", "updated_at", "metadata", "checkpoint", "packs", "failed", "refusals"});
    PackIndex index;
    index.generation = fields_.integer(root, "generation", 1);
    index.updated_at = document_.optional_time(root, "updated_at");
    if (root.value->find("checkpoint") != nullptr) index.checkpoint = fields_.text(root, "checkpoint");
    each(root, "metadata", [&](const Place& at) { index.sets.push_back(set(at)); });
    each(root, "packs", [&](const Place& at) { index.packs.push_back(pack(at)); });
    each(root, "refusals", [&](const Place& at) { index.refusals.push_back(refusal(at)); });
    if (const auto failed = fields_.may(root, "failed", Kind::object)) {
      index.failed = FailedUpdate{document_.time(*failed, "at"), error(fields_.need(*failed, "error", Kind::object))};
    }
    check(index);
    return index;
  }

 private:
  template <typename Read>
  void each(const Place& object, std::string_view key, const Read& read) {
    const Place array = fields_.need(object, key, Kind::array);
    for (std::size_t i = 0; i < array.value->array().size() && fields_.ok(); ++i) {
      if (const Place at = trust::child(array, i); fields_.is(at, Kind::object)) read(at);
    }
  }

  MetadataSet set(const Place& at) {
    document_.only(at, {"number", "root", "timestamp", "snapshot", "targets"});
    return {fields_.integer(at, "number", 1), fields_.integer(at, "root", 1), fields_.integer(at, "timestamp", 1), fields_.integer(at, "snapshot", 1),
            fields_.integer(at, "targets", 1)};
  }

  IndexedPack pack(const Place& at) {
    document_.only(at, {"id", "revision", "digest", "target", "length", "activated_at", "superseded_at", "log_index", "metadata"});
    IndexedPack made;
    made.pack.id = fields_.text(at, "id");
    if (!is_pack_id(made.pack.id)) fields_.refuse(json::pointer_child(at.pointer, "id"), "this is no id of a pack");
    made.pack.revision = fields_.integer(at, "revision", 0);
    made.pack.digest = document_.digest(at, "digest");
    made.pack.target = fields_.text(at, "target");
    made.pack.length = static_cast<std::uint64_t>(fields_.integer(at, "length", 0));
    made.pack.activated_at = document_.time(at, "activated_at");
    made.pack.superseded_at = document_.optional_time(at, "superseded_at");
    made.pack.log_index = static_cast<std::uint64_t>(fields_.integer(at, "log_index", 0));
    made.set = fields_.integer(at, "metadata", 1);
    return made;
  }

  Refusal refusal(const Place& at) {
    document_.only(at, {"target", "pack", "revision", "digest", "first_at", "last_at", "error"});
    Refusal made;
    made.target = fields_.text(at, "target");
    if (at.value->find("pack") != nullptr) {
      made.pack = fields_.text(at, "pack");
      made.revision = fields_.integer(at, "revision", 0);
    }
    if (at.value->find("digest") != nullptr) made.digest = document_.digest(at, "digest");
    made.first_at = document_.time(at, "first_at");
    made.last_at = document_.time(at, "last_at");
    made.error = error(fields_.need(at, "error", Kind::object));
    return made;
  }

  Error error(const Place& at) {
    const auto code = code_of(fields_.text(at, "code"));
    if (!code) fields_.refuse(json::pointer_child(at.pointer, "code"), "this is no code of an error");
    Error made{.code = code.value_or(ErrorCode::internal), .message = std::string(fields_.text(at, "message"))};
    if (at.value->find("source") != nullptr) made.source = fields_.text(at, "source");
    if (at.value->find("pointer") != nullptr) made.pointer = fields_.text(at, "pointer");
    if (at.value->find("line") != nullptr) made.line = static_cast<std::size_t>(fields_.integer(at, "line", 1));
    if (at.value->find("column") != nullptr) made.column = static_cast<std::size_t>(fields_.integer(at, "column", 1));
    made.retryable = fields_.boolean(at, "retryable");
    return made;
  }

  /// One pack of an id in use, each on metadata that is there.
  void check(const PackIndex& index) {
    const auto not_before = [](const IndexedPack& a, const IndexedPack& b) {
      return std::tie(a.pack.id, a.pack.revision) >= std::tie(b.pack.id, b.pack.revision);
    };
    if (std::adjacent_find(index.packs.begin(), index.packs.end(), not_before) != index.packs.end()) fields_.refuse("/packs", "the packs are not in order, or there twice");
    for (const IndexedPack& pack : index.packs) {
      if (index.set(pack.set) == nullptr) fields_.refuse("/packs", "pack " + pack.pack.id + " rests on metadata that is not listed");
      if (!pack.pack.superseded_at && index.active(pack.pack.id) != &pack) fields_.refuse("/packs", "two revisions of " + pack.pack.id + " are in use");
    }
  }

  OwnDocument& document_;
  trust::JsonFields& fields_;
};

}  // namespace

std::string PackIndex::to_json() const {
  json::Object index{{"format", format}, {"generation", generation}};
  if (updated_at) index.push_back({"updated_at", utc_text(*updated_at)});
  index.push_back({"metadata", list_of(sets)});
  if (!checkpoint.empty()) index.push_back({"checkpoint", checkpoint});
  index.push_back({"packs", list_of(packs)});
  if (failed) index.push_back({"failed", failed_update_json(*failed)});
  json::Array refused;
  for (const Refusal& refusal : refusals) refused.push_back(refused_json(refusal));
  index.push_back({"refusals", std::move(refused)});
  return json::pretty(json::Value(std::move(index))) + "\n";
}

Result<PackIndex> PackIndex::read(std::string_view json, const std::string& source) {
  auto document = OwnDocument::read(json, format, source, limits);
  if (!document.ok()) return std::move(document).error();
  PackIndex index = Reader(*document).index();
  if (!document->fields().ok()) return document->fields().error();
  return index;
}

}  // namespace greenlane::client
