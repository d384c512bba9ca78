// greenlane-tuf: the TUF client with the command line of the public conformance suite. Takes http:// from loopback addresses, unlike
// the SDK's own commands. Exit status: 0, or 1 for whatever went wrong.
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "arguments.h"
#include "client/durable_files.h"
#include "client/file_io.h"
#include "client/trust_files.h"
#include "exchange/http_source.h"
#include "trust/updater.h"

namespace greenlane::conformance {
namespace {

constexpr std::size_t max_file = std::size_t{64} << 20;

/// Metadata and targets from two servers, as the suite has it.
class TwoServers final : public trust::Source {
 public:
  TwoServers(exchange::HttpClient& client, const TufArguments& arguments)
      : metadata_(client, arguments.metadata_url), targets_(client, arguments.target_base_url) {}

  Result<std::optional<std::string>> fetch(std::string_view path, std::size_t max_bytes) override {
    if (path.starts_with(trust::metadata_folder)) return metadata_.fetch(path.substr(trust::metadata_folder.size()), max_bytes);
    return targets_.fetch(path.substr(trust::targets_folder.size()), max_bytes);
  }

 private:
  exchange::HttpSource metadata_;
  exchange::HttpSource targets_;
};

Result<void> init(const TufArguments& arguments) {
  const auto root = client::read_file(arguments.root, max_file);
  if (!root.ok()) return root.error();
  client::TrustFiles store(arguments.metadata_dir);
  return trust::Updater::pin_root(store, *root);
}

Result<void> download(trust::Updater& updater, const TufArguments& arguments, const std::string& name) {
  const auto target = updater.find(name);
  if (!target.ok()) return target.error();
  if (!target->has_value()) return Error{.code = ErrorCode::not_found, .message = "no role lists a target of this name", .source = name};
  const std::string path = arguments.target_dir + "/" + trust::percent_encoded(name);
  if (auto kept = client::read_file(path, max_file); kept.ok() && updater.check(**target, *std::move(kept)).ok()) return {};
  const auto file = updater.download(**target);
  if (!file.ok()) return file.error();
  const std::string temporary = arguments.target_dir + "/.new." + std::to_string(::getpid());
  auto written = client::replace_file(path, temporary, (**file).bytes, true);
  if (!written.ok()) ::unlink(temporary.c_str());
  return written;
}

Result<void> update(const TufArguments& arguments) {
  exchange::HttpOptions options;
  options.allow_loopback_http = true;
  auto client = exchange::HttpClient::open(options);
  if (!client.ok()) return std::move(client).error();
  client::TrustFiles store(arguments.metadata_dir);
  TwoServers source(*client, arguments);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  auto updater = trust::Updater::open(store, source, now);
  if (!updater.ok()) return std::move(updater).error();
  if (auto refreshed = updater->refresh(); !refreshed.ok()) return refreshed;
  if (arguments.command == "refresh") return {};
  for (const std::string& name : arguments.target_names) {
    if (auto done = download(*updater, arguments, name); !done.ok()) return done;
  }
  return {};
}

Result<void> run(const std::vector<std::string>& words) {
  const auto arguments = read_tuf_arguments(words);
  if (!arguments.ok()) return arguments.error();
  return arguments->command == "init" ? init(*arguments) : update(*arguments);
}

}  // namespace
}  // namespace greenlane::conformance

int main(int argc, char** argv) {
  const auto done = greenlane::conformance::run({argv + 1, argv + argc});
  if (done.ok()) return 0;
  std::fprintf(stderr, "greenlane-tuf: %s\n", done.error().to_text().c_str());
  return 1;
}
