#include "report.h"

#include <algorithm>

#include "pack_text.h"
#include "why_text.h"

namespace greenlane::cli {
namespace {

constexpr std::size_t text_indent = 12;
constexpr std::size_t max_criteria_listed = 6;

struct Label {
  std::string_view key;
  std::string_view zh;
};
constexpr std::array<Label, 11> domain_names = {{{"transport_means", "运输工具"},
                                                 {"transport_equipment", "运输设备"},
                                                 {"personnel", "人员"},
                                                 {"goods", "货物"},
                                                 {"port_health", "口岸公共卫生"},
                                                 {"biosafety", "国门生物安全"},
                                                 {"food_safety", "食品安全"},
                                                 {"commodity_quality", "商品质量安全"},
                                                 {"tax", "税收安全"},
                                                 {"intellectual_property", "知识产权"},
                                                 {"other_security", "其他安全"}}};
constexpr std::array<Label, 4> level_names = {{{"none", "无"}, {"LOW", "低风险"}, {"MEDIUM", "中风险"}, {"HIGH", "高风险"}}};
constexpr std::array<Label, 4> lane_names = {{{"GREEN", "绿色"}, {"GREEN", "绿色"}, {"YELLOW", "黄色"}, {"RED", "红色"}}};
constexpr std::array<std::string_view, 4> level_colours = {"32", "32", "33", "31"};

std::string_view name(const Console& console, const Label& label) { return console.zh() ? label.zh : label.key; }
std::size_t index(Level level) { return static_cast<std::size_t>(level); }

std::string lead(const Console& console, std::string_view en, std::string_view zh) {
  return "    " + std::string(console.say(en, zh)) + "  ";
}

std::string basis_text(const Console& console, const LegalBasis& basis) {
  return basis.ref + (basis.verified ? "" : std::string(console.say(" (not verified)", "（未核实）")));
}

std::string finding_text(const Console& console, const Finding& finding) {
  const CriterionInfo& c = *finding.criterion;
  const std::size_t level = index(c.level);
  std::string out = "  " + console.styled(level_colours[level], name(console, level_names[level])) + "  ";
  out += c.key() + "  " + std::string(name(console, domain_names[c.domain])) + "  " + c.finding_code + "\n";
  out += wrapped("    ", finding.message.in(console.language), 4);
  for (const Place& place : finding.at) {
    std::string where = place.pointer.empty() ? "/" : place.pointer;
    if (place.value) where += " = " + *place.value;
    if (!place.wco.empty()) where += "  (WCO " + place.wco + ")";
    const std::string& own = place.xpath.empty() ? place.segment : place.xpath;
    if (!own.empty()) where += "  " + own + std::string(console.say(", line ", "，行 ")) + std::to_string(place.line);
    out += wrapped(lead(console, "where", "位置"), where, text_indent);
  }
  if (finding.row) {
    std::string row = finding.row->list + " " + std::to_string(finding.row->line) + ":";
    for (const auto& [column, value] : finding.row->values) row += " " + column + "=" + value.value_or("-");
    out += wrapped(lead(console, "row", "表行"), row, text_indent);
  }
  for (const LegalBasis& basis : c.legal_basis) {
    out += wrapped(lead(console, "basis", "依据"), basis_text(console, basis), text_indent);
  }
  for (const Remedy& remedy : c.remedies) out += wrapped(lead(console, "do", "处置"), remedy.text.in(console.language), text_indent);
  return out;
}

/// What was not declared, with the criteria that it would decide.
std::string undetermined_text(const Console& console, const std::vector<Undetermined>& all) {
  std::map<std::string, std::vector<std::string>> by_field;
  std::string out;
  for (const Undetermined& u : all) {
    for (const std::string& pointer : u.missing) by_field[pointer].push_back(u.criterion->key());
    if (!u.error.empty()) {
      out += wrapped("    ", u.criterion->key() + ": " + std::string(console.say("cannot be computed: ", "无法计算：")) + u.error, 6);
    }
  }
  for (const auto& [pointer, criteria] : by_field) {
    std::string decides = pointer + "  " + std::string(console.say("would decide ", "申报后可判定 "));
    for (std::size_t i = 0; i < criteria.size(); ++i) {
      if (i == max_criteria_listed) {
        decides += std::string(console.say(" and ", " 等 ")) + std::to_string(criteria.size() - i) + std::string(console.say(" more", " 项"));
        break;
      }
      decides += (i > 0 ? ", " : "") + criteria[i];
    }
    out += wrapped("    ", decides, 6);
  }
  return out;
}

std::string title_line(const Console& console, const Assessment& a) {
  const std::size_t level = index(a.level);
  std::string out = console.styled(level_colours[level], name(console, lane_names[level])) + "  ";
  if (!a.undetermined.empty()) {
    // A green lane with open questions must not look like a clean one.
    const std::string number = std::to_string(a.undetermined.size());
    out += console.styled("33", std::string(console.say("(", "（")) + number + std::string(console.say(" undecided)", "项未判定）"))) + "  ";
  }
  out += console.bold(a.declaration_id.empty() ? console.say("(no number)", "（无编号）") : std::string_view(a.declaration_id));
  out += "  " + std::string(console.say("as of ", "基准日 ")) + a.as_of.to_string() + "  " + a.pack.id + "\n";
  if (a.source) out += console.dim(wrapped("  ", a.source->file + " [" + std::to_string(a.source->index) + "]", 2));
  return out + freshness_text(console, a.pack);
}

/// "= value" behind a part's text; for a condition its outcome stands before the text instead.
std::string part_value(const Console& console, const ExplainedPart& part) {
  if (!part.missing.empty()) {
    std::string out(console.say("  not declared:", "  未申报："));
    for (const std::string& pointer : part.missing) out += " " + pointer;
    return part.children.empty() ? out : "";
  }
  if (!part.error.empty()) return std::string(console.say("  error: ", "  错误：")) + part.error;
  if (part.value == "true" || part.value == "false") return "";
  return " = " + part.value;
}

std::string part_mark(const Console& console, const ExplainedPart& part) {
  if (!part.missing.empty()) return console.styled("33", console.say("?     ", "?   "));
  if (!part.error.empty()) return console.styled("33", "!     ");
  if (part.value == "true") return console.styled("31", console.say("true  ", "真  "));
  if (part.value == "false") return console.styled("32", console.say("false ", "假  "));
  return "";
}

void write_part(const Console& console, const ExplainedPart& part, std::size_t depth, std::string& out) {
  std::string line = part.label;
  std::string text = part.text;
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (!line.empty() && !text.empty()) line += "  ";
  line += text + part_value(console, part);
  const std::size_t indent = std::min<std::size_t>(4 + 2 * depth, 40);
  out += wrapped(std::string(indent, ' ') + part_mark(console, part), line, indent + 6);
  for (const ExplainedPart& child : part.children) write_part(console, child, depth + 1, out);
}

std::string outcome_name(const Console& console, const std::string& outcome) {
  if (outcome == "hit") return console.styled("31", console.say("HIT", "命中"));
  if (outcome == "clear") return console.styled("32", console.say("CLEAR", "未命中"));
  if (outcome == "not_in_force") return std::string(console.say("NOT IN FORCE", "未生效"));
  return console.styled("33", console.say("UNDETERMINED", "无法判定"));
}

}  // namespace

std::string assessment_text(const Console& console, const Assessment& assessment) {
  std::string out = title_line(console, assessment);
  std::vector<const Finding*> findings;
  for (const Finding& finding : assessment.findings) findings.push_back(&finding);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding* a, const Finding* b) { return a->criterion->level > b->criterion->level; });
  for (const Finding* finding : findings) out += finding_text(console, *finding);
  if (findings.empty()) out += "  " + std::string(console.say("no published criterion matched", "没有已发布的判据命中")) + "\n";
  if (assessment.undetermined.empty()) return out + why_text(console, assessment);
  out += "  " + std::string(console.say("could not be decided: ", "无法判定：")) + std::to_string(assessment.undetermined.size()) +
         std::string(console.say(assessment.undetermined.size() == 1 ? " criterion, for want of" : " criteria, for want of", " 项判据，缺少：")) + "\n";
  return out + undetermined_text(console, assessment.undetermined) + why_text(console, assessment);
}

void Report::add(const BatchItem& item) {
  if (item.error) {
    if (refused_.size() == max_blocks) {
      ++refused_left_out_;
    } else {
      refused_.push_back(wrapped("  ", item.error->to_text(), 4));
    }
    return;
  }
  const std::size_t level = index(item.assessment->level);
  if (blocks_[level].size() == max_blocks) {
    ++left_out_[level];
  } else {
    blocks_[level].push_back(assessment_text(console_, *item.assessment));
  }
}

std::string Report::text(const BatchSummary& summary) const {
  std::string out;
  for (std::size_t level = blocks_.size(); level-- > 0;) {
    for (const std::string& block : blocks_[level]) out += "\n" + block;
    if (left_out_[level] == 0) continue;
    out += "\n" + std::string(console_.say("… and ", "……另有 ")) + grouped(left_out_[level]) +
           std::string(console_.say(" more of level ", " 份，等级 ")) + std::string(name(console_, level_names[level])) +
           std::string(console_.say("; --format json has all\n", "；--format json 输出全部\n"));
  }
  if (!refused_.empty()) out += "\n" + console_.bold(console_.say("Refused", "被拒绝")) + "\n";
  for (const std::string& refused : refused_) out += refused;
  if (refused_left_out_ != 0) out += "  … " + grouped(refused_left_out_) + "\n";
  out += "\n" + console_.bold(console_.say("Summary", "汇总")) + "\n";
  const auto count = [&](std::string_view en, std::string_view zh, std::size_t number) {
    out += "  " + std::string(console_.say(en, zh)) + grouped(number) + "\n";
  };
  count("screened            ", "已筛查         ", summary.screened);
  count("red (high)          ", "红色（高风险） ", summary.by_level[3]);
  count("yellow (medium)     ", "黄色（中风险） ", summary.by_level[2]);
  count("green (low)         ", "绿色（低风险） ", summary.by_level[1]);
  count("green (no match)    ", "绿色（未命中） ", summary.by_level[0]);
  count("with undetermined   ", "含无法判定项   ", summary.undetermined);
  count("refused inputs      ", "被拒绝的输入   ", summary.refused);
  out += wrapped("  ", console_.say("No match means that no published criterion matched; it does not mean that a declaration is right.",
                                    "“未命中”仅表示没有已发布的判据命中，不表示申报无误。"), 2);
  return out;
}

std::string explanation_text(const Console& console, const Explanation& e) {
  const std::string lead = outcome_name(console, e.outcome) + "  " + console.bold(e.criterion->key()) + "  ";
  std::string out = wrapped(lead, e.criterion->title.in(console.language), 2);
  out += "  " + std::string(console.say("declaration ", "报关单 ")) + (e.declaration_id.empty() ? "-" : e.declaration_id) +
         std::string(console.say("  as of ", "  基准日 ")) + e.as_of.to_string() + "  " + e.pack.id + "\n" + freshness_text(console, e.pack);
  for (const LegalBasis& basis : e.criterion->legal_basis) {
    out += wrapped("  " + std::string(console.say("basis ", "依据 ")), basis_text(console, basis), 8);
  }
  if (e.outcome == "not_in_force") {
    const auto day = [](const std::optional<Date>& d) { return d ? d->to_string() : std::string("…"); };
    out += "  " + std::string(console.say("in force ", "有效期 ")) + day(e.criterion->effective.from) + " – " + day(e.criterion->effective.to) + "\n";
  }
  for (const std::string& pointer : e.missing) {
    out += wrapped("  ", std::string(console.say("not declared: ", "未申报：")) + pointer, 4);
  }
  for (const ExplainedEvaluation& evaluation : e.evaluations) {
    out += "\n  " + outcome_name(console, evaluation.outcome) + "  " + (evaluation.at.empty() ? "/" : evaluation.at);
    if (evaluation.row) out += "  " + evaluation.row->list + " " + std::to_string(evaluation.row->line);
    out += "\n";
    write_part(console, evaluation.tree, 0, out);
    out += margin_text(console, evaluation);
  }
  if (e.omitted != 0) {
    out += "\n  " + std::string(console.say("… evaluations not shown: ", "……未列出的评估：")) + grouped(e.omitted) + "\n";
  }
  if (e.outcome == "hit") {
    out += "\n" + changes_text(console, console.say("what would clear it", "可使其不再命中的更改"), e.changes, e.changes_omitted);
  } else if (e.outcome == "undetermined") {
    out += "\n" + changes_text(console, console.say("what would decide it", "可使其得以判定的更改"), e.changes, e.changes_omitted);
  }
  return out;
}

}  // namespace greenlane::cli
