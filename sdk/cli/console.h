// What a command needs of its surroundings: streams, language, colours, exit status.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "greenlane/result.h"

namespace greenlane::cli {

/// Exit status of every command. Where several apply the order is internal, not trusted, bad input, findings.
enum class Exit : int {
  done = 0,
  findings = 1,   ///< something at or above --fail-on, or a difference between packs
  usage = 2,
  bad_input = 3,
  not_trusted = 4,  ///< a signature, rollback, expiry or revocation
  unavailable = 5,  ///< may be tried again: something outside could not be used
  internal = 70,
};

struct Console {
  bool json = false;    ///< --format json
  bool quiet = false;
  std::string language = "en";
  bool colour = false;    ///< the standard output is a terminal
  bool progress = false;  ///< the standard error is a terminal

  bool zh() const noexcept { return language == "zh"; }
  /// The text in the user's language.
  std::string_view say(std::string_view en, std::string_view zh_text) const noexcept { return zh() ? zh_text : en; }

  /// Writes to the standard output / the standard error.
  void out(std::string_view text) const;
  void err(std::string_view text) const;
  /// Tells of an error in the chosen form and returns the exit status for it.
  Exit fail(const Error& error) const;

  std::string bold(std::string_view text) const { return styled("1", text); }
  std::string dim(std::string_view text) const { return styled("2", text); }
  std::string styled(std::string_view code, std::string_view text) const;
};

/// Columns that text takes on a terminal; East Asian wide characters take two.
std::size_t display_width(std::string_view text) noexcept;

/// `text` in lines of at most `width` columns, each behind `indent` blanks; the first behind `lead`, which
/// counts into the width. Ends with a line end.
std::string wrapped(std::string_view lead, std::string_view text, std::size_t indent, std::size_t width = 80);

/// "12,345"
std::string grouped(std::size_t number);

}  // namespace greenlane::cli
