// Bytes as hexadecimal digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace greenlane {

/// Two lower-case digits a byte.
std::string to_hex(std::string_view bytes);
void append_hex(std::string& out, std::string_view bytes);

/// The bytes of pairs of digits of either case, or none for anything else.
std::optional<std::string> from_hex(std::string_view digits);

}  // namespace greenlane
