// What a mapping does to a number on its way into a decimal field: a power of ten, then rounding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// The `scale` and `round` of a mapping's field. Works on digits, so that no intermediate result has a limit.
class DecimalScale {
 public:
  /// `rule`: an entry of a mapping's `fields`. invalid_mapping for a number that is out of bounds.
  static Result<DecimalScale> make(const json::Value& rule);

  bool changes() const noexcept { return power_ != 0 || places_; }
  /// `plain` ("-1234.50") times 10^scale, then rounded half to even to at most `round` places, in plain
  /// notation without zeros at the end of the fraction. nullopt for more digits than a Decimal has.
  std::optional<std::string> apply(std::string_view plain) const;

 private:
  int power_ = 0;              ///< `scale`: -12 to 12
  std::optional<int> places_;  ///< `round`: 0 to 20
};

}  // namespace greenlane::document
