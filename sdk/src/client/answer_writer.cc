#include "client/answer_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "client/hot_folder_names.h"

namespace greenlane::client {
namespace {

constexpr std::size_t max_errors = 10;

}  // namespace

AnswerWriter::AnswerWriter(const WatchOptions& options, std::string path, NewFile lines, WatchedFile& file)
    : fail_on_(options.fail_on), path_(std::move(path)), lines_(std::move(lines)), file_(file) {
  if (options.report) report_ = options.report();
}

Result<void> AnswerWriter::add(BatchItem&& item) {
  item.source.file = file_.name;
  std::string line;
  if (item.error) {
    refuse(*item.error);
    line = refusal_json(item.source, *item.error);
  } else {
    if (item.assessment->source) item.assessment->source->file = file_.name;
    count(item);
    line = item.assessment->to_json();
  }
  if (report_.add) report_.add(item);
  return lines_.write(line.append(1, '\n'));
}

Result<void> AnswerWriter::add(Error error) {
  BatchItem item;
  item.error = std::move(error);
  return add(std::move(item));
}

Result<void> AnswerWriter::finish() {
  if (file_.summary.screened + file_.summary.refused == 0) {
    // Nobody sends a file without meaning something by it.
    auto added = add(Error{.code = ErrorCode::invalid_document, .message = "the file has no declaration in it; it was expected to have at least one"});
    if (!added.ok()) return added;
  }
  file_.outcome = outcome();
  return lines_.close(false);
}

void AnswerWriter::refuse(Error& error) {
  // Answers name the file alone: it does not stay in its folder.
  if (error.source.empty() || error.source == path_) error.source = file_.name;
  const bool from_system = error.code == ErrorCode::io || error.code == ErrorCode::not_found;
  if (from_system && !unreadable_) unreadable_ = error;
  if (file_.errors.size() < max_errors) file_.errors.push_back(error);
  ++file_.summary.refused;
}

void AnswerWriter::count(const BatchItem& item) {
  BatchSummary& summary = file_.summary;
  ++summary.screened;
  ++summary.by_level[static_cast<std::size_t>(item.level)];
  if (item.undetermined) ++summary.undetermined;
  file_.findings += item.assessment->findings.size();
  file_.level = std::max(file_.level, item.level);
}

WatchOutcome AnswerWriter::outcome() const noexcept {
  if (file_.summary.refused != 0) return WatchOutcome::failed;
  if (fail_on_ && file_.findings != 0 && file_.level >= *fail_on_) return WatchOutcome::findings;
  return file_.summary.undetermined != 0 ? WatchOutcome::undecided : WatchOutcome::no_findings;
}

std::string answer_text(const WatchedFile& file, const std::vector<Pack>& packs, bool with_text) {
  std::string text = file.first_line() + "\n";
  const auto line = [&](std::string_view key, std::string_view value) { text.append(key).append(": ").append(value).append("\n"); };
  line("assessments", std::to_string(file.summary.screened));
  line("undetermined", std::to_string(file.summary.undetermined));
  line("refused", std::to_string(file.summary.refused));
  for (const Pack& pack : packs) {
    line("pack", pack.identity().id + " " + std::to_string(pack.identity().revision) + " " + pack.identity().digest);
  }
  line("json", file.label + ".json");
  if (with_text) line("text", file.label + ".txt");
  line(file.outcome == WatchOutcome::failed ? "failed" : "done", file.label);
  for (const Error& error : file.errors) line("error", printable(error.to_text()));
  return text;
}

}  // namespace greenlane::client
