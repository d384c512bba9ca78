// What the syntax rules of UN/EDIFACT (ISO 9735) leave to each interchange: separators and character set.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "document/text_decoder.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// `bytes` of an unknown character set as a message can show them: what is not printable ASCII is a point.
std::string printable(std::string_view bytes);

/// The characters that structure an interchange.
struct EdifactCharacters {
  char component = ':';
  char element = '+';
  char release = '?';     ///< takes its meaning from the next one; '\0' = there is none
  char repetition = '*';  ///< of syntax version 4; '\0' = there is none
  char terminator = '\'';

  /// Those of a service string advice: the six characters behind "UNA". The error is invalid_message.
  static Result<EdifactCharacters> from_advice(std::string_view six);
  /// Those of an interchange without advice that begins with `unb`: "UNB" and a separator. Level B of syntax versions 1
  /// to 3 has separators of its own, which no terminal shows.
  static EdifactCharacters usual(std::string_view unb) noexcept;
};

/// The character set of an interchange. One thread.
class EdifactCharset {
 public:
  /// `identifier`: S001/0001 of UNB, such as "UNOC". The error is invalid_message.
  static Result<EdifactCharset> named(std::string_view identifier);

  /// "ISO 8859-1 (UNOC)".
  const std::string& title() const noexcept { return title_; }
  /// Appends `bytes` as UTF-8; false where they do not belong to the character set.
  bool decode(std::string_view bytes, std::string& out);

 private:
  std::string title_;
  std::unique_ptr<TextDecoder> decoder_;  ///< none for ASCII
};

}  // namespace greenlane::document
