#include "client/kept_log.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "client/durable_files.h"
#include "client/file_io.h"
#include "trust/note.h"

namespace greenlane::client {
namespace {

// HEAD, the length of the note in bytes, a line break, the note, the entries.
constexpr std::string_view head = "greenlane publication log 1\n";
constexpr std::size_t max_bytes = trust::max_log_bytes + trust::max_log_entries + trust::max_note_bytes + 100;

}  // namespace

LogKeys log_keys(const trust::KeyRing& ring, std::chrono::sys_seconds now, bool also_compromised) {
  LogKeys keys;
  for (const trust::KeyRecord* record : ring.usable(trust::KeyUse::checkpoint, "", now)) keys.now.push_back(record->key);
  for (const trust::KeyRecord& record : ring.records()) {
    const bool signs_log = std::find(record.uses.begin(), record.uses.end(), trust::KeyUse::checkpoint) != record.uses.end();
    if (signs_log && (also_compromised || !record.compromised_at)) keys.earlier.push_back(record.key);
  }
  return keys;
}

Result<KeptLog> read_kept_log(const HomePaths& paths) {
  KeptLog kept;
  auto bytes = read_file(paths.log(), max_bytes);
  if (!bytes.ok() && bytes.error().code == ErrorCode::not_found) return kept;
  if (!bytes.ok()) return std::move(bytes).error();
  std::string_view rest = *bytes;
  std::size_t length = 0;
  if (rest.starts_with(head)) {
    rest.remove_prefix(head.size());
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), length);
    if (read.ec == std::errc()) rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
    if (length > 0 && rest.starts_with('\n') && length < rest.size()) {
      kept.note = rest.substr(1, length);
      kept.entries = rest.substr(1 + length);
      return kept;
    }
  }
  return Error{.code = ErrorCode::invalid_document, .message = "the file of the publication log is damaged; an update fetches it again", .source = paths.log()};
}

Result<void> write_kept_log(const HomePaths& paths, const trust::PublicationLog& log) {
  const std::string text = std::string(head) + std::to_string(log.note().size()) + "\n" + log.note() + log.entries();
  return replace_file(paths.log(), paths.log() + ".new", text, true);
}

Result<trust::PublicationLog> open_kept_log(const HomePaths& paths, const std::string& origin, const LogKeys& keys) {
  const auto kept = read_kept_log(paths);
  if (!kept.ok()) return kept.error();
  if (kept->note.empty()) {
    return Error{.code = ErrorCode::not_found, .message = "there is no publication log here yet; run `greenlane criteria update` first", .source = paths.log()};
  }
  auto log = trust::PublicationLog::open(kept->entries, kept->note, origin, keys.now, keys.earlier);
  if (!log.ok() && log.error().source.empty()) log.error().source = paths.log();
  return log;
}

}  // namespace greenlane::client
