#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>

#include "client/file_io.h"
#include "commands.h"
#include "folders.h"
#include "release.h"
#include "trust/source.h"

namespace greenlane::gateway {
namespace {

/// A tar file in the form of POSIX.1-1988 (ustar), which every machine reads. The same files give the same bytes.
class TarFile {
 public:
  static Result<TarFile> create(const std::string& path) {
    TarFile file(path);
    const bool made = file.archive_ != nullptr && archive_write_set_format_ustar(file.archive_.get()) == ARCHIVE_OK &&
                      archive_write_open_filename(file.archive_.get(), path.c_str()) == ARCHIVE_OK;
    if (!made) return file.problem("the file cannot be made");
    return file;
  }

  Result<void> add(const std::string& name, const std::string& bytes) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_mtime(entry.get(), 0, 0);
    const bool written = archive_write_header(archive_.get(), entry.get()) == ARCHIVE_OK &&
                         archive_write_data(archive_.get(), bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size());
    return written ? Result<void>() : problem("the file cannot be written");
  }

  Result<void> close() {
    return archive_write_close(archive_.get()) == ARCHIVE_OK ? Result<void>() : problem("the file cannot be written");
  }

 private:
  struct Closer {
    void operator()(archive* one) const noexcept { archive_write_free(one); }
  };
  explicit TarFile(std::string path) : path_(std::move(path)), archive_(archive_write_new()) {}

  Error problem(const std::string& what) const {
    const char* reason = archive_ == nullptr ? nullptr : archive_error_string(archive_.get());
    return {.code = ErrorCode::io,
            .message = what + (reason == nullptr ? "" : std::string(": ") + reason),
            .source = path_,
            .retryable = true};
  }

  std::string path_;
  std::unique_ptr<archive, Closer> archive_;
};

/// What a client may ask for: all roots, the metadata of now, the listed targets, the log.
Result<std::vector<std::string>> files_to_export(const Repository& repository, const Released& released) {
  std::vector<std::string> names;
  for (std::int64_t version = 1; version <= released.root->version(); ++version) names.push_back(metadata_name(root_role, version));
  for (const auto* metadata : {&released.targets, &released.snapshot, &released.timestamp}) {
    names.push_back(metadata_name((*metadata)->role(), (*metadata)->version()));
  }
  for (const trust::TargetInfo& target : listed_targets(*released.targets)) names.push_back(target_file_name(target));
  const auto log = client::files_below(repository.path("log"), true);
  if (!log.ok()) return log.error();
  for (const std::string& name : *log) names.push_back(std::string(trust::log_folder) + name);
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> write_bundle(const Repository& repository, const Released& released, const std::string& path) {
  const auto names = files_to_export(repository, released);
  if (!names.ok()) return names.error();
  auto file = TarFile::create(path);
  if (!file.ok()) return file.error();
  for (const std::string& name : *names) {
    const auto bytes = client::read_file(repository.path(name), max_target_bytes);
    if (!bytes.ok()) return bytes.error();
    if (auto added = file->add(name, *bytes); !added.ok()) return added;
  }
  return file->close();
}

Result<void> export_all(Repository& repository, const std::string& file) {
  if (auto tidied = tidy_up(repository); !tidied.ok()) return tidied;
  const auto released = repository.released();
  if (!released.ok()) return released.error();
  if (!released->root || !released->targets || !released->snapshot || !released->timestamp) {
    return Error{.code = ErrorCode::invalid_argument, .message = "nothing is released yet", .source = repository.folder()};
  }
  const std::string next = file + ".new";
  Result<void> written = write_bundle(repository, *released, next);
  if (written.ok()) written = client::sync_file_system(client::folder_of(next));
  if (written.ok()) written = move_into_place(next, file);
  if (!written.ok()) ::unlink(next.c_str());
  return written;
}

}  // namespace

Exit run_repo_export(const std::string& folder, const std::string& file) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  if (auto done = export_all(*repository, file); !done.ok()) return fail(done.error());
  say(file + " holds all that clients fetch, for `greenlane criteria import`.\n");
  return Exit::done;
}

}  // namespace greenlane::gateway
