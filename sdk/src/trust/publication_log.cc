#include "trust/publication_log.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/base64.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utc_time.h"
#include "trust/log_tiles.h"
#include "trust/note.h"
#include "trust/object_reader.h"

namespace greenlane::trust {
namespace {

constexpr std::string_view checkpoint_path = "log/checkpoint";

std::string index_key(std::string_view path, std::string_view digest) { return std::string(path) + '\n' + std::string(digest); }

bool is_path(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}
bool is_digest(std::string_view text) {
  constexpr std::string_view name = "sha256:";
  return text.size() == name.size() + 64 && text.starts_with(name) &&
         text.find_first_not_of("0123456789abcdef", name.size()) == std::string_view::npos;
}
bool is_moment(std::string_view text) { return parse_utc(text).has_value(); }

Error with_source(Error error, std::string_view path) {
  error.source = path;
  return error;
}

/// "2 entries, root 5f083f0a…", as a checkpoint writes it.
std::string size_and_root(const Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + " entries with the root " + encode_base64(crypto::bytes_of(checkpoint.root));
}

Result<std::string> fetch_or_fail(Source& source, const std::string& path, std::size_t max_bytes) {
  auto bytes = source.fetch(path, max_bytes);
  if (!bytes.ok()) return std::move(bytes).error();
  if (*bytes) return **std::move(bytes);
  return Error{.code = ErrorCode::unreachable,
               .message = "the log has no such file; its authority may be about to write it: try again later",
               .source = path,
               .retryable = true};
}

/// A bundle that is still partial in the tree of a checkpoint may be there as a full one only, once the log has grown.
Result<std::vector<std::string>> fetch_bundle(Source& source, std::uint64_t index, std::size_t width) {
  std::string path = std::string(log_folder) + bundle_path(index, width);
  auto bytes = source.fetch(path, max_bundle_bytes);
  if (!bytes.ok()) return std::move(bytes).error();
  std::size_t there = width;
  if (!*bytes) {
    path = std::string(log_folder) + bundle_path(index, tile_width);
    there = tile_width;
    auto full = fetch_or_fail(source, path, max_bundle_bytes);
    if (!full.ok()) return std::move(full).error();
    *bytes = *std::move(full);
  }
  auto entries = read_bundle(**bytes, there);
  if (!entries.ok()) return with_source(std::move(entries).error(), path);
  entries->resize(width);
  return entries;
}

Error too_many(std::string what) {
  return {.code = ErrorCode::limit_exceeded,
          .message = "the log has " + std::move(what) + "; at most 100000 entries of together 67108864 bytes are kept"};
}

}  // namespace

std::string Publication::to_entry() const {
  return json::canonical(json::Object{
      {"digest", digest}, {"length", static_cast<std::int64_t>(length)}, {"path", path}, {"published_at", published_at}});
}

Result<Publication> Publication::read(std::string_view entry) {
  json::Limits limits;
  limits.bytes = max_entry_bytes;
  const auto value = json::parse(entry, limits);
  if (!value.ok()) return value.error();
  ObjectReader object(*value, "");
  object.allow_only({"digest", "length", "path", "published_at"});
  Publication publication{
      .path = std::string(object.text("path", max_entry_bytes, is_path, "the path of a target")),
      .digest = std::string(object.text("digest", max_entry_bytes, is_digest, "\"sha256:\" and 64 hexadecimal digits in lower case")),
      .length = 0,
      .published_at = std::string(object.text("published_at", 20, is_moment, "a moment in UTC such as \"2026-01-31T23:59:59Z\""))};
  const json::Value* length = object.optional("length");
  if (length == nullptr || !length->is(json::Kind::integer) || length->integer() < 0) {
    object.refuse("/length", "a number of bytes is expected");
  } else {
    publication.length = static_cast<std::uint64_t>(length->integer());
  }
  if (object.problem()) return *object.problem();
  if (publication.to_entry() == entry) return publication;
  return Error{.code = ErrorCode::invalid_document, .message = "the entry of the log is not in the canonical form of JSON (RFC 8785)"};
}

Result<PublicationLog> PublicationLog::open(std::string_view entries, std::string_view note, std::string_view origin,
                                            std::vector<crypto::PublicKey> keys, std::vector<crypto::PublicKey> earlier) {
  PublicationLog log;
  log.checkpoint_ = {std::string(origin), 0, log.tree_.root()};
  log.all_keys_ = keys;
  std::move(earlier.begin(), earlier.end(), std::back_inserter(log.all_keys_));
  log.keys_ = std::move(keys);
  if (entries.empty() && note.empty()) return log;
  auto checkpoint = verify_checkpoint(note, origin, log.all_keys_);
  if (!checkpoint.ok()) return std::move(checkpoint).error();
  const auto count = std::count(entries.begin(), entries.end(), '\n');
  if (count > static_cast<std::ptrdiff_t>(max_log_entries)) return too_many(std::to_string(count) + " entries");
  auto lines = text::split(entries, '\n');
  const bool whole = lines.back().empty();
  lines.pop_back();
  if (auto taken = log.take({lines.begin(), lines.end()}, 0); !taken.ok()) return std::move(taken).error();
  const Checkpoint kept{std::string(origin), log.tree_.size(), log.tree_.root()};
  if (!whole || !(kept == *checkpoint)) {
    return Error{.code = ErrorCode::not_trusted,
                 .message = "what was kept of the log, " + size_and_root(kept) + ", is not what its checkpoint says, " +
                            size_and_root(*checkpoint) + "; somebody has changed it: keep it as evidence, and begin anew without it"};
  }
  if (auto indexed = log.index_from(0); !indexed.ok()) return std::move(indexed).error();
  log.checkpoint_ = *std::move(checkpoint);
  log.note_ = note;
  return log;
}

Result<void> PublicationLog::update(Source& source) {
  refused_note_.clear();
  auto note = fetch_or_fail(source, std::string(checkpoint_path), max_note_bytes);
  if (!note.ok()) return std::move(note).error();
  const auto target = verify_checkpoint(*note, checkpoint_.origin, keys_);
  if (!target.ok()) return with_source(target.error(), checkpoint_path);
  if (target->size <= checkpoint_.size) {
    const bool same = tree_.root(target->size) == target->root;
    if (same && target->size == checkpoint_.size) {
      note_ = *std::move(note);
      return {};
    }
    refused_note_ = *std::move(note);
    return other_history(*target, same ? "it has become shorter, or an old checkpoint is shown again"
                                       : "entries that it had are others or gone");
  }
  if (target->size > max_log_entries) return too_many(std::to_string(target->size) + " entries");
  PublicationLog next = *this;
  const auto fetched = next.fetch_entries(source, target->size);
  if (!fetched.ok() && fetched.error().code != ErrorCode::not_trusted) return fetched;
  if (!fetched.ok() || next.tree_.root() != target->root) {
    refused_note_ = *std::move(note);
    return divergence(source, *target);
  }
  if (auto indexed = next.index_from(checkpoint_.size); !indexed.ok()) return indexed;
  next.checkpoint_ = *target;
  next.note_ = *std::move(note);
  *this = std::move(next);
  return {};
}

Result<void> PublicationLog::fetch_entries(Source& source, std::uint64_t size) {
  const std::uint64_t known = entries_.size();
  for (std::uint64_t index = known / tile_width; index * tile_width < size; ++index) {
    const std::uint64_t first = index * tile_width;
    auto bundle = fetch_bundle(source, index, static_cast<std::size_t>(std::min<std::uint64_t>(tile_width, size - first)));
    if (!bundle.ok()) return std::move(bundle).error();
    if (auto taken = take(*std::move(bundle), first); !taken.ok()) return taken;
  }
  return {};
}

/// Entries from number `first` on, of which those that are here already have to be the same.
Result<void> PublicationLog::take(std::vector<std::string> entries, std::uint64_t first) {
  for (std::uint64_t number = first; std::string& entry : entries) {
    if (number < entries_.size() && entry != entries_[number]) {
      return Error{.code = ErrorCode::not_trusted, .message = "entry " + std::to_string(number) + " is another than before"};
    }
    if (number == entries_.size()) {
      bytes_ += entry.size();
      if (number == max_log_entries || bytes_ > max_log_bytes) return too_many("more");
      tree_.append(entry);
      entries_.push_back(std::move(entry));
    }
    ++number;
  }
  return {};
}

Result<void> PublicationLog::index_from(std::uint64_t first) {
  for (std::uint64_t number = first; number < entries_.size(); ++number) {
    const auto publication = Publication::read(entries_[number]);
    if (!publication.ok()) return with_source(publication.error(), "entry " + std::to_string(number) + " of the log");
    index_.try_emplace(index_key(publication->path, publication->digest), number);
  }
  return {};
}

/// Why the entries that were here and those that are served do not make the root that was signed: the whole log, as it is served, tells.
Error PublicationLog::divergence(Source& source, const Checkpoint& target) const {
  PublicationLog whole;
  if (!whole.fetch_entries(source, target.size).ok() || whole.tree_.root() != target.root) {
    return {.code = ErrorCode::not_trusted,
            .message = "the entries that the log serves are not the " + size_and_root(target) +
                       " that its checkpoint says; they are damaged, or were changed on the way: try again, and tell the authority if it "
                       "stays so",
            .source = std::string(checkpoint_path)};
  }
  const auto differing = std::mismatch(entries_.begin(), entries_.end(), whole.entries_.begin()).first;
  return other_history(target, "entry " + std::to_string(differing - entries_.begin()) + " is another");
}

Error PublicationLog::other_history(const Checkpoint& other, std::string_view what) const {
  return {.code = ErrorCode::not_trusted,
          .message = "the log " + checkpoint_.origin + " is not the one seen before: " + std::string(what) + "; seen were " +
                     size_and_root(checkpoint_) + ", shown are " + size_and_root(other) +
                     "; keep both checkpoints as evidence, compare them with others, and tell the authority",
          .source = std::string(checkpoint_path)};
}

std::string PublicationLog::entries() const {
  std::string lines;
  lines.reserve(bytes_ + entries_.size());
  for (const std::string& entry : entries_) lines.append(entry).append("\n");
  return lines;
}

std::optional<std::uint64_t> PublicationLog::find(std::string_view path, std::string_view digest) const {
  const auto at = index_.find(index_key(path, digest));
  if (at == index_.end()) return std::nullopt;
  return at->second;
}

std::vector<crypto::Hash> PublicationLog::inclusion_proof(std::uint64_t index) const { return tree_.inclusion_proof(index, tree_.size()); }

Result<void> PublicationLog::compare(std::string_view note) const {
  const auto other = verify_checkpoint(note, checkpoint_.origin, all_keys_);
  if (!other.ok()) return other.error();
  if (other->size > checkpoint_.size) {
    return Error{.code = ErrorCode::unreachable,
                 .message = "the other checkpoint has " + std::to_string(other->size) + " entries, of which only " +
                            std::to_string(checkpoint_.size) + " are known here; update the criteria first, then compare again",
                 .retryable = true};
  }
  const Checkpoint here{checkpoint_.origin, other->size, tree_.root(other->size)};
  if (here.root == other->root) return {};
  return Error{.code = ErrorCode::not_trusted,
               .message = "the authority has shown two histories of the log " + checkpoint_.origin + ": here the first are " +
                          size_and_root(here) + ", there they are " + size_and_root(*other) +
                          "; keep both checkpoints as evidence, and tell the authority and others"};
}

}  // namespace greenlane::trust
