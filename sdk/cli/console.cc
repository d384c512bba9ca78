#include "console.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "greenlane/assessment.h"

namespace greenlane::cli {
namespace {

/// The code point at `at`, which moves behind it; malformed bytes count as characters of their own.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) noexcept {
  const auto first = static_cast<unsigned char>(text[at++]);
  if (first < 0xC0) return first;
  std::size_t more = first >= 0xF0 ? 3 : (first >= 0xE0 ? 2 : 1);
  std::uint32_t value = first & (0x3Fu >> more);
  for (; more > 0 && at < text.size(); --more) value = value << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
  return value;
}

bool is_wide(std::uint32_t c) noexcept {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

/// Bytes of the longest start of `text` that fits into `room` columns, broken behind a blank or between
/// wide characters where possible.
std::size_t fitting(std::string_view text, std::size_t room) noexcept {
  std::size_t used = 0;
  std::size_t best = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') return at;
    const std::size_t begin = at;
    const std::uint32_t c = next_code_point(text, at);
    const std::size_t columns = is_wide(c) ? 2 : 1;
    if (used + columns > room) return best != 0 ? best : (begin != 0 ? begin : at);
    used += columns;
    if (c == ' ' || is_wide(c)) best = at;
  }
  return text.size();
}

}  // namespace

void Console::out(std::string_view text) const { std::fwrite(text.data(), 1, text.size(), stdout); }
void Console::err(std::string_view text) const { std::fwrite(text.data(), 1, text.size(), stderr); }

Exit Console::fail(const Error& error) const {
  if (json) out(error_json(error) + "\n");
  err("greenlane: " + error.to_text() + "\n");
  if (error.code == ErrorCode::internal) return Exit::internal;
  if (error.code == ErrorCode::not_trusted) return Exit::not_trusted;
  if (error.code == ErrorCode::unreachable) return Exit::unavailable;
  return error.code == ErrorCode::invalid_argument ? Exit::usage : Exit::bad_input;
}

std::string Console::styled(std::string_view code, std::string_view text) const {
  if (!colour) return std::string(text);
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::size_t display_width(std::string_view text) noexcept {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\x1b') {  // a colour, which takes no room
      at = std::min(text.find('m', at), text.size() - 1) + 1;
      continue;
    }
    width += is_wide(next_code_point(text, at)) ? std::size_t{2} : 1;
  }
  return width;
}

std::string wrapped(std::string_view lead, std::string_view text, std::size_t indent, std::size_t width) {
  std::string out(lead);
  const std::size_t lead_width = display_width(lead);
  if (lead_width < indent) out.append(indent - lead_width, ' ');
  std::size_t column = std::max(lead_width, indent);
  bool first = true;
  do {
    if (!first) out.append(indent, ' ');
    const std::size_t room = width > column ? width - column : 1;
    std::string_view line = text.substr(0, fitting(text, room));
    text.remove_prefix(line.size());
    if (text.starts_with('\n')) text.remove_prefix(1);
    while (line.ends_with(' ')) line.remove_suffix(1);
    out.append(line).append("\n");
    column = indent;
    first = false;
  } while (!text.empty());
  return out;
}

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

}  // namespace greenlane::cli
