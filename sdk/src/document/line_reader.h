// Lines of a stream, with a bound on their length.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "document/byte_source.h"

namespace greenlane::document {

class LineReader {
 public:
  LineReader(std::unique_ptr<ByteSource> bytes, std::size_t limit)
      : bytes_(std::move(bytes)), limit_(limit) {}

  /// True with the next line, without its line end, in `line`; false at the end. Of a line over the limit
  /// `line` is empty and `too_long` is set.
  Result<bool> next(std::string& line, bool& too_long);
  /// 1-based number of the line that next() gave last.
  std::size_t number() const noexcept { return number_; }

 private:
  Result<bool> fill();

  std::unique_ptr<ByteSource> bytes_;
  std::size_t limit_;
  std::unique_ptr<char[]> buffer_;
  std::size_t at_ = 0;   ///< start of what has not been given yet
  std::size_t size_ = 0;  ///< of what is in the buffer
  std::size_t number_ = 0;
  bool end_ = false;
};

}  // namespace greenlane::document
