// Base64 (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace greenlane {

/// What decode_base64() takes. `standard` and `either` have one spelling for each sequence of bytes: padded, no white space,
/// unused bits zero.
enum class Base64 {
  standard,  ///< section 4
  either,    ///< section 4 or section 5 (URL safe), not both in one text
  loose,     ///< section 4, padded or not, with any unused bits
};

/// Standard base64 with padding.
std::string encode_base64(std::string_view bytes);

/// The bytes of `text`, or none where it is not base64 of that form.
std::optional<std::string> decode_base64(std::string_view text, Base64 form = Base64::standard);

}  // namespace greenlane
