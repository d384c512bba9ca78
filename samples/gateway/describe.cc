#include "describe.h"

#include <algorithm>

#include "base/utc_time.h"
#include "client/hot_folder_names.h"
#include "describe_files.h"

namespace greenlane::gateway {
namespace {

using Lines = std::vector<std::string>;

std::string names_of(const Repository& repository, const trust::RoleKeys& keys) {
  std::string names;
  for (const trust::RoleKey& key : keys.keys) names += (names.empty() ? "" : ", ") + repository.key_name(key.id);
  return names;
}

std::string signatures(std::int64_t count) { return std::to_string(count) + (count == 1 ? " signature" : " signatures"); }

std::string until(const Metadata& metadata) {
  return std::string(metadata.role()) + " " + std::to_string(metadata.version()) + " holds until " + utc_text(metadata.expires());
}

void describe_role(Lines& lines, const Repository& repository, std::string_view role, const trust::RoleKeys& before,
                   const trust::RoleKeys& after) {
  for (const trust::RoleKey& key : after.keys) {
    if (!lists(before, key.id)) lines.push_back(std::string(role) + ": adds " + repository.key_name(key.id) + " to those who sign");
  }
  for (const trust::RoleKey& key : before.keys) {
    if (!lists(after, key.id)) lines.push_back(std::string(role) + ": removes " + repository.key_name(key.id) + " from those who sign");
  }
  if (after.threshold != before.threshold) {
    lines.push_back(std::string(role) + ": " + signatures(after.threshold) + " instead of " + std::to_string(before.threshold));
  }
}

void describe_root(Lines& lines, const Repository& repository, const std::optional<Metadata>& before, const Metadata& after) {
  for (const std::string_view role : {root_role, targets_role, snapshot_role, timestamp_role}) {
    const trust::RoleKeys keys = role_keys(after, role);
    if (before) {
      describe_role(lines, repository, role, role_keys(*before, role), keys);
    } else {
      lines.push_back(std::string(role) + ": " + signatures(keys.threshold) + " of " + names_of(repository, keys));
    }
  }
  lines.push_back(until(after));
}

Result<void> describe_targets(Lines& lines, const Repository& repository, const std::vector<trust::TargetInfo>& before,
                              const Metadata& after) {
  const auto targets = listed_targets(after);
  const auto at = [](const std::vector<trust::TargetInfo>& all, const std::string& path) {
    return std::find_if(all.begin(), all.end(), [&](const trust::TargetInfo& target) { return target.path == path; });
  };
  for (const trust::TargetInfo& target : targets) {
    const auto old = at(before, target.path);
    if (old != before.end() && *old == target) continue;
    const auto bytes = repository.read_target(target);
    if (!bytes.ok()) return bytes.error();
    std::string old_bytes;
    if (old != before.end()) {
      auto read = repository.read_target(*old);
      if (!read.ok()) return read.error();
      old_bytes = *std::move(read);
    }
    if (auto done = describe_file(lines, repository, target, *bytes, old_bytes, before); !done.ok()) return done;
  }
  for (const trust::TargetInfo& target : before) {
    if (at(targets, target.path) == targets.end()) lines.push_back("no longer lists " + target.path);
  }
  lines.push_back(until(after) + " and lists " + std::to_string(targets.size()) + (targets.size() == 1 ? " file" : " files"));
  return {};
}

}  // namespace

Result<Lines> describe(const Repository& repository, const Released& released, const Staged& staged) {
  Lines lines;
  if (staged.root) describe_root(lines, repository, released.root, *staged.root);
  if (staged.targets) {
    const auto before = released.targets ? listed_targets(*released.targets) : std::vector<trust::TargetInfo>();
    if (auto done = describe_targets(lines, repository, before, *staged.targets); !done.ok()) return done.error();
  }
  // Names and paths may be those of somebody who wants a holder to see something else.
  for (std::string& line : lines) line = client::printable(line);
  return lines;
}

std::string distance(std::chrono::seconds time) {
  const auto size = std::chrono::abs(time);
  const auto count = [&]() -> std::string {
    if (size >= std::chrono::hours(48)) return std::to_string(size / std::chrono::hours(24)) + " days";
    if (size >= std::chrono::hours(2)) return std::to_string(size / std::chrono::hours(1)) + " hours";
    if (size >= std::chrono::minutes(2)) return std::to_string(size / std::chrono::minutes(1)) + " minutes";
    return std::to_string(size.count()) + " seconds";
  }();
  return time.count() > 0 ? "in " + count : count + " ago";
}

}  // namespace greenlane::gateway
