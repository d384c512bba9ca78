// How the answer to a file is spelled.
#include "greenlane/watch.h"
#include "screening/json_writer.h"

namespace greenlane {
namespace {

struct Spelling {
  std::string_view document;
  std::string_view line;
  std::string_view prefix;
};
constexpr Spelling spellings[] = {{"no_findings", "NO_FINDINGS", "NoFindings_"},
                                  {"undecided", "UNDECIDED", "Undecided_"},
                                  {"findings", "FINDINGS", "Findings_"},
                                  {"failed", "FAILED", "Failed_"}};

const Spelling& spelling(WatchOutcome outcome) noexcept { return spellings[static_cast<std::size_t>(outcome)]; }

}  // namespace

std::string_view to_string(WatchOutcome outcome) noexcept { return spelling(outcome).document; }
std::string_view answer_prefix(WatchOutcome outcome) noexcept { return spelling(outcome).prefix; }

std::string WatchedFile::first_line() const {
  std::string line = "GREENLANE RESULT 1 ";
  line.append(spelling(outcome).line).append(" ").append(to_string(level)).append(" ").append(std::to_string(findings));
  return line.append(" ").append(digest).append(" ").append(name);
}

std::string WatchedFile::to_json() const {
  std::string text;
  screening::JsonWriter out(text);
  const auto count = [&](std::string_view key, std::size_t number) { out.member(key, static_cast<std::int64_t>(number)); };
  out.begin_object().member("format", "greenlane.watch_result/1").member("name", name).member("digest", digest);
  out.member("outcome", to_string(outcome)).member("level", to_string(level));
  count("findings", findings);
  count("assessments", summary.screened);
  count("undetermined", summary.undetermined);
  count("refused", summary.refused);
  out.member("label", label).member("answer", std::string(answer_prefix(outcome)) + label).begin_array("errors");
  for (const Error& error : errors) out.separate().raw(error_json(error));
  out.end_array().end_object();
  return text;
}

}  // namespace greenlane
