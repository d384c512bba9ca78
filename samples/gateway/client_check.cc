#include "client_check.h"

#include <utility>

#include "client/file_io.h"
#include "trust/updater.h"

namespace greenlane::gateway {
namespace {

class MemoryStore final : public trust::TrustStore {
 public:
  Result<std::optional<std::string>> load(std::string_view role) override {
    const auto found = files_.find(role);
    return found == files_.end() ? std::optional<std::string>() : std::optional(found->second);
  }
  Result<void> save(std::string_view role, std::string_view bytes) override {
    files_.insert_or_assign(std::string(role), std::string(bytes));
    return {};
  }
  Result<void> remove(std::string_view role) override {
    if (const auto found = files_.find(role); found != files_.end()) files_.erase(found);
    return {};
  }

 private:
  Files files_;
};

Result<void> follow(trust::TrustStore& store, trust::Source& source, const std::vector<trust::TargetInfo>& files,
                    std::chrono::sys_seconds now) {
  auto updater = trust::Updater::open(store, source, now);
  if (!updater.ok()) return updater.error();
  if (auto refreshed = updater->refresh(); !refreshed.ok()) return refreshed;
  for (const trust::TargetInfo& file : files) {
    if (const auto fetched = updater->download(file); !fetched.ok()) return fetched.error();
  }
  return {};
}

Error refused(Error error) {
  error.message = "nothing was released, since clients would refuse it: " + error.message;
  return error;
}

}  // namespace

Result<std::optional<std::string>> FolderSource::fetch(std::string_view path, std::size_t max_bytes) {
  if (const auto found = changes_.find(path); found != changes_.end()) {
    if (found->second.size() <= max_bytes) return std::optional(found->second);
    return Error{.code = ErrorCode::limit_exceeded,
                 .message = "there are more than " + std::to_string(max_bytes) + " bytes",
                 .source = std::string(path)};
  }
  auto bytes = client::read_file(folder_ + "/" + std::string(path), max_bytes);
  if (bytes.ok()) return std::optional(*std::move(bytes));
  if (bytes.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return bytes.error();
}

Result<void> check_as_client(const Repository& repository, const Released& released, Files changes,
                             const std::vector<trust::TargetInfo>& files, std::chrono::sys_seconds now) {
  FolderSource source(repository.folder(), std::move(changes));
  MemoryStore fresh;
  const auto first = source.fetch(metadata_name(root_role, 1), max_metadata_bytes);
  if (!first.ok()) return first.error();
  if (auto pinned = trust::Updater::pin_root(fresh, first->value_or("")); !pinned.ok()) return refused(pinned.error());
  if (auto done = follow(fresh, source, files, now); !done.ok()) return refused(done.error());
  if (!released.root) return {};
  MemoryStore before;
  for (const auto* metadata : {&released.root, &released.targets, &released.snapshot, &released.timestamp}) {
    if (*metadata) static_cast<void>(before.save((*metadata)->role(), (*metadata)->bytes()));
  }
  auto done = follow(before, source, files, now);
  return done.ok() ? done : refused(done.error());
}

}  // namespace greenlane::gateway
