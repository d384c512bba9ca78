// Points in time as documents spell them: "2026-01-31T23:59:59Z" (RFC 3339 in UTC, whole seconds).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "greenlane/export.h"

namespace greenlane {

/// Exactly that spelling, years 0001 to 9999, seconds 00 to 59; none for anything else.
GREENLANE_EXPORT std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text) noexcept;

/// REQUIRES a year from 0001 to 9999.
GREENLANE_EXPORT std::string utc_text(std::chrono::sys_seconds time);

}  // namespace greenlane
