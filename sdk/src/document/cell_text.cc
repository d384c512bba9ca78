#include "document/cell_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "document/formats.h"
#include "greenlane/decimal.h"

namespace greenlane::document {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Digits of a whole part, its thousands signs checked and dropped; nullopt for misplaced ones.
std::optional<std::string> ungrouped(std::string_view text, std::string_view thousands) {
  const bool plain = std::all_of(text.begin(), text.end(), is_digit);
  if (plain) return std::string(text);
  if (thousands.empty()) return std::nullopt;
  std::string digits;
  bool first = true;
  while (true) {
    const std::size_t end = std::min(text.find(thousands), text.size());
    const std::string_view group = text.substr(0, end);
    const bool sized = first ? end >= 1 && end <= 3 : end == 3;
    if (!sized || !std::all_of(group.begin(), group.end(), is_digit)) return std::nullopt;
    digits += group;
    if (end == text.size()) return digits;
    text.remove_prefix(end + thousands.size());
    first = false;
  }
}

}  // namespace

std::optional<std::string> plain_decimal(std::string_view text, const NumberSigns& signs) {
  bool negative = false;
  if (text.starts_with('-') || text.starts_with('+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  } else if (text.ends_with('-')) {
    negative = true;
    text.remove_suffix(1);
  }
  const std::size_t point = text.find_first_of(signs.decimal);
  std::string_view fraction;
  if (point != std::string_view::npos) {
    fraction = text.substr(point + 1);
    text = text.substr(0, point);
  }
  if (text.empty() && fraction.empty()) return std::nullopt;
  auto whole = ungrouped(text, signs.thousands);
  if (!whole || !std::all_of(fraction.begin(), fraction.end(), is_digit)) return std::nullopt;
  whole->erase(0, std::min(whole->find_first_not_of('0'), whole->size()));
  if (whole->empty()) *whole = "0";
  const bool zero = *whole == "0" && fraction.find_first_not_of('0') == std::string_view::npos;
  std::string result = negative && !zero ? "-" : "";
  result += *whole;
  if (!fraction.empty()) result.append(".").append(fraction);
  if (!Decimal::parse(result)) return std::nullopt;
  return result;
}

std::optional<std::int64_t> whole_number(std::string_view text, const NumberSigns& signs) {
  constexpr std::int64_t bound = (std::int64_t{1} << 53) - 1;
  const auto plain = plain_decimal(text, signs);
  const auto decimal = plain ? Decimal::parse(*plain) : std::nullopt;
  const auto value = decimal ? decimal->to_int() : std::nullopt;
  if (!value || *value > bound || *value < -bound) return std::nullopt;
  return value;
}

Result<DateFormat> DateFormat::parse(std::string_view pattern) {
  struct Name {
    std::string_view text;
    Part part;
  };
  constexpr std::array<Name, 7> names = {{{"YYYY", Part::year},
                                          {"YY", Part::year},
                                          {"MM", Part::month},
                                          {"DD", Part::day},
                                          {"hh", Part::hour},
                                          {"mm", Part::minute},
                                          {"ss", Part::second}}};
  DateFormat format;
  format.pattern_ = pattern;
  std::array<int, 6> seen{};
  while (!pattern.empty()) {
    const auto name =
        std::find_if(names.begin(), names.end(), [&](const Name& n) { return pattern.starts_with(n.text); });
    if (name == names.end()) {
      format.tokens_.push_back({Part::literal, pattern.front()});
      pattern.remove_prefix(1);
      continue;
    }
    ++seen[static_cast<std::size_t>(name->part)];
    pattern.remove_prefix(name->text.size());
    const bool open_ended = pattern.empty() || (!is_digit(pattern.front()) &&
                                                std::none_of(names.begin(), names.end(), [&](const Name& n) {
                                                  return pattern.starts_with(n.text);
                                                }));
    format.tokens_.push_back({name->part, 0, open_ended, name->text == "YY" ? 2000 : 0});
  }
  const bool dated = seen[0] == 1 && seen[1] == 1 && seen[2] == 1;
  const bool once = std::all_of(seen.begin(), seen.end(), [](int count) { return count <= 1; });
  if (dated && once) return format;
  return make_error(ErrorCode::invalid_mapping,
                    "date format " + in_quotes(format.pattern_) + " needs YYYY, MM and DD once each");
}

std::optional<Date> DateFormat::read(std::string_view text) const noexcept {
  constexpr std::array<int, 6> greatest = {9999, 12, 31, 24, 59, 60};
  std::array<int, 6> values{};
  for (const Token& token : tokens_) {
    if (token.part == Part::literal) {
      if (!text.starts_with(token.literal)) return std::nullopt;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t width = token.part == Part::year && token.century == 0 ? 4 : 2;
    std::size_t count = 0;
    int& value = values[static_cast<std::size_t>(token.part)];
    while (count < width && count < text.size() && is_digit(text[count]))
      value = value * 10 + (text[count++] - '0');
    const bool short_form = token.open_ended && count == 1 && width == 2 && token.part != Part::year;
    if ((count != width && !short_form) || value > greatest[static_cast<std::size_t>(token.part)])
      return std::nullopt;
    value += token.century;
    text.remove_prefix(count);
  }
  if (!text.empty()) return std::nullopt;
  return Date::from_ymd(values[0], values[1], values[2]);
}

}  // namespace greenlane::document
