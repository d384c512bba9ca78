// Segments of an EDIFACT stream, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/byte_source.h"
#include "document/edifact_syntax.h"

namespace greenlane::document {

/// One segment may have so many bytes,
inline constexpr std::size_t edifact_segment_bytes = std::size_t{64} << 10;
/// so many data elements, and each of these so many components.
inline constexpr std::uint32_t edifact_segment_elements = 999;
inline constexpr std::uint32_t edifact_components = 99;

struct EdifactSegment {
  struct Part {
    std::uint32_t element;     ///< 1-based behind the tag
    std::uint32_t component;   ///< 1-based
    std::uint32_t repetition;  ///< 1-based
    std::size_t begin;
    std::size_t end;

    std::string place() const { return "data element " + std::to_string(element) + ", component " + std::to_string(component); }
  };
  std::size_t line = 0;     ///< 1-based, of its tag
  std::string tag;          ///< "" where there is none
  std::string text;         ///< of all parts, in the interchange's character set
  std::vector<Part> parts;  ///< those that are not empty

  std::string_view text_of(const Part& part) const noexcept {
    return std::string_view(text).substr(part.begin, part.end - part.begin);
  }
  /// The first repetition of a component, "" where it is not there.
  std::string_view value(std::uint32_t element, std::uint32_t component = 1) const noexcept;
};

/// Splits bytes into segments. A segment that cannot be read ends with its terminator, so that it costs no other.
class EdifactTokenizer {
 public:
  explicit EdifactTokenizer(std::unique_ptr<ByteSource> bytes) : bytes_(std::move(bytes)) {}

  /// True with the next segment, or with what is known of it and `error` set; false at the end. Errors: io;
  /// invalid_message where the stream is not EDIFACT at all or its service string advice cannot be used.
  Result<bool> next(EdifactSegment& segment, std::optional<Error>& error);
  /// Of the interchange: repetitions came with version 4.
  void set_version(int version) noexcept { repetitions_ = version >= 4; }

 private:
  Result<bool> fill();
  Result<void> fill_to(std::size_t size);
  Result<void> skip_blanks();
  Result<bool> begin();
  Result<void> read_advice();
  Result<void> skip_segment();
  Result<std::optional<std::size_t>> find_terminator();
  std::optional<std::size_t> terminator_from(std::size_t& scanned) const noexcept;
  std::optional<Error> parse(std::string_view raw, EdifactSegment& segment) const;
  Error no_segment(std::string_view raw) const;
  void advance(std::size_t count) noexcept;
  std::string_view rest() const noexcept { return std::string_view(buffer_).substr(at_); }

  std::unique_ptr<ByteSource> bytes_;
  EdifactCharacters characters_;
  std::string buffer_;
  std::size_t at_ = 0;    ///< start of what has not been given yet
  std::size_t line_ = 1;  ///< of buffer_[at_]
  char before_ = '\0';    ///< the byte before buffer_[at_]
  bool end_ = false;
  bool begun_ = false;
  bool advised_ = false;  ///< UNA stands before what comes
  bool repetitions_ = false;
};

}  // namespace greenlane::document
