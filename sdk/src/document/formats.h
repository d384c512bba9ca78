// The string formats that schemas name, and the words for them in messages.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace greenlane::document {

enum class Format : unsigned char { none, decimal, date, date_time, hs };

/// The format a schema calls `name`; nullopt for one that is not checked here.
std::optional<Format> format_named(std::string_view name) noexcept;
/// True for formats that schemas may name as documentation only ("uri", "email", ...).
bool is_descriptive_format(std::string_view name) noexcept;
bool follows(Format format, std::string_view text) noexcept;
/// "a decimal string such as \"1234.50\"".
std::string_view description(Format format) noexcept;

/// An instant, and the day that was written for it (in the offset that was written).
struct Timestamp {
  std::int64_t seconds = 0;  ///< since 1970-01-01T00:00:00Z
  std::int32_t nanos = 0;    ///< 0 to 999,999,999
};

/// RFC 3339 date-time with at most nine digits of a second. 23:59:60 UTC is read as the second after it.
std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

/// `text` in quotes for a message, cut after 40 code points.
std::string in_quotes(std::string_view text);
/// What a message calls a value that was found: `number 12.5`, `string "abc"`, `null`, `an object`.
std::string found(const json::Value& value);
Error make_error(ErrorCode code, std::string message, std::string pointer = {});
/// `; did you mean "x"?`, or "" for an empty suggestion.
std::string did_you_mean(std::string_view suggestion);

}  // namespace greenlane::document
