#include "document/line_reader.h"

#include <cstring>

namespace greenlane::document {
namespace {

constexpr std::size_t block_size = std::size_t{256} << 10;

}  // namespace

Result<bool> LineReader::fill() {
  if (end_) return false;
  if (buffer_ == nullptr) buffer_.reset(new char[block_size]);
  auto count = bytes_->read(buffer_.get(), block_size);
  if (!count) return std::move(count).error();
  at_ = 0;
  size_ = *count;
  end_ = size_ == 0;
  return !end_;
}

Result<bool> LineReader::next(std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool begun = false;
  while (true) {
    if (at_ == size_) {
      auto filled = fill();
      if (!filled) return std::move(filled).error();
      if (!*filled) break;
    }
    begun = true;
    const char* const from = buffer_.get() + at_;
    const void* const newline = std::memchr(from, '\n', size_ - at_);
    const std::size_t count =
        newline == nullptr ? size_ - at_ : static_cast<std::size_t>(static_cast<const char*>(newline) - from);
    too_long = too_long || line.size() + count > limit_;
    if (too_long) {
      line.clear();
    } else {
      line.append(from, count);
    }
    at_ += count;
    if (newline == nullptr) continue;
    ++at_;
    break;
  }
  if (!begun) return false;
  ++number_;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

}  // namespace greenlane::document
