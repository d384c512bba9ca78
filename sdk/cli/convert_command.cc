#include "commands.h"
#include "greenlane/convert.h"
#include "message_text.h"
#include "output.h"
#include "progress.h"

namespace greenlane::cli {

Exit run_convert(const Console& console, const ConvertArguments& arguments) {
  auto output = Output::open(arguments.output);
  if (!output.ok()) return console.fail(output.error());
  UnreadParts unread;
  Progress progress(console);
  const auto summary = convert_files(arguments.paths, {.input = {arguments.input, arguments.mapping}}, [&](ConvertedItem&& item) {
    progress.step(item.read, 1);
    if (!item.error) {
      unread.add(item);
      return output->write(item.json + '\n');
    }
    if (console.json) return output->write(refusal_json(item.source, *item.error) + '\n');
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
