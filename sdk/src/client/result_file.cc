#include "greenlane/result_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "base/json.h"

namespace greenlane {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 20;
constexpr std::string_view assessment_start = R"({"format":"greenlane.assessment/1",)";
constexpr std::string_view source_key = R"("source":)";

/// The object behind "source", with which a line of a batch begins; "" where there is none.
std::string_view source_text(std::string_view line) {
  if (line.starts_with(assessment_start)) {
    line.remove_prefix(assessment_start.size());
  } else if (line.starts_with('{')) {
    line.remove_prefix(1);
  }
  if (!line.starts_with(source_key)) return {};
  line.remove_prefix(source_key.size());
  bool in_string = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (in_string && line[i] == '\\') {
      ++i;
    } else if (line[i] == '"') {
      in_string = !in_string;
    } else if (line[i] == '}' && !in_string) {
      return line.substr(0, i + 1);
    }
  }
  return {};
}

std::optional<Source> source_of(std::string_view text) {
  const auto json = json::parse(text);
  if (!json.ok()) return std::nullopt;
  const json::Value* index = json->find("index");
  if (index == nullptr || !index->is(json::Kind::integer) || index->integer() < 0) return std::nullopt;
  return Source{std::string(json->text("file")), static_cast<std::size_t>(index->integer())};
}

/// Counts a line. Quotes inside strings are escaped, so that these texts are keys; the first one is the assessment's own.
void count(std::string_view line, BatchSummary& summary) {
  constexpr std::string_view level_key = R"(,"level":")";
  if (!line.starts_with(assessment_start)) {
    ++summary.refused;
    return;
  }
  ++summary.screened;
  const std::size_t at = line.find(level_key);
  const std::string_view level = at == std::string_view::npos ? std::string_view() : line.substr(at + level_key.size());
  for (const Level each : {Level::none, Level::low, Level::medium, Level::high}) {
    if (level.starts_with(std::string(to_string(each)) + '"')) ++summary.by_level[static_cast<std::size_t>(each)];
  }
  if (line.find(R"("undetermined":[],"coverage":{)") == std::string_view::npos) ++summary.undetermined;
}

}  // namespace

Error ResultFile::failed(const char* what) const { return {.code = ErrorCode::io, .message = std::string("the file cannot be ") + what, .source = path_}; }

Result<void> ResultFile::open(const char* mode) {
  file_.reset(std::fopen(path_.c_str(), mode));
  if (file_ == nullptr) return failed("opened for writing");
  std::setvbuf(file_.get(), nullptr, _IOFBF, buffer_bytes);
  return {};
}

Result<ResultFile> ResultFile::create(const std::string& path) {
  ResultFile made;
  made.path_ = path;
  if (auto opened = made.open("wb"); !opened.ok()) return std::move(opened).error();
  return made;
}

Result<ResultFile> ResultFile::resume(const std::string& path) {
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) return create(path);
  ResultFile made;
  made.path_ = path;
  if (auto read = made.read_lines(); !read.ok()) return std::move(read).error();
  if (auto opened = made.open("ab"); !opened.ok()) return std::move(opened).error();
  return made;
}

/// Finds the lines of the last input, counts those before, and cuts off a line that was not finished.
Result<void> ResultFile::read_lines() {
  std::ifstream in(path_, std::ios::binary);
  if (!in) return failed("read");
  std::string line;
  std::string last_source;
  std::uintmax_t kept = 0;
  while (std::getline(in, line) && !in.eof()) {  // a line without its end is not complete
    // The line of the only declaration of a file has no source: there is nothing before it.
    const std::string_view source = source_text(line);
    if (source.empty() && !line.starts_with(assessment_start)) {
      return Error{.code = ErrorCode::invalid_document,
                   .message = "the file does not hold results of a batch; name the file that the interrupted run has written",
                   .source = path_};
    }
    if (source != last_source) {
      for (std::size_t begin = 0; begin < expected_.size();) {
        const std::size_t end = expected_.find('\n', begin);
        count(std::string_view(expected_).substr(begin, end - begin), earlier_);
        begin = end + 1;
      }
      expected_.clear();
      last_source = source;
    }
    expected_ += line;
    expected_ += '\n';
    kept += line.size() + 1;
  }
  in.close();
  if (!last_source.empty()) resume_at_ = source_of(last_source);
  std::error_code failure;
  std::filesystem::resize_file(path_, kept, failure);
  if (failure) return failed("cut behind its last whole result");
  return {};
}

Result<void> ResultFile::write(std::string_view lines) {
  const std::size_t again = std::min(expected_.size(), lines.size());
  if (std::string_view(expected_).substr(0, again) != lines.substr(0, again)) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "what is done again differs from what the file holds; go on with the packs, dates and inputs of the interrupted run",
                 .source = path_};
  }
  expected_.erase(0, again);
  const std::string_view more = lines.substr(again);
  if (std::fwrite(more.data(), 1, more.size(), file_.get()) != more.size()) return failed("written");
  return {};
}

Result<void> ResultFile::close() {
  if (std::fflush(file_.get()) != 0) return failed("written");
  return {};
}

}  // namespace greenlane
