#include "document/line_reader.h"

namespace greenlane::document {
namespace {

constexpr std::size_t chunk_size = std::size_t{64} << 10;

}  // namespace

Result<bool> LineReader::fill() {
  if (end_) return false;
  buffer_.resize(chunk_size);
  at_ = 0;
  auto count = bytes_->read(buffer_.data(), chunk_size);
  if (!count) return std::move(count).error();
  buffer_.resize(*count);
  end_ = *count == 0;
  return !end_;
}

Result<bool> LineReader::next(std::string& line, bool& too_long) {
  line.clear();
  too_long = false;
  bool begun = false;
  while (true) {
    if (at_ == buffer_.size()) {
      auto filled = fill();
      if (!filled) return std::move(filled).error();
      if (!*filled) break;
    }
    begun = true;
    const std::size_t newline = buffer_.find('\n', at_);
    const std::size_t end = newline == std::string::npos ? buffer_.size() : newline;
    too_long = too_long || line.size() + (end - at_) > limit_;
    if (too_long) {
      line.clear();
    } else {
      line.append(buffer_, at_, end - at_);
    }
    at_ = newline == std::string::npos ? end : end + 1;
    if (newline != std::string::npos) break;
  }
  if (!begun) return false;
  ++number_;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

}  // namespace greenlane::document
