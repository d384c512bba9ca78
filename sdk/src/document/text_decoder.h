// Turns bytes in a named encoding into UTF-8, piece by piece.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "document/byte_source.h"
#include "greenlane/result.h"

namespace greenlane::document {

/// Stands in decoded text for bytes that the encoding does not have. It never occurs in UTF-8.
inline constexpr char undecodable = static_cast<char>(0xFF);

/// UTF-8 text of a stream; a byte order mark at its start is left out. Bad bytes are no error here: they come
/// out as `undecodable`, so that only the row they stand in is lost.
class TextDecoder {
 public:
  virtual ~TextDecoder() = default;
  /// `encoding`: a name that ICU knows. invalid_argument for another.
  static Result<std::unique_ptr<TextDecoder>> make(std::string_view encoding);
  /// Appends the text of `bytes` to `out`; `last` with the end of the stream. An incomplete character at the
  /// end of `bytes` is kept for the next call.
  virtual void decode(std::string_view bytes, bool last, std::string& out) = 0;
};

}  // namespace greenlane::document
