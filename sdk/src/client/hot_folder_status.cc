#include "client/hot_folder_status.h"

#include <unistd.h>

#include <algorithm>

#include "base/utc_time.h"
#include "client/durable_files.h"
#include "screening/json_writer.h"

namespace greenlane::client {
namespace {

std::string moment(HotFolderStatus::Time time) { return utc_text(std::chrono::floor<std::chrono::seconds>(time)); }

std::int64_t seconds_since(std::int64_t nanoseconds, HotFolderStatus::Time now) {
  const auto then = HotFolderStatus::Time(std::chrono::duration_cast<HotFolderStatus::Time::duration>(std::chrono::nanoseconds(nanoseconds)));
  // The file system may have another clock.
  return std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(now - then).count());
}

}  // namespace

std::string HotFolderStatus::to_json(Time now) const {
  std::string text;
  screening::JsonWriter out(text);
  const auto count = [&](std::string_view key, std::size_t number) { out.member(key, static_cast<std::int64_t>(number)); };
  out.begin_object().member("format", "greenlane.watch_status/1").member("state", running ? "running" : "stopped");
  out.member("process", static_cast<std::int64_t>(::getpid()));
  out.member("started_at", moment(started_at)).member("updated_at", moment(now)).begin_object("answered");
  for (const WatchOutcome outcome : {WatchOutcome::no_findings, WatchOutcome::undecided, WatchOutcome::findings, WatchOutcome::failed}) {
    count(to_string(outcome), summary.by_outcome[static_cast<std::size_t>(outcome)]);
  }
  out.end_object();
  count("recovered", summary.recovered);
  count("waiting", waiting);
  count("retrying", retrying);
  if (oldest != 0) out.member("oldest_waiting_seconds", seconds_since(oldest, now));
  if (last) {
    out.begin_object("last").member("name", last->name).member("outcome", to_string(last->outcome)).member("at", moment(last->at)).end_object();
  }
  if (last_error) {
    out.begin_object("last_error").member("at", moment(last_error->at)).raw_member("error", error_json(last_error->error)).end_object();
  }
  out.end_object();
  return text.append(1, '\n');
}

Result<void> write_status(const std::string& path, const HotFolderStatus& status) {
  return replace_file(path, path + ".tmp", status.to_json(std::chrono::system_clock::now()), false);
}

}  // namespace greenlane::client
