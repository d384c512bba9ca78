#include "document/byte_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "document/formats.h"

namespace greenlane::document {
namespace {

Error io_error(std::string_view what, int number) {
  return make_error(ErrorCode::io, std::string(what) + ": " + std::generic_category().message(number));
}

}  // namespace

Result<std::unique_ptr<ByteSource>> FileBytes::open(const std::string& path) {
  int descriptor = -1;
  do {
    descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) {
    Error error = io_error("the file cannot be opened", errno);
    if (errno == ENOENT) error.code = ErrorCode::not_found;
    error.source = path;
    return error;
  }
  return std::unique_ptr<ByteSource>(new FileBytes(descriptor, true));
}

std::unique_ptr<ByteSource> FileBytes::standard_input() {
  return std::unique_ptr<ByteSource>(new FileBytes(STDIN_FILENO, false));
}

FileBytes::~FileBytes() {
  if (owned_) ::close(descriptor_);
}

Result<std::size_t> FileBytes::read(char* buffer, std::size_t size) {
  ssize_t count = -1;
  do {
    count = ::read(descriptor_, buffer, size);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return io_error("the input cannot be read", errno);
  return static_cast<std::size_t>(count);
}

Result<std::size_t> MemoryBytes::read(char* buffer, std::size_t size) {
  const std::size_t count = std::min(size, bytes_.size() - at_);
  std::memcpy(buffer, bytes_.data() + at_, count);
  at_ += count;
  return count;
}

}  // namespace greenlane::document
