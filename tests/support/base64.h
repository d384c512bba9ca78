// Base64 of the test data.
#pragma once

#include <string>
#include <string_view>

namespace greenlane::test {

/// The bytes of standard base64 (RFC 4648); ends at the first character that is not of its alphabet.
inline std::string decode_base64(std::string_view text) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) break;
    buffer = (buffer << 6) | static_cast<unsigned>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(buffer >> bits & 0xFF);
  }
  return out;
}

}  // namespace greenlane::test
