#include "document/pattern_text.h"

#include <re2/re2.h>

#include <array>
#include <optional>

namespace greenlane::document {
namespace {

struct Group {
  std::string_view brackets;
  std::string_view words;  ///< for any number but one
};

constexpr std::array<Group, 5> groups = {{{"[0-9]", "digits"},
                                          {"[A-Z]", "capital letters"},
                                          {"[a-z]", "small letters"},
                                          {"[A-Z0-9]", "capital letters and digits"},
                                          {"[0-9a-f]", "hexadecimal digits (0 to 9, a to f)"}}};

const RE2& decimal_form() {
  static const RE2& form = *new RE2(R"(\^(-\?)?\[0-9\]\{1,(\d+)\}\(\\\.\[0-9\]\{1,(\d+)\}\)\?\$)");
  return form;
}

const RE2& repeated_form() {
  static const RE2& form = *new RE2(R"(\^(\[[^\[\]]+\])\{(\d+)(?:,(\d+))?\}\$)");
  return form;
}

std::optional<std::string> decimal_words(const std::string& pattern) {
  std::string sign;
  std::string before;
  std::string after;
  if (!RE2::FullMatch(pattern, decimal_form(), &sign, &before, &after)) return std::nullopt;
  return "a decimal string " + std::string(sign.empty() ? "without sign, " : "") + "with at most " + before +
         " digits before and " + after + " after the point";
}

/// "4 to 12 digits" for "^[0-9]{4,12}$".
std::optional<std::string> repeated_words(const std::string& pattern) {
  std::string brackets;
  std::string least;
  std::string most;
  if (!RE2::FullMatch(pattern, repeated_form(), &brackets, &least, &most)) return std::nullopt;
  for (const Group& group : groups) {
    if (group.brackets != brackets || (least == "1" && most.empty())) continue;
    return least + (most.empty() ? "" : " to " + most) + " " + std::string(group.words);
  }
  return std::nullopt;
}

}  // namespace

std::string pattern_text(const json::Value& schema, Format format) {
  const std::string pattern(schema.text("pattern"));
  if (format == Format::decimal) {
    if (auto words = decimal_words(pattern)) return *std::move(words);
  } else if (format != Format::none) {
    return std::string(description(format));
  }
  auto words = repeated_words(pattern);
  if (const auto codes = schema.text("x-codes"); !codes.empty()) {
    return "a code of " + std::string(codes) + ": " + (words ? *words : "text that matches " + pattern);
  }
  if (words) return *std::move(words);
  const auto title = schema.text("title");
  return (title.empty() ? "text" : "text for " + in_quotes(title)) + " that matches " + pattern;
}

}  // namespace greenlane::document
