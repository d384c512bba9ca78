#include "client/bundle.h"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/text.h"
#include "client/durable_files.h"
#include "client/file_io.h"

namespace greenlane::client {
namespace {

struct ArchiveCloser {
  void operator()(archive* a) const noexcept { archive_free(a); }
};
using ArchivePointer = std::unique_ptr<archive, ArchiveCloser>;

constexpr std::size_t max_parts = 12;
constexpr std::size_t max_name = 400;

Error refused(const std::string& path, std::string message) {
  return {.code = ErrorCode::invalid_document, .message = std::move(message), .source = path};
}

bool is_part(std::string_view part) noexcept {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("_.-~%@").find(c) != std::string_view::npos;
  };
  return !part.empty() && part.front() != '.' && std::all_of(part.begin(), part.end(), plain);
}

/// The name of an entry for messages.
std::string shown(const char* name) { return name == nullptr ? "without a name" : "\"" + text::shortened(name, 100) + "\""; }

/// Bytes of one entry, as many as its header says.
Result<std::string> read_entry(archive* a, std::size_t size, const std::string& path) {
  std::string bytes(size, '\0');
  std::size_t at = 0;
  while (at < size) {
    const la_ssize_t got = archive_read_data(a, bytes.data() + at, size - at);
    if (got <= 0) return refused(path, "the archive ends in the middle of a file, or is damaged");
    at += static_cast<std::size_t>(got);
  }
  return bytes;
}

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  Result<std::map<std::string, std::string, std::less<>>> files(std::string_view bytes) {
    const ArchivePointer a(archive_read_new());
    archive_read_support_format_tar(a.get());  // and no compression: nothing in it is larger than it looks
    if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) return no_archive();
    for (archive_entry* entry = nullptr;;) {
      const int read = archive_read_next_header(a.get(), &entry);
      if (read == ARCHIVE_EOF) break;
      if (read != ARCHIVE_OK) return no_archive();
      if (++entries_ > max_bundle_files) return too_much("has more than " + std::to_string(max_bundle_files) + " files");
      if (auto taken = take(a.get(), entry); !taken.ok()) return std::move(taken).error();
    }
    if (files_.empty()) return refused(path_, "the archive has no files of an authority in it");
    return std::move(files_);
  }

 private:
  Error no_archive() const { return refused(path_, "this is no tar archive, or it is damaged; expected is a file of `greenlane criteria export` or of the authority"); }
  Error too_much(std::string what) const { return {.code = ErrorCode::limit_exceeded, .message = "the archive " + std::move(what), .source = path_}; }

  Result<void> take(archive* a, archive_entry* entry) {
    const char* const name = archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) == AE_IFDIR) return {};  // which says nothing
    const bool regular = archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr && archive_entry_symlink(entry) == nullptr;
    if (!regular || archive_entry_sparse_count(entry) > 0) return refused(path_, "the entry " + shown(name) + " is no plain file; there may be no links or devices");
    if (name == nullptr || !is_bundled_path(name)) return refused(path_, "the entry " + shown(name) + " has a name that no file of an authority has");
    const la_int64_t size = archive_entry_size(entry);
    if (size < 0 || static_cast<std::uint64_t>(size) > max_bundle_bytes - bytes_) return too_much("has more than " + std::to_string(max_bundle_bytes) + " bytes of files");
    bytes_ += static_cast<std::size_t>(size);
    auto read = read_entry(a, static_cast<std::size_t>(size), path_);
    if (!read.ok()) return std::move(read).error();
    if (files_.try_emplace(name, *std::move(read)).second) return {};
    return refused(path_, "the file " + shown(name) + " is in the archive twice");
  }

  const std::string& path_;
  std::map<std::string, std::string, std::less<>> files_;
  std::size_t bytes_ = 0;
  std::size_t entries_ = 0;
};

Result<void> write_entries(archive* a, const std::vector<BundledFile>& files, const std::string& path) {
  const auto failed = [&] {
    const char* why = archive_error_string(a);
    return Error{.code = ErrorCode::io, .message = std::string("the archive cannot be written: ") + (why != nullptr ? why : ""), .source = path, .retryable = true};
  };
  for (const BundledFile& file : files) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), file.path.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), 0, 0);
    if (archive_write_header(a, entry.get()) != ARCHIVE_OK) return failed();
    if (archive_write_data(a, file.bytes.data(), file.bytes.size()) != static_cast<la_ssize_t>(file.bytes.size())) return failed();
  }
  return archive_write_close(a) == ARCHIVE_OK ? Result<void>() : failed();
}

}  // namespace

bool is_bundled_path(std::string_view path) noexcept {
  if (path.size() > max_name) return false;
  const bool known = path.starts_with(trust::metadata_folder) || path.starts_with(trust::targets_folder) || path.starts_with(trust::log_folder);
  const auto parts = text::split(path, '/');
  return known && parts.size() <= max_parts && std::all_of(parts.begin(), parts.end(), is_part);
}

Result<Bundle> Bundle::open(const std::string& path) {
  const auto bytes = read_file(path, max_bundle_file_bytes);
  return bytes.ok() ? read(*bytes, path) : Result<Bundle>(bytes.error());
}

Result<Bundle> Bundle::read(std::string_view bytes, const std::string& source) {
  auto files = Reader(source).files(bytes);
  if (!files.ok()) return std::move(files).error();
  Bundle bundle;
  bundle.files_ = *std::move(files);
  return bundle;
}

Result<std::optional<std::string>> Bundle::fetch(std::string_view path, std::size_t max_bytes) {
  const auto found = files_.find(path);
  if (found == files_.end()) return std::optional<std::string>();
  if (found->second.size() <= max_bytes) return std::optional(found->second);
  return Error{.code = ErrorCode::limit_exceeded,
               .message = "the file has more than the " + std::to_string(max_bytes) + " bytes that were expected",
               .source = std::string(path)};
}

Result<void> write_bundle(const std::string& path, const std::vector<BundledFile>& files) {
  const std::string temporary = path + ".new";
  const ArchivePointer a(archive_write_new());
  archive_write_set_format_ustar(a.get());
  archive_write_add_filter_none(a.get());
  if (archive_write_open_filename(a.get(), temporary.c_str()) != ARCHIVE_OK) {
    return Error{.code = ErrorCode::io, .message = "the file cannot be made", .source = path, .retryable = true};
  }
  auto written = write_entries(a.get(), files, path);
  if (written.ok() && std::rename(temporary.c_str(), path.c_str()) != 0) written = system_error(path, "the file cannot be put in its place");
  if (!written.ok()) ::unlink(temporary.c_str());
  return written;
}

}  // namespace greenlane::client
