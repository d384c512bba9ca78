#include "publication.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/utc_time.h"
#include "client/file_io.h"
#include "client_check.h"
#include "folders.h"
#include "trust/publication_log.h"

namespace greenlane::gateway {
namespace {

constexpr std::string_view checkpoint_name = "log/checkpoint";

std::string file_name(const trust::LogFile& file) { return std::string(trust::log_folder) + file.path; }

/// All keys that may sign checkpoints, or ever might: the log in the folder may be signed by any of them.
std::vector<crypto::PublicKey> log_keys(const trust::KeyRing& message_keys) {
  std::vector<crypto::PublicKey> keys;
  for (const trust::KeyRecord& record : message_keys.records()) {
    if (std::find(record.uses.begin(), record.uses.end(), trust::KeyUse::checkpoint) != record.uses.end()) keys.push_back(record.key);
  }
  return keys;
}

/// The log with the files of `growth`, from nothing on or from `before`.
Result<trust::PublicationLog> followed(const Repository& repository, const trust::KeyRing& message_keys, const LogGrowth& growth,
                                       const trust::PublicationLog* before) {
  Files changes;
  for (const trust::LogFile& file : growth.files) changes.emplace(file_name(file), file.bytes);
  if (!growth.checkpoint.empty()) changes.emplace(checkpoint_name, growth.checkpoint);
  FolderSource source(repository.folder(), std::move(changes));
  const std::string entries = before == nullptr ? "" : before->entries();
  const std::string note = before == nullptr ? "" : before->note();
  auto log = trust::PublicationLog::open(entries, note, message_keys.log_origin(), log_keys(message_keys));
  const bool is_new = growth.checkpoint.empty() && !client::is_taken(repository.path(checkpoint_name));
  if (!log.ok() || is_new) return log;
  if (auto updated = log->update(source); !updated.ok()) return updated.error();
  return log;
}

/// "PATH DIGEST" of what was published at that time: written by a release that was interrupted.
std::set<std::string> logged_at(const std::vector<std::string>& entries, std::string_view time) {
  std::set<std::string> found;
  for (const std::string& entry : entries) {
    const auto publication = trust::Publication::read(entry);
    if (publication.ok() && publication->published_at == time) found.insert(publication->path + " " + publication->digest);
  }
  return found;
}

Result<std::string> signed_checkpoint(const std::vector<OnlineKey>& keys, const LogKeys& message_keys, const crypto::MerkleTree& tree) {
  const auto may_sign = [](const trust::KeyRing& ring, const OnlineKey& key) {
    const auto usable = ring.usable(trust::KeyUse::checkpoint, "", now());
    return std::any_of(usable.begin(), usable.end(), [&](const trust::KeyRecord* record) { return record->key.id() == key.message_id; });
  };
  std::vector<Signer*> signers;
  bool is_current = false;
  for (const OnlineKey& key : keys) {
    const bool current = may_sign(message_keys.after, key);
    if (current || may_sign(message_keys.before, key)) signers.push_back(key.signer.get());
    is_current = is_current || current;
  }
  if (is_current) return trust::sign_checkpoint({message_keys.after.log_origin(), tree.size(), tree.root()}, signers);
  return Error{.code = ErrorCode::invalid_key,
               .message = "the private key of the publication log is not on this machine, or is not in force; run "
                          "`greenlane-gateway repo refresh` where it is"};
}

}  // namespace

Result<LogGrowth> grown_log(const Repository& repository, const std::vector<OnlineKey>& keys, const LogKeys& message_keys,
                            const std::vector<trust::TargetInfo>& files, std::chrono::sys_seconds published_at) {
  LogGrowth growth;
  const auto before = followed(repository, message_keys.after, growth, nullptr);
  if (!before.ok()) return before.error();
  std::vector<std::string> entries;
  const std::string lines = before->entries();
  for (const std::string_view line : text::split(lines, '\n')) {
    if (!line.empty()) entries.emplace_back(line);
  }
  const std::string time = utc_text(published_at);
  const auto there = logged_at(entries, time);
  const std::size_t old_size = entries.size();
  for (const trust::TargetInfo& file : files) {
    const std::string digest = "sha256:" + std::string(digest_of(file));
    const trust::Publication publication{.path = file.path, .digest = digest, .length = file.length, .published_at = time};
    if (!there.contains(publication.path + " " + publication.digest)) entries.push_back(publication.to_entry());
  }
  if (entries.size() == old_size) return growth;
  crypto::MerkleTree tree;
  for (const std::string& entry : entries) tree.append(entry);
  auto made = trust::new_log_files(entries, tree, old_size);
  if (!made.ok()) return made.error();
  growth.files = *std::move(made);
  auto note = signed_checkpoint(keys, message_keys, tree);
  if (!note.ok()) return note.error();
  growth.checkpoint = *std::move(note);
  for (const trust::PublicationLog* start : {static_cast<const trust::PublicationLog*>(nullptr), &*before}) {
    if (const auto after = followed(repository, message_keys.after, growth, start); !after.ok()) return after.error();
  }
  return growth;
}

Result<void> write_log(const Repository& repository, const LogGrowth& growth) {
  for (const trust::LogFile& file : growth.files) {
    if (auto put = put_file(repository.path(file_name(file)), file.bytes); !put.ok()) return put;
  }
  return growth.checkpoint.empty() ? Result<void>() : put_file(repository.path(checkpoint_name), growth.checkpoint);
}

}  // namespace greenlane::gateway
