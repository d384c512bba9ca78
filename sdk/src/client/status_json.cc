// greenlane.criteria_status/1, and what it shares with the index of packs.
#include "client/status_json.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "base/utc_time.h"
#include "greenlane/assessment.h"

namespace greenlane {
namespace client {

json::Value error_value(const Error& error) {
  constexpr std::size_t max_message = 2'000;
  Error shown = error;
  shown.message = text::shortened(error.message, max_message);
  auto value = json::parse(error_json(shown));
  if (value.ok()) return *std::move(value);
  // What somebody else wrote was no text.
  return *json::parse(error_json({.code = error.code, .message = "the reason cannot be shown", .retryable = error.retryable}));
}

json::Value kept_pack_json(const KeptPack& pack) {
  json::Object value{{"id", pack.id},
                     {"revision", pack.revision},
                     {"digest", pack.digest},
                     {"target", pack.target},
                     {"length", static_cast<std::int64_t>(pack.length)},
                     {"activated_at", utc_text(pack.activated_at)}};
  if (pack.superseded_at) value.push_back({"superseded_at", utc_text(*pack.superseded_at)});
  value.push_back({"log_index", static_cast<std::int64_t>(pack.log_index)});
  return value;
}

json::Value failed_update_json(const FailedUpdate& failed) { return json::Object{{"at", utc_text(failed.at)}, {"error", error_value(failed.error)}}; }

json::Value refused_json(const Refusal& refusal) {
  json::Object value{{"target", refusal.target}};
  if (!refusal.pack.empty()) {
    value.push_back({"pack", refusal.pack});
    value.push_back({"revision", refusal.revision});
  }
  if (!refusal.digest.empty()) value.push_back({"digest", refusal.digest});
  value.push_back({"first_at", utc_text(refusal.first_at)});
  value.push_back({"last_at", utc_text(refusal.last_at)});
  value.push_back({"error", error_value(refusal.error)});
  return value;
}

namespace {

template <typename List, typename ToJson>
json::Value array_of(const List& list, const ToJson& to_json) {
  json::Array array;
  for (const auto& one : list) array.push_back(to_json(one));
  return array;
}

json::Value role_json(const RoleStatus& role) {
  return json::Object{{"role", role.role}, {"version", role.version}, {"expires", utc_text(role.expires)}, {"expired", role.expired}};
}

json::Value active_json(const ActivePack& active) {
  json::Value value = kept_pack_json(active.pack);
  value.set("freshness", active.freshness);
  return value;
}

json::Value change_json(const PackChange& change) {
  json::Object value;
  if (!change.id.empty()) value = {{"id", change.id}, {"revision", change.revision}};
  value.push_back({"outcome", change.outcome});
  if (change.previous) value.push_back({"previous", *change.previous});
  if (change.error) value.push_back({"error", error_value(*change.error)});
  return value;
}

}  // namespace
}  // namespace client

std::string CriteriaStatus::freshness() const {
  if (clock_suspect) return "clock_suspect";
  if (packs.empty()) return "none";
  const auto any = [this](std::string_view begin) {
    return std::any_of(packs.begin(), packs.end(), [begin](const ActivePack& active) { return active.freshness.starts_with(begin); });
  };
  for (const std::string_view state : {"unknown", "expired", "stale"}) {
    if (any(state)) return std::string(state);
  }
  return "fresh";
}

std::vector<std::string> CriteriaStatus::to_do() const {
  std::vector<std::string> all;
  if (clock_suspect) all.emplace_back("set_clock");
  if (!problems.empty() || failed || !updated_at || (!clock_suspect && freshness() != "fresh")) all.emplace_back("update");
  if (!refusals.empty()) all.emplace_back("see_refusals");
  return all;
}

std::string CriteriaStatus::to_json() const {
  json::Object status{{"format", "greenlane.criteria_status/1"}, {"gateway", gateway}, {"now", utc_text(now)}};
  if (updated_at) status.push_back({"updated_at", utc_text(*updated_at)});
  status.push_back({"clock_suspect", clock_suspect});
  status.push_back({"freshness", freshness()});
  status.push_back({"packs", client::array_of(packs, client::active_json)});
  status.push_back({"roles", client::array_of(roles, client::role_json)});
  if (!log_origin.empty()) status.push_back({"log", json::Object{{"origin", log_origin}, {"size", static_cast<std::int64_t>(log_size)}}});
  if (failed) status.push_back({"failed", client::failed_update_json(*failed)});
  status.push_back({"refusals", client::array_of(refusals, client::refused_json)});
  status.push_back({"problems", client::array_of(problems, client::error_value)});
  status.push_back({"to_do", client::array_of(to_do(), [](const std::string& one) { return json::Value(one); })});
  return json::compact(json::Value(std::move(status)));
}

std::string KeptPack::to_json(const PublicationProof* proof) const {
  const json::Value pack = client::kept_pack_json(*this);
  json::Object document{{"format", "greenlane.kept_pack/1"}};
  document.insert(document.end(), pack.object().begin(), pack.object().end());
  if (proof != nullptr) {
    document.push_back({"proof", json::Object{{"index", static_cast<std::int64_t>(proof->index)},
                                              {"entry", proof->entry},
                                              {"hashes", json::Array(proof->hashes.begin(), proof->hashes.end())},
                                              {"checkpoint", proof->checkpoint}}});
  }
  return json::compact(json::Value(std::move(document)));
}

std::string CriteriaUpdate::to_json() const {
  return json::compact(json::Object{{"format", "greenlane.criteria_update/1"},
                                    {"at", utc_text(at)},
                                    {"packs", client::array_of(packs, client::change_json)},
                                    {"problems", client::array_of(problems, client::error_value)},
                                    {"log_size", static_cast<std::int64_t>(log_size)}});
}

}  // namespace greenlane
