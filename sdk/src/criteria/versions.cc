// Rules between the versions of criteria.
#include <algorithm>
#include <map>

#include "criteria/pack_compiler.h"

namespace greenlane::criteria {
namespace {

std::string shown(const Period& period) {
  return (period.from ? period.from->to_string() : "always") + " to " + (period.to ? period.to->to_string() : "open end");
}

bool overlap(const Period& a, const Period& b) {
  const bool a_before = a.to && b.from && *a.to < *b.from;
  const bool b_before = b.to && a.from && *b.to < *a.from;
  return !a_before && !b_before;
}

PackIssue issue(std::size_t index, const Criterion& criterion, std::string_view member, std::string message) {
  Error error{.code = ErrorCode::invalid_pack};
  error.pointer = "/criteria/" + std::to_string(index) + std::string(member);
  error.message = "criterion " + criterion.info.key() + ": " + std::move(message);
  return {true, std::move(error)};
}

}  // namespace

void check_versions(const std::vector<Criterion>& criteria, std::vector<PackIssue>& issues) {
  std::map<std::string, std::vector<std::size_t>> by_id;
  std::map<std::string, std::size_t> by_key;
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    const Criterion& c = criteria[i];
    if (!by_key.emplace(c.info.key(), i).second) {
      issues.push_back(issue(i, c, "/version", "this version is in the pack twice"));
      continue;
    }
    if (c.info.effective.from && c.info.effective.to && *c.info.effective.to < *c.info.effective.from) {
      issues.push_back(issue(i, c, "/effective", "the period ends before it begins: " + shown(c.info.effective)));
    }
    for (const std::size_t other : by_id[c.info.id]) {
      const Criterion& o = criteria[other];
      if (overlap(o.info.effective, c.info.effective)) {
        issues.push_back(issue(i, c, "/effective", "it is in force " + shown(c.info.effective) + ", which overlaps with " + o.info.key() + " (" +
                                                       shown(o.info.effective) + "); end the one before the other begins"));
      }
    }
    by_id[c.info.id].push_back(i);
  }
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    const Criterion& c = criteria[i];
    if (c.supersedes.empty()) continue;
    const auto found = by_key.find(c.supersedes);
    if (found == by_key.end()) {
      issues.push_back(issue(i, c, "/supersedes", "it supersedes " + c.supersedes + ", which the pack does not hold; keep superseded versions for older declarations"));
    } else if (criteria[found->second].info.id != c.info.id && overlap(criteria[found->second].info.effective, c.info.effective)) {
      issues.push_back(issue(i, c, "/effective", "its period overlaps with that of " + c.supersedes + ", which it supersedes"));
    }
  }
}

}  // namespace greenlane::criteria
