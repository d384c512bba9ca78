#include "document/message_time.h"

#include <algorithm>
#include <array>

namespace greenlane::document {
namespace {

struct Form {
  std::string_view code;
  std::size_t digits;
  bool zone;
  std::string_view notation;
};

constexpr std::array<Form, 4> forms = {{{"102", 8, false, "CCYYMMDD"},
                                        {"203", 12, false, "CCYYMMDDHHMM"},
                                        {"204", 14, false, "CCYYMMDDHHMMSS"},
                                        {"304", 14, true, "CCYYMMDDHHMMSSZZZ"}}};

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) noexcept { return std::all_of(text.begin(), text.end(), is_digit); }

std::size_t leading_digits(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
}

/// "Z", "UTC", "GMT", "+hh", "+hhmm" or "+hh:mm" as an offset of RFC 3339; nullopt for anything else.
std::optional<std::string> offset_of(std::string_view zone) {
  if (zone == "Z" || zone == "UTC" || zone == "GMT") return "Z";
  if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  std::string digits;
  for (const char c : zone.substr(1)) {
    if (c != ':' || digits.size() != 2) digits += c;
  }
  if ((digits.size() != 2 && digits.size() != 4) || !all_digits(digits)) return std::nullopt;
  digits.resize(4, '0');
  if (digits.substr(0, 2) > "23" || digits.substr(2) > "59") return std::nullopt;
  return std::string(1, zone[0]) + digits.substr(0, 2) + ':' + digits.substr(2);
}

/// Hours and minutes, and seconds where they are given, all digits. RFC 3339 wants seconds.
std::optional<std::string> time_of_day(std::string_view digits) {
  if ((digits.size() != 4 && digits.size() != 6) || !all_digits(digits)) return std::nullopt;
  const std::string_view seconds = digits.size() == 6 ? digits.substr(4) : std::string_view("00");
  if (digits.substr(0, 2) > "23" || digits.substr(2, 2) > "59" || seconds > "59") return std::nullopt;
  std::string text(digits.substr(0, 2));
  text.append(":").append(digits.substr(2, 2)).append(":").append(seconds);
  return text;
}

std::optional<MessageTime> from_digits(std::string_view digits, std::string_view fraction, std::string_view zone, bool zone_wanted) {
  if (digits.size() < 8 || !all_digits(digits)) return std::nullopt;
  const std::string day = std::string(digits.substr(0, 4)) + '-' + std::string(digits.substr(4, 2)) + '-' + std::string(digits.substr(6, 2));
  const auto date = Date::parse(day);
  if (!date) return std::nullopt;
  MessageTime made{*date, {}, {}};
  if (digits.size() > 8) {
    auto time = time_of_day(digits.substr(8));
    if (!time) return std::nullopt;
    made.time_of_day = *std::move(time);
    made.time_of_day += fraction;
  }
  if (zone.empty()) return zone_wanted ? std::nullopt : std::optional(made);
  auto offset = offset_of(zone);
  if (!offset || made.time_of_day.empty()) return std::nullopt;
  made.offset = *std::move(offset);
  return made;
}

std::optional<MessageTime> read_iso(std::string_view text) {
  std::string digits;
  std::string_view rest = text;
  // The day, in either notation.
  const bool extended = text.size() > 4 && text[4] == '-';
  const std::size_t day_size = extended ? 10 : 8;
  if (text.size() < day_size || (extended && text[7] != '-')) return std::nullopt;
  for (const char c : text.substr(0, day_size)) {
    if (!(extended && c == '-')) digits += c;
  }
  rest.remove_prefix(day_size);
  if (digits.size() != 8) return std::nullopt;
  if (rest.empty()) return from_digits(digits, {}, {}, false);
  if (rest[0] != 'T' && rest[0] != ' ') return std::nullopt;
  rest.remove_prefix(1);
  const std::size_t end = std::min(rest.find_first_of(".,Z+-GU"), rest.size());
  for (const char c : rest.substr(0, end)) {
    if (c != ':') digits += c;
  }
  rest.remove_prefix(end);
  std::string fraction;
  if (!rest.empty() && (rest[0] == '.' || rest[0] == ',')) {
    const std::size_t count = leading_digits(rest.substr(1));
    if (count == 0 || count > 9) return std::nullopt;
    fraction = '.' + std::string(rest.substr(1, count));
    rest.remove_prefix(1 + count);
  }
  return from_digits(digits, fraction, rest, false);
}

const Form* form_named(std::string_view code) noexcept {
  const auto* found = std::find_if(forms.begin(), forms.end(), [&](const Form& form) { return form.code == code; });
  return found == forms.end() ? nullptr : found;
}

}  // namespace

bool is_time_form(std::string_view form) noexcept { return form == "ISO" || form_named(form) != nullptr; }

std::optional<MessageTime> read_message_time(std::string_view form, std::string_view text) {
  if (form == "ISO") return read_iso(text);
  const Form* known = form_named(form);
  if (known == nullptr) return std::nullopt;
  const std::string_view digits = text.substr(0, std::min(known->digits, text.size()));
  const std::string_view rest = text.substr(digits.size());
  if (digits.size() != known->digits || (!known->zone && !rest.empty())) return std::nullopt;
  return from_digits(digits, {}, rest, known->zone);
}

std::string time_form_text(std::string_view form) {
  if (form == "ISO") return "a date or time of ISO 8601 such as 2025-06-29 or 2025-06-29T08:30:00Z";
  const Form* known = form_named(form);
  if (known == nullptr) return "a date in one of the forms 102, 203, 204 and 304";
  return std::string(known->digits == 8 ? "a date" : "a date and time") + " written as " + std::string(known->notation) + " (form " +
         std::string(form) + ")";
}

}  // namespace greenlane::document
