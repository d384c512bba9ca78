#include "why_text.h"

#include <algorithm>

namespace greenlane::cli {
namespace {

/// The author's lines as one, without their indentation.
std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
  text.erase(std::unique(text.begin(), text.end(), both_blank), text.end());
  return text;
}

std::string figures(const Console& console, const Margin& margin) {
  std::string out = margin.value + std::string(console.say(", threshold ", "，阈值 ")) + margin.threshold;
  out += std::string(console.say(", distance ", "，相差 ")) + margin.distance;
  if (margin.days) out += std::string(margin.distance == "1" ? console.say(" day", " 天") : console.say(" days", " 天"));
  if (!margin.percent.empty()) out += " (" + margin.percent + " %)";
  return out;
}

std::string change_text(const Console& console, const Change& change) {
  if (change.kind == "supply") return std::string(console.say("supply ", "补报 ")) + change.pointer;
  if (change.kind == "correct") return std::string(console.say("correct ", "更正 ")) + change.pointer;
  if (change.code.empty()) return std::string(console.say("add a document to ", "补充单证至 ")) + change.pointer;
  const std::string added = std::string(console.say("add the document ", "补充单证 ")) + change.code;
  return added + std::string(console.say(" to ", " 至 ")) + change.pointer;
}

std::string effect_text(const Console& console, const ChangeSet& set) {
  if (set.certain) return "";
  constexpr std::size_t listed = 4;
  std::string out(console.say("depends on the true value of ", "取决于真实值："));
  for (std::size_t i = 0; i < set.depends_on.size(); ++i) {
    if (i == listed) return out + std::string(console.say(" and others", " 等"));
    out += (i > 0 ? ", " : "") + set.depends_on[i];
  }
  return out;
}

}  // namespace

std::string margin_text(const Console& console, const ExplainedEvaluation& evaluation) {
  std::string out;
  if (!evaluation.failed_alone.empty()) {
    out += wrapped(std::string(console.say("    near miss, but for  ", "    接近命中，仅差  ")), one_line(evaluation.failed_alone), 8);
  } else if (evaluation.margin) {
    out += wrapped(std::string(console.say("    inside by  ", "    越过阈值  ")), one_line(evaluation.margin->comparison), 8);
  }
  if (evaluation.margin) out += wrapped("        ", figures(console, *evaluation.margin), 8);
  return out;
}

std::string changes_text(const Console& console, std::string_view heading, const std::vector<ChangeSet>& sets, bool omitted) {
  std::string out = "  " + std::string(heading) + "\n";
  const auto line = [&](std::string_view en, std::string_view zh) { out += "    " + std::string(console.say(en, zh)) + "\n"; };
  if (sets.empty()) line("no permitted change that was found", "未找到允许的更改");
  for (const ChangeSet& set : sets) {
    std::string lead = "    - ";
    for (const Change& change : set.changes) {
      out += wrapped(lead, change_text(console, change), 6);
      lead = std::string(console.say("      and ", "      并 "));
    }
    if (!set.certain) out += wrapped("        ", effect_text(console, set), 8);
  }
  if (omitted) line("… there may be more; the search was cut off", "……可能还有其他更改，搜索已截止");
  return out;
}

std::string why_text(const Console& console, const Assessment& assessment) {
  if (!assessment.why) return "";
  const Why& why = *assessment.why;
  std::string out;
  if (!why.near_misses.empty()) out += "  " + std::string(console.say("near misses", "接近命中")) + "\n";
  for (const NearMiss& miss : why.near_misses) {
    std::string where = miss.criterion->key() + "  " + (miss.at.empty() ? "/" : miss.at);
    if (miss.row) where += "  " + miss.row->list + " " + std::to_string(miss.row->line);
    out += wrapped("    ", where, 6);
    out += wrapped("      ", std::string(console.say("but for  ", "仅差  ")) + one_line(miss.condition), 8);
    if (miss.margin) out += wrapped("        ", figures(console, *miss.margin), 8);
  }
  if (why.near_misses_omitted) out += "    " + std::string(console.say("… there are more", "……还有其他")) + "\n";
  if (assessment.level == Level::none) return out;
  return out + changes_text(console, console.say("what would lower the level", "可降低等级的更改"), why.lower, why.lower_omitted);
}

}  // namespace greenlane::cli
