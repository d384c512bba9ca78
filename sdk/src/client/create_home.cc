#include "client/create_home.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "client/durable_files.h"
#include "client/file_io.h"
#include "client/home_paths.h"
#include "client/home_settings.h"
#include "client/root_history.h"
#include "crypto/digest.h"
#include "greenlane/keys.h"
#include "trust/updater.h"

namespace greenlane::client {
namespace {

constexpr std::size_t max_ca_bytes = std::size_t{4} << 20;

/// The folder around `path`, with a slash at its end where it is not the working directory.
std::string around(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

Error taken(const std::string& folder) {
  return {.code = ErrorCode::invalid_argument, .message = "there is something already; give a folder that does not exist yet", .source = folder};
}

bool is_empty_folder(const std::string& path) {
  std::error_code problem;
  return is_folder(path) && std::filesystem::is_empty(path, problem) && !problem;
}

/// A home that becomes one by its name: before that it is `FOLDER.new`, which goes where anything goes wrong.
class HomeInMaking {
 public:
  HomeInMaking(std::string folder, const NewHome& settings, std::chrono::sys_seconds now)
      : folder_(std::move(folder)), paths_(folder_ + ".new"), settings_(settings), now_(now) {}
  ~HomeInMaking() {
    if (mine_) remove();
  }
  HomeInMaking(const HomeInMaking&) = delete;
  HomeInMaking& operator=(const HomeInMaking&) = delete;

  Result<void> make() {
    if (auto begun = begin(); !begun.ok()) return begun;
    for (const std::string& folder : {paths_.trust(), paths_.roots(), paths_.sets(), paths_.log_folder(), paths_.packs()}) {
      if (auto made = make_folder(folder); !made.ok()) return made;
    }
    const auto root = pin_root();
    if (!root.ok()) return root.error();
    if (auto written = write_settings(*root); !written.ok()) return written;
    if (!settings_.enterprise.empty()) {
      const KeyTerms terms{.owner = settings_.enterprise, .uses = {}, .not_before = {}, .not_after = {}};
      if (auto made = create_key_store(paths_.home(), SignatureAlgorithm::ed25519, {}, terms, now_); !made.ok()) return std::move(made).error();
    }
    return finish();
  }

 private:
  /// A folder of that name that nobody is working in is left from an interrupted call.
  Result<void> begin() {
    if (is_taken(folder_) && !is_empty_folder(folder_)) return taken(folder_);
    for (int tries = 0; tries < 2; ++tries) {
      if (auto made = make_folder(paths_.home()); !made.ok()) return made;
      auto lock = FolderLock::take(paths_.lock(), "process", "wait until it is done");
      if (!lock.ok()) return std::move(lock).error();
      lock_ = *std::move(lock);
      mine_ = true;
      std::error_code problem;
      const auto files = std::distance(std::filesystem::directory_iterator(paths_.home(), problem), {});
      if (!problem && files == 1) return {};
      remove();
    }
    return Error{.code = ErrorCode::io, .message = "the folder is left from an interrupted call and cannot be removed; remove it", .source = paths_.home()};
  }

  void remove() {
    std::error_code problem;
    std::filesystem::remove_all(paths_.home(), problem);
  }

  Result<void> write_settings(const std::string& root) {
    auto gateway = gateway_url(settings_.gateway);
    if (!gateway.ok()) return std::move(gateway).error();
    const HomeSettings settings{.gateway = *std::move(gateway), .enterprise = settings_.enterprise, .own_ca = !settings_.ca.empty(), .root = root, .created_at = now_};
    if (settings.own_ca) {
      const auto certificates = read_file(settings_.ca, max_ca_bytes);
      if (!certificates.ok()) return certificates.error();
      if (certificates->find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
        return Error{.code = ErrorCode::invalid_argument, .message = "there is no certificate in PEM in this file", .source = settings_.ca};
      }
      if (auto written = write(paths_.ca(), *certificates); !written.ok()) return written;
    }
    return write(paths_.settings(), json::pretty(settings.to_value()) + "\n");
  }

  /// Its digest.
  Result<std::string> pin_root() {
    const auto root = read_file(settings_.root, trust::UpdateLimits{}.root_bytes);
    if (!root.ok()) return root.error();
    RootHistory store(paths_);
    auto pinned = trust::Updater::pin_root(store, *root);
    if (pinned.ok()) return "sha256:" + crypto::sha256_hex(*root);
    pinned.error().source = settings_.root;
    return std::move(pinned).error();
  }

  Result<void> finish() {
    if (auto synced = sync_file_system(paths_.home()); !synced.ok()) return synced;
    std::error_code problem;
    std::filesystem::rename(paths_.home(), folder_, problem);
    if (problem == std::errc::directory_not_empty || problem == std::errc::file_exists) return taken(folder_);
    if (problem) return Error{.code = ErrorCode::io, .message = "the home cannot be put in its place: " + problem.message(), .source = folder_, .retryable = true};
    mine_ = false;
    return sync_folder(around(folder_));
  }

  static Result<void> write(const std::string& path, std::string_view bytes) { return replace_file(path, path + ".new", bytes, true); }

  std::string folder_;
  HomePaths paths_;
  const NewHome& settings_;
  std::chrono::sys_seconds now_;
  std::optional<FolderLock> lock_;
  bool mine_ = false;
};

}  // namespace

Result<void> create_home(const std::string& folder, const NewHome& settings, std::chrono::sys_seconds now) {
  return HomeInMaking(folder, settings, now).make();
}

}  // namespace greenlane::client
