#include "client/key_index.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "client/durable_files.h"
#include "client/file_io.h"
#include "greenlane/signer.h"

namespace greenlane::client {
namespace {

constexpr std::size_t max_index_bytes = std::size_t{2} << 20;

Result<void> is_own_folder(const std::string& folder) {
  struct stat found;
  if (::lstat(folder.substr(0, folder.size() - 1).c_str(), &found) != 0) {
    if (errno != ENOENT) return system_error(folder, "the folder cannot be looked at");
    return Error{.code = ErrorCode::not_found,
                 .message = "there are no keys; make some with `greenlane init` or `greenlane keys new --owner CODE`",
                 .source = folder};
  }
  if (!S_ISDIR(found.st_mode)) {
    return Error{
        .code = ErrorCode::invalid_key, .message = "the keys must lie in a folder, not in a file or behind a link", .source = folder};
  }
  if (found.st_uid != ::geteuid() || (found.st_mode & 022u) != 0) {
    return Error{.code = ErrorCode::invalid_key,
                 .message = "others may put keys into the folder; make it yours alone: chmod 700 " + folder,
                 .source = folder};
  }
  return {};
}

}  // namespace

KeyIndex::KeyIndex(const std::string& home) : folder_(home + "/keys/"), path_(folder_ + "keys.json") {}

Result<KeyIndex> KeyIndex::open(const std::string& home) {
  KeyIndex index(home);
  if (auto own = is_own_folder(index.folder_); !own.ok()) return own.error();
  if (auto read = index.read(); !read.ok()) return read.error();
  return index;
}

Result<KeyIndex> KeyIndex::create(const std::string& home) {
  KeyIndex index(home);
  if (!is_folder(home)) return Error{.code = ErrorCode::not_found, .message = "there is no such folder; make it first", .source = home};
  if (auto made = make_folder(home + "/keys"); !made.ok()) return made.error();
  if (auto own = is_own_folder(index.folder_); !own.ok()) return own.error();
  if (is_taken(index.path_)) {
    return Error{.code = ErrorCode::invalid_argument, .message = "there are keys already", .source = index.folder_};
  }
  if (auto synced = sync_folder(home); !synced.ok()) return synced.error();
  return index;
}

Result<void> KeyIndex::read() {
  const auto text = read_file(path_, max_index_bytes);
  if (!text.ok()) return text.error();
  auto ring = trust::KeyRing::read(*text);
  if (!ring.ok()) {
    ring.error().source = path_;
    return ring.error();
  }
  records_ = ring->records();
  log_origin_ = ring->log_origin();
  return {};
}

Result<void> KeyIndex::change(const std::function<Result<void>(std::vector<trust::KeyRecord>&)>& change,
                              const std::function<Result<void>()>& before_writing) {
  const auto lock = FolderLock::take(folder_ + ".lock", "greenlane", "try again when it is done");
  if (!lock.ok()) return lock.error();
  if (is_taken(path_)) {
    if (auto again = read(); !again.ok()) return again;
  }
  auto records = records_;
  if (auto changed = change(records); !changed.ok()) return changed;
  const std::string text = trust::KeyRing(records, log_origin_).to_json();
  if (auto read_back = trust::KeyRing::read(text); !read_back.ok()) {
    read_back.error().source = path_;
    return read_back.error();
  }
  if (auto ready = before_writing(); !ready.ok()) return ready;
  if (auto written = replace_file(path_, path_ + ".part", text, true); !written.ok()) return written;
  records_ = std::move(records);
  return {};
}

KeyInfo info_of(const trust::KeyRecord& record, const KeyIndex& index) {
  return {.id = record.key.id(),
          .public_key = {*crypto::algorithm_of(record.key.scheme()), record.key.der(), record.key.sm2_user_id()},
          .owner = record.owner,
          .uses = record.uses,
          .not_before = record.not_before,
          .not_after = record.not_after,
          .revoked_at = record.revoked_at,
          .compromised_at = record.compromised_at,
          .has_private = is_taken(index.key_file(record.key.id()))};
}

}  // namespace greenlane::client
