#include <cstdio>

#include "commands.h"
#include "greenlane/convert.h"
#include "message_text.h"
#include "progress.h"

namespace greenlane::cli {
namespace {

/// Writes to a file or the standard output.
class Output {
 public:
  static Result<Output> open(const std::string& path) {
    Output made;
    if (path.empty()) return made;
    made.path_ = path;
    made.file_ = std::fopen(path.c_str(), "wb");
    if (made.file_ == nullptr) return Error{.code = ErrorCode::io, .message = "the file cannot be written", .source = path};
    return made;
  }

  Result<void> line(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), file_) == text.size() && std::fputc('\n', file_) != EOF) return {};
    return failed();
  }

  Result<void> close() {
    const bool done = file_ == stdout ? std::fflush(file_) == 0 : std::fclose(file_) == 0;
    return done ? Result<void>() : failed();
  }

 private:
  Result<void> failed() const {
    const char* message = path_.empty() ? "the standard output cannot be written" : "the file cannot be written";
    return Error{.code = ErrorCode::io, .message = message, .source = path_};
  }

  std::string path_;
  std::FILE* file_ = stdout;
};

}  // namespace

Exit run_convert(const Console& console, const ConvertArguments& arguments) {
  auto output = Output::open(arguments.output);
  if (!output.ok()) return console.fail(output.error());
  UnreadParts unread;
  Progress progress(console);
  const auto summary = convert_files(arguments.paths, {.input = {arguments.input, arguments.mapping}}, [&](ConvertedItem&& item) {
    progress.step(item.read, 1);
    if (!item.error) {
      unread.add(item);
      return output->line(item.json);
    }
    if (console.json) return output->line(refusal_json(item.source, *item.error));
    progress.finish();
    console.err("greenlane: " + item.error->to_text() + "\n");
    return Result<void>();
  });
  progress.finish();
  const auto closed = output->close();
  if (!summary.ok()) return console.fail(summary.error());
  if (!closed.ok()) return console.fail(closed.error());
  if (!console.quiet) {
    console.err(unread.text(console));
    const std::string converted = grouped(summary->converted) + std::string(console.say(" converted, ", " 份已转换，"));
    console.err("greenlane: " + converted + grouped(summary->refused) + std::string(console.say(" refused\n", " 份被拒绝\n")));
  }
  return summary->refused != 0 ? Exit::bad_input : Exit::done;
}

}  // namespace greenlane::cli
