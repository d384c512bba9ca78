// Timestamps and durations as text (RFC 3339; seconds with the unit s), and as fields of a time zone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cel/value.h"

namespace greenlane::cel {

/// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
bool is_valid(const Timestamp& t) noexcept;
/// +-315,576,000,000 s, about 10,000 years.
bool is_valid(const Duration& d) noexcept;

std::optional<Timestamp> parse_timestamp(std::string_view text);
std::string format(const Timestamp& t);
/// "1h30m", "-2.5s": numbers with the units h, m, s, ms, us, ns.
std::optional<Duration> parse_duration(std::string_view text);
std::string format(const Duration& d);

struct LocalTime {
  std::int64_t days = 0;  ///< since 1970-01-01, in the zone
  std::int32_t seconds = 0;  ///< of the day
  std::int32_t nanos = 0;
};

/// `zone` is "" (UTC), an offset such as "+08:00", or an IANA name; nullopt for an unknown one.
std::optional<LocalTime> local_time(const Timestamp& t, std::string_view zone);

}  // namespace greenlane::cel
