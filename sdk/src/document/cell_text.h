// Numbers and dates as people's tables write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "greenlane/date.h"
#include "greenlane/result.h"

namespace greenlane::document {

struct NumberSigns {
  std::string decimal = ".";  ///< ".,": either, where there are no thousands signs (EDIFACT)
  std::string thousands;  ///< "" for none
};

/// The plain notation ("-1234.50") of a number such as "1.234,50-": one sign in front or behind, groups of
/// three digits where there is a thousands sign. No exponents: a number that was written with one has lost
/// digits.
std::optional<std::string> plain_decimal(std::string_view text, const NumberSigns& signs);
/// The same for whole numbers within +-(2^53 - 1); "12.0" is one.
std::optional<std::int64_t> whole_number(std::string_view text, const NumberSigns& signs);

/// How a date is written: YYYY (or YY, for 2000 to 2099), MM, DD, hh, mm, ss and any other characters. Times are checked and dropped.
class DateFormat {
 public:
  /// An error says what `pattern` lacks.
  static Result<DateFormat> parse(std::string_view pattern);
  /// MM and DD may have one digit where no digit can follow.
  std::optional<Date> read(std::string_view text) const noexcept;
  const std::string& pattern() const noexcept { return pattern_; }

 private:
  enum class Part : unsigned char { year, month, day, hour, minute, second, literal };
  struct Token {
    Part part;
    char literal = 0;
    bool open_ended = false;  ///< no digit can follow
    int century = 0;          ///< of a year of two digits
  };
  std::string pattern_;
  std::vector<Token> tokens_;
};

}  // namespace greenlane::document
