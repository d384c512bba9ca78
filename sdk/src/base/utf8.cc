#include "base/utf8.h"

#include <unicode/utf8.h>

#include <cstdint>
#include <cstring>

namespace greenlane::utf8 {
namespace {

unsigned byte(std::string_view text, std::size_t at) noexcept {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
}

bool within(unsigned value, unsigned first, unsigned last) noexcept {
  return value >= first && value <= last;
}

bool continues(std::string_view text, std::size_t at) noexcept { return within(byte(text, at), 0x80, 0xBF); }

/// Length of the well-formed sequence of two to four bytes at `at`, or 0.
std::size_t sequence(std::string_view text, std::size_t at) noexcept {
  const unsigned lead = byte(text, at);
  const unsigned second = byte(text, at + 1);
  if (within(lead, 0xC2, 0xDF)) return within(second, 0x80, 0xBF) ? 2 : 0;
  if (within(lead, 0xE0, 0xEF)) {
    const unsigned first = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned last = lead == 0xED ? 0x9F : 0xBF;
    return within(second, first, last) && continues(text, at + 2) ? 3 : 0;
  }
  if (within(lead, 0xF0, 0xF4)) {
    const unsigned first = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned last = lead == 0xF4 ? 0x8F : 0xBF;
    return within(second, first, last) && continues(text, at + 2) && continues(text, at + 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t first_invalid(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t block = 0;
    if (text.size() - at >= sizeof block) {
      std::memcpy(&block, text.data() + at, sizeof block);
      if ((block & 0x8080808080808080u) == 0) {
        at += sizeof block;
        continue;
      }
    }
    if (byte(text, at) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t length = sequence(text, at);
    if (length == 0) return at;
    at += length;
  }
  return kValid;
}

char32_t decode(std::string_view text, std::size_t& at) noexcept {
  UChar32 code_point = 0;
  U8_NEXT_UNSAFE(text.data(), at, code_point);
  return static_cast<char32_t>(code_point);
}

void append(std::string& out, char32_t code_point) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, code_point);
  for (std::size_t i = 0; i < length; ++i) out += static_cast<char>(bytes[i]);
}

std::size_t count(std::string_view text) noexcept {
  std::size_t points = 0;
  for (const char c : text) points += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return points;
}

}  // namespace greenlane::utf8
