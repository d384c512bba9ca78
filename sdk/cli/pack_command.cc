#include <algorithm>
#include <cstdio>

#include "commands.h"
#include "greenlane/pack.h"
#include "output.h"

namespace greenlane::cli {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : std::string(separator)) + part;
  return out;
}

std::string period_text(const Period& period) {
  return (period.from ? period.from->to_string() : "…") + " – " + (period.to ? period.to->to_string() : "…");
}

}  // namespace

Exit run_pack_build(const Console& console, const std::string& path, const std::string& output) {
  const auto bytes = build_pack(path);
  if (!bytes.ok()) return console.fail(bytes.error());
  auto file = Output::open(output);
  if (!file.ok()) return console.fail(file.error());
  const bool to_file = file->is_file();
  if (auto written = file->write(*bytes); !written.ok()) return console.fail(written.error());
  if (auto closed = file->close(); !closed.ok()) return console.fail(closed.error());
  if (to_file && !console.quiet) console.err(output + ": " + grouped(bytes->size()) + std::string(console.say(" bytes\n", " 字节\n")));
  return Exit::done;
}

Exit run_pack_lint(const Console& console, const std::string& path) {
  std::size_t errors = 0;
  const auto problems = lint_pack(path);
  for (const PackProblem& problem : problems) {
    errors += problem.is_error ? 1 : 0;
    if (console.json) {
      console.out(std::string(R"({"severity":")") + (problem.is_error ? "error" : "warning") + R"(","error":)" + error_json(problem.error) + "}\n");
      continue;
    }
    const std::string kind = problem.is_error ? console.styled("31", console.say("error", "错误")) : console.styled("33", console.say("warning", "警告"));
    console.out(kind + "  " + problem.error.to_text() + "\n");
  }
  if (!console.json) {
    console.out(grouped(errors) + std::string(console.say(" errors, ", " 个错误，")) + grouped(problems.size() - errors) +
                std::string(console.say(" warnings\n", " 个警告\n")));
  }
  return errors == 0 ? Exit::done : Exit::bad_input;
}

Exit run_pack_test(const Console& console, const std::string& path) {
  const auto results = test_pack(path);
  if (!results.ok()) return console.fail(results.error());
  std::size_t failed = 0;
  for (const PackTestResult& result : *results) {
    if (result.passed) continue;
    ++failed;
    std::string what = result.criterion + ": \"" + result.test + "\": " + std::string(console.say("expected ", "期望 ")) + result.expected;
    if (!result.expected_missing.empty()) what += " (" + joined(result.expected_missing, ", ") + ")";
    what += std::string(console.say(", got ", "，实际 ")) + result.outcome;
    if (!result.missing.empty()) what += " (" + joined(result.missing, ", ") + ")";
    if (console.json) {
      console.out(error_json({.code = ErrorCode::failed_test, .message = what, .source = path}) + "\n");
    } else {
      console.out(console.styled("31", console.say("failed", "未通过")) + "  " + what + "\n");
    }
  }
  if (!console.json) {
    console.out(grouped(results->size() - failed) + std::string(console.say(" passed, ", " 个通过，")) + grouped(failed) +
                std::string(console.say(" failed\n", " 个未通过\n")));
  }
  return failed == 0 ? Exit::done : Exit::bad_input;
}

Exit run_pack_show(const Console& console, const std::string& path) {
  if (console.json) {
    const auto bytes = build_pack(path);
    if (!bytes.ok()) return console.fail(bytes.error());
    console.out(*bytes);
    return Exit::done;
  }
  const auto pack = load_local_pack(path);
  if (!pack.ok()) return console.fail(pack.error());
  const PackIdentity& id = pack->identity();
  console.out(console.bold(pack->title().in(console.language)) + "\n");
  console.out("  " + id.id + std::string(console.say(" revision ", " 修订号 ")) + std::to_string(id.revision) + "\n  " + id.digest + "\n");
  console.out("  " + pack->authority().in(console.language) + "\n");
  if (!pack->notice().in(console.language).empty()) console.out(wrapped("  ", pack->notice().in(console.language), 2));
  const auto criteria = pack->criteria();
  for (std::size_t domain = 0; domain < domains.size(); ++domain) {
    const bool any = std::any_of(criteria.begin(), criteria.end(), [&](const auto& c) { return c->domain == domain; });
    if (any) console.out("\n" + console.bold(domains[domain]) + "\n");
    for (const auto& c : criteria) {
      if (c->domain != domain) continue;
      console.out("  " + c->key() + "  " + std::string(to_string(c->level)) + "  " + period_text(c->effective) + "\n");
      console.out(wrapped("      ", c->title.in(console.language), 6));
    }
  }
  console.out("\n" + grouped(criteria.size()) + std::string(console.say(" criteria\n", " 项判据\n")));
  return Exit::done;
}

Exit run_pack_diff(const Console& console, const std::string& old_path, const std::string& new_path) {
  const auto differences = diff_packs(old_path, new_path);
  if (!differences.ok()) return console.fail(differences.error());
  for (const PackDifference& d : *differences) {
    if (console.json) {
      console.out(d.to_json() + "\n");
      continue;
    }
    const std::string_view zh = d.change == "added" ? "新增" : (d.change == "removed" ? "删除" : "变更");
    console.out(std::string(console.say(d.change, zh)) + "  " + d.criterion + (d.members.empty() ? "" : "  " + joined(d.members, ", ")) + "\n");
  }
  if (differences->empty() && !console.json) console.out(std::string(console.say("no difference\n", "没有差异\n")));
  return differences->empty() ? Exit::done : Exit::findings;
}

}  // namespace greenlane::cli
