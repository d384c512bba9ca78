#include "criteria_text.h"

#include <algorithm>

#include "greenlane/utc_time.h"

namespace greenlane::cli {
namespace {

constexpr std::size_t indent = 12;

std::string lead(const Console& console, std::string_view en, std::string_view zh) {
  std::string text = "  " + std::string(console.say(en, zh));
  text.append(indent > display_width(text) ? indent - display_width(text) : 1, ' ');
  return text;
}

std::string field(const Console& console, std::string_view en, std::string_view zh, std::string_view text) {
  return wrapped(lead(console, en, zh), text, indent);
}

std::string name_of(const Console& console, const std::string& id, std::int64_t revision) {
  return id + std::string(console.say(" revision ", " 修订号 ")) + std::to_string(revision);
}

/// The digest takes a line of its own, so that it can be copied.
std::string log_text(const Console& console, const KeptPack& pack) {
  return field(console, "log entry", "日志条目", std::to_string(pack.log_index)) + "  " + pack.digest + "\n";
}

bool is_fresh(std::string_view freshness) { return freshness == "fresh"; }

std::string pack_text(const Console& console, const ActivePack& active) {
  const KeptPack& pack = active.pack;
  std::string out = console.bold(name_of(console, pack.id, pack.revision)) + "\n";
  const std::string words = freshness_words(console, active.freshness);
  const std::string line = field(console, "freshness", "时效", words);
  out += is_fresh(active.freshness) ? line : console.styled("33", line);
  out += field(console, "in use", "启用", utc_text(pack.activated_at));
  return out + log_text(console, pack);
}

std::string role_text(const Console& console, const RoleStatus& role) {
  std::string out = "  " + role.role;
  out.append(indent - out.size(), ' ');
  out += std::string(console.say("version ", "版本 ")) + std::to_string(role.version) + std::string(console.say(", until ", "，有效至 ")) + utc_text(role.expires);
  return out + (role.expired ? console.styled("33", console.say("  EXPIRED", "  已过期")) : "") + "\n";
}

std::string_view advice(const Console& console, const std::string& what) {
  if (what == "set_clock") return console.say("set the clock of this machine", "校准本机时钟");
  if (what == "see_refusals") return console.say("tell customs of what was refused", "将被拒绝的内容告知海关");
  return console.say("run greenlane criteria update, or import a newer file of criteria", "运行 greenlane criteria update，或导入更新的判据文件");
}

std::string change_text(const Console& console, const PackChange& change) {
  const auto word = [&](std::string_view en, std::string_view zh, std::string_view colour) { return "  " + console.styled(colour, console.say(en, zh)) + "  "; };
  std::string out;
  if (change.outcome == "activated") out = word("activated", "已启用  ", "32");
  if (change.outcome == "unchanged") out = word("unchanged", "未变化  ", "0");
  if (change.outcome == "restored") out = word("restored ", "已恢复  ", "32");
  if (change.outcome == "refused") out = word("REFUSED  ", "被拒绝  ", "31");
  if (change.outcome == "missing") out = word("MISSING  ", "未取得  ", "33");
  if (!change.id.empty()) out += name_of(console, change.id, change.revision);
  if (change.outcome == "activated" && change.previous) out += std::string(console.say(", before ", "，原为 ")) + std::to_string(*change.previous);
  out += "\n";
  if (!change.error) return out;
  out += wrapped("    ", change.error->to_text(), 4);
  if (change.previous) out += "    " + std::string(console.say("still in use: revision ", "仍在使用：修订号 ")) + std::to_string(*change.previous) + "\n";
  return out;
}

}  // namespace

std::string freshness_words(const Console& console, std::string_view freshness) {
  const auto since = [freshness](std::string_view state) { return std::string(freshness.substr(state.size())); };
  constexpr std::string_view stale = "stale since ";
  constexpr std::string_view expired = "expired since ";
  if (freshness.starts_with(stale)) return std::string(console.say("STALE since ", "可能已过时，自 ")) + since(stale) + std::string(console.say(": newer criteria may be out", " 起：可能已有新判据"));
  if (freshness.starts_with(expired)) {
    return std::string(console.say("EXPIRED since ", "已失效，自 ")) + since(expired) + std::string(console.say(": customs no longer vouches for this list of criteria", " 起：海关不再为该判据清单作保"));
  }
  if (freshness == "clock_suspect") return std::string(console.say("CLOCK SUSPECT: this machine's clock is earlier than the last update", "时钟可疑：本机时间早于上次更新的时间"));
  if (is_fresh(freshness)) return std::string(console.say("fresh", "有效"));
  return std::string(console.say("UNKNOWN: what it rests on is damaged", "未知：其依据已损坏"));
}

std::string status_text(const Console& console, const CriteriaStatus& status) {
  std::string out = field(console, "gateway", "网关", status.gateway);
  out += field(console, "updated", "更新于", status.updated_at ? utc_text(*status.updated_at) : std::string(console.say("never", "从未")));
  if (!status.log_origin.empty()) {
    out += field(console, "log", "日志", status.log_origin + ", " + grouped(status.log_size) + std::string(console.say(" entries", " 条")));
  }
  if (status.clock_suspect) {
    out += console.styled("31", field(console, "CLOCK", "时钟", std::string(console.say("suspect: it says ", "可疑：本机时间为 ")) + utc_text(status.now) +
                                                                      std::string(console.say(", which is before the last update", "，早于上次更新"))));
  }
  if (status.failed) {
    out += console.styled("31", field(console, "FAILED", "失败", utc_text(status.failed->at) + "  " + status.failed->error.to_text()));
  }
  for (const Error& problem : status.problems) out += console.styled("31", field(console, "PROBLEM", "问题", problem.to_text()));
  for (const ActivePack& pack : status.packs) out += "\n" + pack_text(console, pack);
  if (!status.roles.empty()) out += "\n" + console.bold(console.say("signed by customs", "海关签名")) + "\n";
  for (const RoleStatus& role : status.roles) out += role_text(console, role);
  constexpr std::size_t shown = 5;
  if (!status.refusals.empty()) out += "\n" + console.bold(console.say("refused", "被拒绝")) + "\n";
  for (std::size_t i = 0; i < std::min(shown, status.refusals.size()); ++i) {
    const Refusal& refusal = status.refusals[i];
    const std::string name = refusal.pack.empty() ? refusal.target : name_of(console, refusal.pack, refusal.revision);
    out += "  " + utc_text(refusal.last_at) + "  " + name + "\n" + wrapped("    ", refusal.error.to_text(), 4);
  }
  if (status.refusals.size() > shown) out += "  … " + grouped(status.refusals.size() - shown) + "\n";
  const auto to_do = status.to_do();
  if (!to_do.empty()) out += "\n" + console.bold(console.say("to do", "待办")) + "\n";
  for (const std::string& what : to_do) out += wrapped("  - ", advice(console, what), 4);
  return out;
}

std::string update_text(const Console& console, const CriteriaUpdate& update) {
  std::string out;
  for (const Error& problem : update.problems) {
    out += console.styled("33", wrapped("  ", std::string(console.say("mended: ", "已修复：")) + problem.to_text(), 4));
  }
  for (const PackChange& change : update.packs) out += change_text(console, change);
  if (update.packs.empty()) out += "  " + std::string(console.say("customs lists no packs", "海关未列出判据包")) + "\n";
  return out + "  " + std::string(console.say("publication log: ", "发布日志：")) + grouped(update.log_size) + std::string(console.say(" entries", " 条")) + "\n";
}

std::string kept_text(const Console& console, const std::vector<KeptPack>& packs) {
  std::string out;
  for (const KeptPack& pack : packs) {
    out += name_of(console, pack.id, pack.revision) + "\n";
    const std::string until = pack.superseded_at ? utc_text(*pack.superseded_at) : std::string(console.say("now", "至今"));
    out += field(console, "known here", "本机已知", utc_text(pack.activated_at) + " – " + until);
    out += log_text(console, pack);
  }
  return out;
}

}  // namespace greenlane::cli
