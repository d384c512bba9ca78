#include "commands.h"
#include "greenlane/convert.h"
#include "message_text.h"

namespace greenlane::cli {
namespace {

std::string info_text(const Console& console, const MappingInfo& info) {
  return console.bold(info.title.in(console.language)) + "\n  " + info.id + ": " + info.source + " → " + info.to + ", " + grouped(info.fields) +
         std::string(console.say(" fields\n", " 个字段\n"));
}

}  // namespace

Exit run_mapping_check(const Console& console, const MappingArguments& arguments) {
  const auto info = check_mapping(arguments.mapping);
  if (!info.ok()) return console.fail(info.error());
  if (!console.json) console.out(info_text(console, *info));
  if (arguments.samples.empty()) return Exit::done;
  UnreadParts unread;
  const ConvertOptions options{.input = {arguments.input, arguments.mapping}, .values = !console.json};
  const auto summary = convert_files(arguments.samples, options, [&](ConvertedItem&& item) -> Result<void> {
    unread.add(item);
    if (item.error) {
      console.err("greenlane: " + item.error->to_text() + "\n");
    } else {
      console.out(console.json ? item.json + "\n" : "\n" + values_text(console, item));
    }
    return {};
  });
  if (!summary.ok()) return console.fail(summary.error());
  if (console.json) {
    console.err(unread.text(console));
  } else if (const std::string left = unread.text(console); !left.empty()) {
    console.out("\n" + left);
  }
  return summary->refused != 0 ? Exit::bad_input : Exit::done;
}

}  // namespace greenlane::cli
