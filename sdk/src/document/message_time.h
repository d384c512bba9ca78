// Dates and times in the forms that messages name by a code of UN/EDIFACT 2379, and in those of ISO 8601.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "greenlane/date.h"

namespace greenlane::document {

/// What a message says of a time: the day, and as much of the rest as it gives.
struct MessageTime {
  Date date;
  std::string time_of_day;  ///< "hh:mm:ss", with a fraction where there is one; "" where only the day is given
  std::string offset;       ///< "Z" or "+hh:mm"; "" where none is given
};

/// Whether read_message_time() knows the form: "102" CCYYMMDD, "203" CCYYMMDDHHMM, "204" CCYYMMDDHHMMSS, "304" the same
/// with a zone, "ISO" a date or date-time of ISO 8601 in the extended or the basic notation.
bool is_time_form(std::string_view form) noexcept;
/// nullopt for text that is not in the form, and for days and times that do not exist.
std::optional<MessageTime> read_message_time(std::string_view form, std::string_view text);
/// "a date and time written as CCYYMMDDHHMM (form 203)".
std::string time_form_text(std::string_view form);

}  // namespace greenlane::document
