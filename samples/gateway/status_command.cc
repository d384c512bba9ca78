#include "base/utc_time.h"
#include "commands.h"

namespace greenlane::gateway {
namespace {

std::string time_left(std::chrono::seconds left) {
  if (left.count() <= 0) return "EXPIRED";
  if (left >= std::chrono::hours(48)) return std::to_string(left / std::chrono::hours(24)) + " days left";
  if (left >= std::chrono::hours(2)) return std::to_string(left / std::chrono::hours(1)) + " hours left";
  return std::to_string(left / std::chrono::minutes(1)) + " minutes left";
}

}  // namespace

Exit run_repo_status(const std::string& folder) {
  auto repository = Repository::open(folder);
  if (!repository.ok()) return fail(repository.error());
  const auto released = repository->released();
  if (!released.ok()) return fail(released.error());
  if (!released->root) say("nothing is released yet\n");
  for (const auto* metadata : {&released->root, &released->targets, &released->snapshot, &released->timestamp}) {
    if (!*metadata) continue;
    const Metadata& one = **metadata;
    say(std::string(one.role()) + " " + std::to_string(one.version()) + "  until " + utc_text(one.expires()) + "  " + time_left(one.expires() - now()) + "\n");
  }
  return Exit::done;
}

}  // namespace greenlane::gateway
