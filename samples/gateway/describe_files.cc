#include "describe_files.h"

#include <algorithm>
#include <cstdlib>

#include "base/utc_time.h"
#include "client/durable_files.h"
#include "criteria/pack_reader.h"
#include "folders.h"
#include "greenlane/pack.h"
#include "pack_target.h"
#include "trust/key_ring.h"
#include "tuf_key.h"

namespace greenlane::gateway {
namespace {

using Lines = std::vector<std::string>;

/// Differences that are named one by one; more are counted.
constexpr std::size_t most_differences = 40;

std::string uses_of(const trust::KeyRecord& record) {
  std::string uses;
  for (const trust::KeyUse use : record.uses) uses += (uses.empty() ? "" : ", ") + std::string(to_string(use));
  return uses;
}

void describe_record(Lines& lines, const trust::KeyRecord& record, const trust::KeyRecord* old) {
  const std::string key = "message key " + record.key.id().substr(0, 8) + " of " + record.owner;
  if (old == nullptr) {
    lines.push_back("adds the " + key + " for: " + uses_of(record) + "; from " + utc_text(record.not_before) + " to " +
                    utc_text(record.not_after));
  } else if (uses_of(record) != uses_of(*old) || record.not_before != old->not_before || record.not_after != old->not_after ||
             record.owner != old->owner) {
    lines.push_back("changes the " + key + ": for " + uses_of(record) + "; from " + utc_text(record.not_before) + " to " +
                    utc_text(record.not_after));
  }
  if (record.revoked_at && (old == nullptr || old->revoked_at != record.revoked_at)) {
    lines.push_back("revokes the " + key + " at " + utc_text(*record.revoked_at));
  }
  if (record.compromised_at && (old == nullptr || old->compromised_at != record.compromised_at)) {
    lines.push_back("says that others may have the " + key + " since " + utc_text(*record.compromised_at));
  }
  if (old != nullptr && old->revoked_at && !record.revoked_at) lines.push_back("takes back the revocation of the " + key);
  if (old != nullptr && old->compromised_at && !record.compromised_at) lines.push_back("takes back that others may have the " + key);
}

Result<void> describe_keys(Lines& lines, const std::string& bytes, const std::string& old_bytes) {
  const auto keys = trust::KeyRing::read(bytes);
  if (!keys.ok()) return keys.error();
  const auto old_keys = old_bytes.empty() ? Result<trust::KeyRing>(trust::KeyRing()) : trust::KeyRing::read(old_bytes);
  if (!old_keys.ok()) return old_keys.error();
  const auto find = [](const trust::KeyRing& ring, const std::string& id) -> const trust::KeyRecord* {
    const auto found = std::find_if(ring.records().begin(), ring.records().end(),
                                    [&](const trust::KeyRecord& record) { return record.key.id() == id; });
    return found == ring.records().end() ? nullptr : &*found;
  };
  if (keys->log_origin() != old_keys->log_origin()) lines.push_back("the publication log is called " + keys->log_origin());
  for (const trust::KeyRecord& record : keys->records()) describe_record(lines, record, find(*old_keys, record.key.id()));
  for (const trust::KeyRecord& record : old_keys->records()) {
    if (find(*keys, record.key.id()) != nullptr) continue;
    lines.push_back("no longer lists the message key " + record.key.id().substr(0, 8) + " of " + record.owner);
  }
  return {};
}

/// The released target with the greatest revision of the pack below `revision`.
const trust::TargetInfo* previous_revision(const std::vector<trust::TargetInfo>& before, const PackTarget& pack) {
  const trust::TargetInfo* found = nullptr;
  std::int64_t greatest = -1;
  for (const trust::TargetInfo& target : before) {
    const auto other = pack_target(target.path);
    if (!other || other->pack != pack.pack || other->revision >= pack.revision || other->revision <= greatest) continue;
    greatest = other->revision;
    found = &target;
  }
  return found;
}

/// A folder that only this process's user may look into.
class PrivateFolder {
 public:
  PrivateFolder() : made_(::mkdtemp(path_) != nullptr) {}
  ~PrivateFolder() {
    if (made_) static_cast<void>(remove_all(path_));
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  /// Error: io.
  Result<std::string> write(const std::string& name, const std::string& bytes) const {
    if (!made_) return client::system_error("/tmp", "no folder can be made there");
    std::string file = std::string(path_) + "/" + name;
    auto put = client::replace_file(file, file + ".new", bytes, false);
    return put.ok() ? Result<std::string>(std::move(file)) : put.error();
  }

 private:
  char path_[32] = "/tmp/greenlane-gateway-XXXXXX";
  bool made_;
};

/// Compares copies of the bytes that were checked: the files in the repository may be others by now.
Result<void> describe_differences(Lines& lines, const std::string& old_bytes, const std::string& bytes, const std::string& old_name) {
  const PrivateFolder folder;
  const auto old_file = folder.write("old.json", old_bytes);
  if (!old_file.ok()) return old_file.error();
  const auto file = folder.write("new.json", bytes);
  if (!file.ok()) return file.error();
  const auto differences = diff_packs(*old_file, *file);
  if (!differences.ok()) return differences.error();
  lines.push_back("    compared to " + old_name + ":" + (differences->empty() ? " no difference" : ""));
  for (std::size_t i = 0; i < differences->size() && i < most_differences; ++i) {
    const PackDifference& one = (*differences)[i];
    std::string members;
    for (const std::string& member : one.members) members += (members.empty() ? " (" : ", ") + member;
    lines.push_back("      " + one.change + " " + one.criterion + members + (members.empty() ? "" : ")"));
  }
  if (differences->size() > most_differences) {
    lines.push_back("      and " + std::to_string(differences->size() - most_differences) + " more");
  }
  return {};
}

/// Whether the pack is the one that its path and its attributes say.
bool is_named(const json::Value& pack, const PackTarget& named, const json::Value& custom) {
  const json::Value* revision = pack.find("revision");
  const json::Value* said = custom.find("revision");
  return revision != nullptr && said != nullptr && *revision == json::Value(named.revision) && *said == *revision &&
         pack.text("id") == named.pack && custom.text("pack") == named.pack;
}

Result<void> describe_pack(Lines& lines, const Repository& repository, const PackTarget& named, const trust::TargetInfo& target,
                           const std::string& bytes, const std::vector<trust::TargetInfo>& before) {
  const auto pack = json::parse(bytes, criteria::pack_limits());
  if (!pack.ok() || !is_named(*pack, named, target.custom)) {
    return Error{.code = ErrorCode::not_trusted,
                 .message = "the file is not the pack and the revision that its path and its attributes say",
                 .source = target.path};
  }
  const json::Value* criteria = pack->find("criteria");
  const std::size_t count = criteria != nullptr && criteria->is_array() ? criteria->array().size() : 0;
  lines.push_back("publishes " + named.pack + " revision " + std::to_string(named.revision) + ": " + std::to_string(count) + " criteria, " +
                  std::to_string(bytes.size()) + " bytes, sha256:" + std::string(digest_of(target)));
  const trust::TargetInfo* previous = previous_revision(before, named);
  if (previous == nullptr) return {};
  const auto old_bytes = repository.read_target(*previous);
  if (!old_bytes.ok()) return old_bytes.error();
  return describe_differences(lines, *old_bytes, bytes, previous->path);
}

}  // namespace

Result<void> describe_file(Lines& lines, const Repository& repository, const trust::TargetInfo& target, const std::string& bytes,
                           const std::string& old_bytes, const std::vector<trust::TargetInfo>& before) {
  if (target.path == trust::keys_target) return describe_keys(lines, bytes, old_bytes);
  if (const auto named = pack_target(target.path)) {
    if (!old_bytes.empty()) lines.push_back("REPLACES the bytes of a revision that is published already: " + target.path);
    return describe_pack(lines, repository, *named, target, bytes, before);
  }
  lines.push_back((old_bytes.empty() ? "adds the file " : "replaces the file ") + target.path + ", sha256:" +
                  std::string(digest_of(target)));
  return {};
}

}  // namespace greenlane::gateway
