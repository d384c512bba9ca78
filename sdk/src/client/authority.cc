#include "client/authority.h"

#include <utility>

#include "client/durable_files.h"
#include "client/kept_log.h"

namespace greenlane::client {
namespace {

Error not_trusted(std::string message, std::string_view source) {
  return {.code = ErrorCode::not_trusted, .message = std::move(message), .source = std::string(source)};
}

}  // namespace

Result<void> Authority::refresh(const PackIndex& index) {
  auto updater = trust::Updater::open(store_, source_, now_);
  if (!updater.ok()) return std::move(updater).error();
  updater_ = *std::move(updater);
  if (auto refreshed = updater_->refresh(); !refreshed.ok()) return refreshed;
  auto versions = set_of(updater_->roles(), 0);
  if (!versions.ok()) return std::move(versions).error();
  versions_ = *versions;
  if (auto checked = check_not_older(index); !checked.ok()) return checked;
  return read_keys();
}

/// The TUF client compares with what it has kept; somebody may have put an older copy of that into the home.
Result<void> Authority::check_not_older(const PackIndex& index) const {
  if (index.sets.empty()) return {};
  const MetadataSet& before = index.sets.back();
  const bool new_root = versions_.root > before.root;  // which may withdraw keys, so that versions begin anew (5.3.11)
  const bool older = versions_.root < before.root || (!new_root && (versions_.timestamp < before.timestamp || versions_.snapshot < before.snapshot ||
                                                                     versions_.targets < before.targets));
  if (!older) return {};
  return not_trusted("the authority's metadata is older than what this home has seen before; an old copy is being served, and the folder trust/ of "
                     "the home is an older copy, too: tell the authority",
                     "timestamp");
}

Result<void> Authority::read_keys() {
  const auto target = updater_->find(trust::keys_target);
  if (!target.ok()) return target.error();
  if (!target->has_value()) return not_trusted("the authority lists no keys of messages, so that its publication log cannot be checked", trust::keys_target);
  auto file = updater_->download(**target);
  if (!file.ok()) return std::move(file).error();
  auto ring = trust::KeyRing::read((*file)->bytes);
  if (!ring.ok()) {
    ring.error().source = trust::keys_target;
    return std::move(ring).error();
  }
  key_list_ = (*file)->bytes;
  ring_ = *std::move(ring);
  if (ring_->log_origin().empty()) return not_trusted("the authority names no publication log, so that what it publishes cannot be checked against it", trust::keys_target);
  return {};
}

Result<void> Authority::update_log(const PackIndex& index) {
  const LogKeys keys = log_keys(*ring_, now_, true);
  auto log = open_kept_log(paths_, ring_->log_origin(), keys);
  // What is gone or damaged here is fetched again; the checkpoint in the index still says whether it is the same log.
  if (!log.ok()) log = trust::PublicationLog::open("", "", ring_->log_origin(), keys.now, keys.earlier);
  if (!log.ok()) return std::move(log).error();
  auto updated = log->update(source_);
  if (!updated.ok()) {
    if (!log->refused_note().empty()) {
      const std::string path = paths_.log_folder() + "/refused";
      (void)replace_file(path, path + ".new", log->refused_note(), true);
    }
    return updated;
  }
  if (!index.checkpoint.empty()) {
    if (auto same = log->compare(index.checkpoint); !same.ok()) {
      Error error = std::move(same).error();
      error.code = ErrorCode::not_trusted;
      error.retryable = false;
      error.source = paths_.index();
      return error;
    }
  }
  log_ = *std::move(log);
  return write_kept_log(paths_, *log_);
}

}  // namespace greenlane::client
