#include "client/hot_folder_journal.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "client/durable_files.h"
#include "client/file_io.h"
#include "client/hot_folder_names.h"

namespace greenlane::client {
namespace {

// Fields end in NUL, the only byte that no name has.
constexpr std::string_view head("greenlane journal 1\0", 20);
constexpr std::size_t fields = 7;
constexpr std::size_t max_bytes = std::size_t{1} << 20;

template <typename Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size();
}

bool read_entry(const std::string_view* at, JournalEntry& entry) {
  entry.input.name = at[0];
  entry.label = at[1];
  int outcome = -1;
  FileStamp& stamp = entry.input.stamp;
  const bool numbers = read_number(at[2], outcome) && read_number(at[3], stamp.inode) && read_number(at[4], stamp.size) &&
                       read_number(at[5], stamp.modified) && read_number(at[6], stamp.changed);
  entry.outcome = static_cast<WatchOutcome>(outcome);
  const auto is_name = [](std::string_view name) { return !name.empty() && name.find('/') == std::string_view::npos; };
  return numbers && outcome >= 0 && outcome <= static_cast<int>(WatchOutcome::failed) && is_name(entry.input.name) && is_name(entry.label);
}

}  // namespace

Journal::Journal(const std::string& in) : path_(path_in(in, journal_name)), temporary_(path_ + ".tmp") {}

Result<void> Journal::record(const std::vector<JournalEntry>& entries) const {
  std::string text(head);
  const auto field = [&](std::string_view value) { text.append(value).push_back('\0'); };
  for (const JournalEntry& entry : entries) {
    const FileStamp& stamp = entry.input.stamp;
    field(entry.input.name);
    field(entry.label);
    field(std::to_string(static_cast<int>(entry.outcome)));
    for (const std::uint64_t number : {stamp.inode, stamp.size}) field(std::to_string(number));
    for (const std::int64_t time : {stamp.modified, stamp.changed}) field(std::to_string(time));
  }
  return replace_file(path_, temporary_, text, true);
}

Result<std::vector<JournalEntry>> Journal::read() const {
  std::vector<JournalEntry> entries;
  if (!is_taken(path_)) return entries;
  auto text = read_file(path_, max_bytes);
  if (!text.ok()) return std::move(text).error();
  std::string_view rest = *text;
  bool whole = rest.starts_with(head);
  if (whole) rest.remove_prefix(head.size());
  const auto parts = text::split(rest, '\0');
  whole = whole && parts.back().empty() && (parts.size() - 1) % fields == 0;
  for (std::size_t at = 0; whole && at + fields < parts.size(); at += fields) whole = read_entry(&parts[at], entries.emplace_back());
  if (whole) return entries;
  return Error{.code = ErrorCode::invalid_document,
               .message = "the journal is damaged, so that it is not known which files are answered; compare the folders, then remove it",
               .source = path_};
}

Result<void> Journal::remove() const {
  if (::unlink(path_.c_str()) != 0 && errno != ENOENT) return system_error(path_, "the journal cannot be removed");
  return {};
}

}  // namespace greenlane::client
