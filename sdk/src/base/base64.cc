#include "base/base64.h"

#include <array>
#include <cstdint>

namespace greenlane {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_digit = 64;

constexpr std::array<std::uint8_t, 256> digit_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t i = 0; i < alphabet.size(); ++i) values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}

constexpr std::array<std::uint8_t, 256> digits = digit_values();

/// Without the padding; none where it is not what `form` asks for.
std::optional<std::string_view> without_padding(std::string_view text, Base64 form) {
  const bool whole = text.size() % 4 == 0;
  if (!whole && form != Base64::loose) return std::nullopt;
  for (int i = 0; i < 2 && whole && text.ends_with('='); ++i) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  return text;
}

/// The character of section 4 for one of section 5.
char standard_character(char c) noexcept { return c == '-' ? '+' : (c == '_' ? '/' : c); }

}  // namespace

std::string encode_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    }
    for (std::size_t i = 0; i < 4; ++i) text += at + i > bytes.size() ? '=' : alphabet[group >> (18 - 6 * i) & 63];
  }
  return text;
}

std::optional<std::string> decode_base64(std::string_view text, Base64 form) {
  const auto unpadded = without_padding(text, form);
  if (!unpadded) return std::nullopt;
  const bool url_safe = form == Base64::either && unpadded->find_first_of("-_") != std::string_view::npos;
  if (url_safe && unpadded->find_first_of("+/") != std::string_view::npos) return std::nullopt;
  std::string bytes;
  bytes.reserve(unpadded->size() * 3 / 4);
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : *unpadded) {
    const std::uint8_t value = digits[static_cast<unsigned char>(url_safe ? standard_character(c) : c)];
    if (value == no_digit) return std::nullopt;
    buffer = (buffer << 6 | value) & 0xFFFu;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xFFu);
  }
  const bool unused_bits = (buffer & ((1u << bits) - 1)) != 0;
  if (unused_bits && form != Base64::loose) return std::nullopt;
  return bytes;
}

}  // namespace greenlane
