#include "message_text.h"

namespace greenlane::cli {
namespace {

constexpr std::size_t max_paths = 200;
constexpr std::size_t max_text = 60;

/// One line of at most max_text characters.
std::string shown(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  if (text.size() <= max_text) return text;
  std::size_t end = max_text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

}  // namespace

void UnreadParts::add(const ConvertedItem& item) {
  if (item.parts_read + item.parts_ignored + item.unread.size() == 0) return;
  ++messages_;
  read_ += item.parts_read;
  ignored_ += item.parts_ignored;
  unread_ += item.unread.size();
  for (const MessagePart& part : item.unread) {
    Unread& known = paths_[part.path];
    if (known.count++ == 0) {
      known.example = part.text;
      known.place = item.source.file + ":" + std::to_string(part.line);
    }
  }
}

std::string UnreadParts::text(const Console& console) const {
  if (messages_ == 0) return "";
  const std::size_t all = read_ + ignored_ + unread_;
  std::string out = grouped(read_) + std::string(console.say(" of ", " / ")) + grouped(all) +
                    std::string(console.say(" elements read, ", " 个元素已读取，")) + grouped(ignored_) +
                    std::string(console.say(" ignored by the mapping, ", " 个被映射忽略，")) + grouped(unread_) +
                    std::string(console.say(" left unread\n", " 个未读取\n"));
  std::size_t listed = 0;
  for (const auto& [path, unread] : paths_) {
    if (listed++ == max_paths) return out + "  … " + grouped(paths_.size() - max_paths) + "\n";
    const std::string times = unread.count == 1 ? "" : "  (" + grouped(unread.count) + "×)";
    out += wrapped("  ", path + " = \"" + shown(unread.example) + "\"" + times + "  " + unread.place, 6);
  }
  return out;
}

std::string values_text(const Console& console, const ConvertedItem& item) {
  std::string out = console.bold(item.source.file + " [" + std::to_string(item.source.index) + "]") + "\n";
  for (const MappedValue& value : item.values) {
    out += wrapped("  ", value.pointer + " = " + shown(value.value), 6);
    if (!value.from) continue;
    const std::string line = std::string(console.say("line ", "第")) + std::to_string(value.from->line) + std::string(console.say("", "行"));
    out += wrapped("      ", value.from->place + "  " + line, 8);
  }
  return out;
}

}  // namespace greenlane::cli
