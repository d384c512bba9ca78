#include "client/hot_folder.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "client/hot_folder_names.h"

namespace greenlane::client {
namespace {

constexpr std::chrono::milliseconds status_interval{1000};
constexpr std::chrono::milliseconds longest_sleep{50};  ///< a wish to stop waits no longer
constexpr unsigned max_doublings = 16;

/// How long to wait after the trouble number `tries`.
std::chrono::milliseconds pause_after(unsigned tries, std::chrono::milliseconds interval) {
  return std::min<std::chrono::milliseconds>(interval * (1u << std::min(tries, max_doublings)), std::chrono::seconds(longest_pause_seconds));
}

}  // namespace

HotFolder::HotFolder(const WatchFolders& folders, const std::vector<Pack>& packs, const WatchOptions& options)
    : folders_(folders),
      packs_(packs),
      options_(options),
      listing_(folders.in, options.interval),
      answerer_(folders_, packs_, options_),
      journal_(folders.in),
      status_path_(options.status.empty() ? path_in(folders.in, status_name) : options.status) {}

Result<void> HotFolder::run() {
  for (std::size_t looks = 1;; ++looks) {
    const auto now = Clock::now();
    renew_packs();
    std::vector<WaitingFile> files;
    auto outcome = patiently([&]() -> Result<void> {
      auto complete = listing_.look(now);
      if (complete.ok()) files = *std::move(complete);
      return complete.ok() ? Result<void>() : complete.error();
    });
    if (outcome.ok()) outcome = handle(files);
    // With `once` the second look finds complete what the first one has seen.
    const bool end = stopped() || (options_.once && looks > 1 && retries_.empty());
    status_.running = outcome.ok() && !end;
    tell_status(!status_.running || !files.empty());
    if (!status_.running) return outcome;
    pause(now + options_.interval);
  }
}

void HotFolder::renew_packs() {
  if (!options_.renew) return;
  auto renewed = options_.renew();
  if (!renewed.ok()) return trouble(renewed.error());
  if (*renewed && !(*renewed)->empty()) packs_ = **std::move(renewed);
}

Result<void> HotFolder::handle(const std::vector<WaitingFile>& files) {
  std::erase_if(retries_, [&](const auto& retry) { return !listing_.has(retry.first); });
  status_.waiting = listing_.size();
  status_.oldest = listing_.oldest();
  for (std::size_t at = 0; at < files.size() && !stopped();) {
    Batch batch;
    const std::size_t begin = at;
    auto outcome = patiently([&]() -> Result<void> {
      batch = {};
      at = begin;
      auto filled = fill(batch, files, at);
      if (!filled.ok()) (void)remove_temporaries();
      return filled;
    });
    if (outcome.ok() && !batch.entries.empty()) outcome = commit(batch);
    answerer_.forget();
    if (!outcome.ok()) return outcome;
    status_.waiting -= std::min(status_.waiting, batch.entries.size());
    status_.oldest = at < files.size() ? files[at].stamp.changed : (status_.waiting == 0 ? 0 : status_.oldest);
    tell_status(false);
  }
  return {};
}

bool HotFolder::is_due(const WaitingFile& file) const {
  const auto retry = retries_.find(file.name);
  return retry == retries_.end() || retry->second.next <= Clock::now();
}

Result<void> HotFolder::fill(Batch& batch, const std::vector<WaitingFile>& files, std::size_t& at) {
  answerer_.forget();
  const auto end = Clock::now() + batch_time;
  while (at < files.size() && batch.entries.size() < batch_files) {
    const WaitingFile& file = files[at++];
    if (!is_due(file)) continue;
    const auto retry = retries_.find(file.name);
    const unsigned tried = retry == retries_.end() ? 0 : retry->second.tries;
    auto attempt = answerer_.answer(file, tried + 1 >= options_.tries);
    if (!attempt.ok()) return std::move(attempt).error();
    if (attempt->kind == Attempt::Kind::answered) {
      batch.entries.push_back(std::move(attempt->entry));
      batch.files.push_back(std::move(attempt->file));
    } else {
      set_aside(file, *attempt);
    }
    if (stopped() || Clock::now() >= end) break;
  }
  return batch.entries.empty() ? Result<void>() : sync_file_system(folders_.out);
}

void HotFolder::set_aside(const WaitingFile& file, Attempt& attempt) {
  if (attempt.kind == Attempt::Kind::unreadable) {
    Retry& retry = retries_[file.name];
    retry.next = Clock::now() + pause_after(retry.tries++, options_.interval);
    attempt.error->message += "; try " + std::to_string(retry.tries) + " of " + std::to_string(options_.tries);
  }
  trouble(*attempt.error);
}

Result<void> HotFolder::patiently(const std::function<Result<void>()>& act) {
  for (unsigned tried = 1;; ++tried) {
    auto outcome = act();
    if (outcome.ok()) return outcome;
    note(outcome.error());
    if (tried >= options_.tries || stopped()) return outcome;
    if (options_.on_trouble) options_.on_trouble(outcome.error());
    tell_status(true);
    pause(Clock::now() + pause_after(tried - 1, options_.interval));
  }
}

void HotFolder::note(const Error& error) { status_.last_error = HotFolderStatus::Trouble{error, std::chrono::system_clock::now()}; }

void HotFolder::trouble(const Error& error) {
  note(error);
  if (options_.on_trouble) options_.on_trouble(error);
}

void HotFolder::tell_status(bool now) {
  if (!now && Clock::now() - status_written_ < status_interval) return;
  status_written_ = Clock::now();
  status_.retrying = retries_.size();
  const auto written = write_status(status_path_, status_);
  if (!written.ok()) trouble(written.error());
}

void HotFolder::pause(Clock::time_point until) const {
  for (auto now = Clock::now(); now < until && !stopped(); now = Clock::now()) {
    std::this_thread::sleep_for(std::min<Clock::duration>(until - now, longest_sleep));
  }
}

}  // namespace greenlane::client
