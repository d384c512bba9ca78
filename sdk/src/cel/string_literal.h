// String and bytes literals with their escapes (cel-spec, "String and Bytes Values").
#pragma once

#include <string>
#include <string_view>

namespace greenlane::cel {

enum class LiteralKind : unsigned char { string, bytes };

/// Reads the literal (with prefix and quotes) at `at`, moves `at` behind it and puts its value into
/// `decoded`. On a mistake `problem` says what is wrong.
LiteralKind read_string_literal(std::string_view source, std::size_t& at, std::string& decoded, std::string& problem);

}  // namespace greenlane::cel
