// Signatures of ECDSA, taken apart and put together by hand: what others send, and what attackers make.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "base/hex.h"

namespace greenlane::test {

/// An INTEGER of DER of a number below 2^256.
inline std::string der_integer(std::string_view bytes) {
  while (bytes.size() > 1 && bytes.front() == '\0') bytes.remove_prefix(1);
  std::string body(bytes);
  if ((static_cast<unsigned char>(body.front()) & 0x80u) != 0) body.insert(body.begin(), '\0');
  return std::string{'\x02', static_cast<char>(body.size())} + body;
}

/// The SEQUENCE of r and s, of 32 bytes each.
inline std::string der_signature(std::string_view r, std::string_view s) {
  const std::string body = der_integer(r) + der_integer(s);
  return std::string{'\x30', static_cast<char>(body.size())} + body;
}

/// r and s of a signature in DER, each filled up to 32 bytes.
inline std::pair<std::string, std::string> numbers_of(std::string_view der) {
  const auto number = [&](std::size_t at) {
    std::string bytes(der.substr(at + 2, static_cast<unsigned char>(der[at + 1])));
    bytes.erase(0, bytes.find_first_not_of('\0'));
    return std::string(32 - bytes.size(), '\0') + bytes;
  };
  return {number(2), number(4 + static_cast<unsigned char>(der[3]))};
}

/// Another valid signature of P-256 for the same message, which anybody can make: (r, n - s).
inline std::string malleated(std::string_view der) {
  static const std::string order = from_hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551").value();
  const auto [r, s] = numbers_of(der);
  std::string other(32, '\0');
  int borrow = 0;
  for (std::size_t i = 32; i-- > 0;) {
    const int digit = static_cast<unsigned char>(order[i]) - static_cast<unsigned char>(s[i]) - borrow;
    borrow = digit < 0 ? 1 : 0;
    other[i] = static_cast<char>(digit & 0xFF);
  }
  return der_signature(r, other);
}

}  // namespace greenlane::test
