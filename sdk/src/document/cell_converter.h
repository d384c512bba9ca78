// From the text of one cell (or element, or component: whatever a source gives) to the JSON of one field.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "document/cell_text.h"
#include "document/decimal_scale.h"
#include "document/field_table.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// What is done about the white space of a text: cut off at both ends, made single blanks too, or nothing.
enum class Whitespace : unsigned char { trim, collapse, preserve };
/// What a text of nothing means: not known, known to be none, or a text of nothing.
enum class EmptyText : unsigned char { absent, null, keep };

/// How a date is written: in a pattern, or in a form that has a name (see read_message_time()).
struct DateRule {
  std::optional<DateFormat> pattern;  ///< neither: YYYY-MM-DD
  std::string form;

  /// `text`: the "date_format" of a mapping.
  static Result<DateRule> make(std::string_view text);
};

/// How a mapping says that text is written; neutral unless told otherwise.
struct TextRules {
  NumberSigns signs;
  DateRule date;
  Whitespace whitespace = Whitespace::trim;
  EmptyText empty = EmptyText::absent;
  std::string utc_offset;  ///< of times that are written without one; "" where such times are wrong
};

class CellConverter {
 public:
  /// `rule`: an entry of a mapping's `fields`, whose values, other, empty, pad_left, date_format,
  /// scale and round are heeded.
  static Result<CellConverter> make(FieldKind kind, const json::Value& rule, const TextRules& common);

  enum class Outcome { absent, value, wrong };
  /// Sets `value` for Outcome::value. `form`: of a date or time, where the message itself names it.
  Outcome convert(std::string_view text, json::Value& value, std::string_view form = {}) const;
  /// What was expected of text that is wrong: "a date written as DD/MM/YYYY".
  std::string expectation(std::string_view form = {}) const;

 private:
  Result<void> read_scale(const json::Value& rule);
  Result<void> read_values(const json::Value& rule);
  Result<void> read_empty(const json::Value& rule);
  Result<void> read_date(const json::Value& rule);
  bool convert_plain(std::string_view text, json::Value& value, std::string_view form) const;
  bool convert_date(std::string_view text, json::Value& value, std::string_view form) const;
  bool convert_time(std::string_view text, json::Value& value, std::string_view form) const;
  std::string padded(std::string_view text) const;

  FieldKind kind_ = FieldKind::string;
  TextRules rules_;
  DecimalScale scale_;
  std::map<std::string, json::Value, std::less<>> values_;
  enum class Others : unsigned char { keep, refuse, drop } others_ = Others::keep;  ///< values that `values` do not have
  std::size_t width_ = 0;
  std::string padding_;
};

/// A message's word for what a field of `kind` takes in a document: "a date such as \"2025-06-29\"".
std::string_view kind_text(FieldKind kind) noexcept;
/// True where `value`, given in a mapping, can stand in a field of `kind`.
bool fits_kind(FieldKind kind, const json::Value& value) noexcept;

}  // namespace greenlane::document
