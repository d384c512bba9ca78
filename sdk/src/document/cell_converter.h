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

/// How a mapping says that text is written; neutral unless told otherwise.
struct TextRules {
  NumberSigns signs;
  std::optional<DateFormat> date_format;  ///< unset: YYYY-MM-DD
};

class CellConverter {
 public:
  /// `rule`: an entry of a mapping's `fields`, whose values, other, empty, pad_left, date_format,
  /// scale and round are heeded.
  static Result<CellConverter> make(FieldKind kind, const json::Value& rule, const TextRules& common);

  enum class Outcome { absent, value, wrong };
  /// Ignores white space around `text`. Sets `value` for Outcome::value.
  Outcome convert(std::string_view text, json::Value& value) const;
  /// What was expected of text that is wrong: "a date written as DD/MM/YYYY".
  std::string expectation() const;

 private:
  Result<void> read_scale(const json::Value& rule);
  Result<void> read_values(const json::Value& rule);
  bool convert_plain(std::string_view text, json::Value& value) const;
  std::string padded(std::string_view text) const;

  FieldKind kind_ = FieldKind::string;
  TextRules rules_;
  DecimalScale scale_;
  std::map<std::string, json::Value, std::less<>> values_;
  bool keep_others_ = true;
  bool empty_is_null_ = false;
  std::size_t width_ = 0;
  std::string padding_;
};

/// A message's word for what a field of `kind` takes in a document: "a date such as \"2025-06-29\"".
std::string_view kind_text(FieldKind kind) noexcept;
/// True where `value`, given in a mapping, can stand in a field of `kind`.
bool fits_kind(FieldKind kind, const json::Value& value) noexcept;

}  // namespace greenlane::document
