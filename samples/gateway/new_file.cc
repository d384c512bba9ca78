#include "new_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "client/durable_files.h"

namespace greenlane::gateway {

Result<void> write_new_file(const std::string& path, const std::string& bytes, mode_t mode) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (descriptor < 0 && errno == EEXIST) return Error{.code = ErrorCode::invalid_argument, .message = "there is a file already; it is never overwritten", .source = path};
  if (descriptor < 0) return client::system_error(path, "the file cannot be made");
  const bool written = ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(descriptor) == 0;
  const bool closed = ::close(descriptor) == 0;
  if (!written || !closed) return client::system_error(path, "the file cannot be written");
  return {};
}

}  // namespace greenlane::gateway
