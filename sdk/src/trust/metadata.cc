#include "trust/metadata.h"

#include "trust/metadata_parts.h"

namespace greenlane::trust {

bool is_top_level(std::string_view role) noexcept {
  return role == "root" || role == "timestamp" || role == "snapshot" || role == "targets";
}

Result<Root> read_root(std::string_view bytes) {
  auto text = MetadataText::read("root", "root", bytes);
  if (!text.ok()) return std::move(text).error();
  JsonFields& fields = text->fields();
  Root root;
  if (const auto consistent = fields.may(text->body(), "consistent_snapshot", json::Kind::boolean)) root.consistent_snapshot = consistent->value->boolean();
  const KeyTable table = read_keys(fields, text->body());
  const Place roles = fields.need(text->body(), "roles", json::Kind::object);
  const auto read_role = [&](std::string_view name) { return read_role_keys(fields, fields.need(roles, name, json::Kind::object), table); };
  root.root = read_role("root");
  root.timestamp = read_role("timestamp");
  root.snapshot = read_role("snapshot");
  root.targets = read_role("targets");
  return text->finish(std::move(root));
}

Result<Timestamp> read_timestamp(std::string_view bytes) {
  auto text = MetadataText::read("timestamp", "timestamp", bytes);
  if (!text.ok()) return std::move(text).error();
  JsonFields& fields = text->fields();
  Timestamp timestamp;
  const Place meta = fields.need(text->body(), "meta", json::Kind::object);
  timestamp.snapshot = read_file_facts(fields, fields.need(meta, "snapshot.json", json::Kind::object));
  return text->finish(std::move(timestamp));
}

Result<Snapshot> read_snapshot(std::string_view bytes) {
  auto text = MetadataText::read("snapshot", "snapshot", bytes);
  if (!text.ok()) return std::move(text).error();
  JsonFields& fields = text->fields();
  Snapshot snapshot;
  const Place meta = fields.need(text->body(), "meta", json::Kind::object);
  fields.need(meta, "targets.json", json::Kind::object);
  for (const json::Member& member : meta.object()) {
    const Place at = child(meta, member);
    if (!fields.is(at, json::Kind::object)) break;
    snapshot.files.emplace(member.key, read_file_facts(fields, at));
  }
  return text->finish(std::move(snapshot));
}

const FileFacts* Snapshot::find(std::string_view role) const {
  const auto found = files.find(std::string(role) + ".json");
  return found == files.end() ? nullptr : &found->second;
}

}  // namespace greenlane::trust
